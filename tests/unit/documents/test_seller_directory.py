from __future__ import annotations

import numpy as np

from contor.documents.document_text import DocumentText
from contor.documents.receipts.addresses import (
    ADDRESS_EXTRAS,
    address_extras,
    address_spellings,
    spaced_marks,
    span_extras,
)
from contor.documents.receipts.confirmed_head import confirmed_head
from contor.documents.receipts.directory import SellerDirectory, mark_of, marks_of
from contor.documents.receipts.names import receipt_names, spellings
from contor.documents.receipts.reader import receipt_spans
from contor.documents.receipts.recall import remember
from tests.unit.documents.receipt import receipt

ADDRESS = "NO. 290, JALAN AIR PANAS, SETAPAK, 53200 KUALA LUMPUR."
HEAD = ("KEDAI BUKU MAJU SDN BHD", "(789417-W)", "NO 290. JALAN AIR PANAS.", "SETAPAK,",
        "53200 KUALA LUMPUR", "GST ID : 000750673920", "TAX INVOICE")  # fmt: skip


def directory(*names: str) -> SellerDirectory:
    """One paper of each name, all with the same kind of head but numbers of their own."""
    heads = []
    for place, name in enumerate(names):
        paper = receipt(
            name, f"({789417 + place}-W)", *HEAD[2:5], f"GST ID : 00075067392{place}", *HEAD[6:]
        )
        heads.append(confirmed_head(paper, name, ADDRESS))
    return SellerDirectory(tuple(heads))


def names_of(document: DocumentText, known: SellerDirectory) -> list[str]:
    memory = remember(document, known)
    return [one.text for one in spellings(receipt_names(document), memory)]


def test_a_misread_name_is_recalled_by_the_registration_number() -> None:
    paper = receipt("KEDA1 B0KU MAJV SDN BND", *HEAD[1:])
    known = directory(HEAD[0])
    assert HEAD[0] in names_of(paper, known)
    assert remember(paper, known).names[HEAD[0]] > 0


def test_a_name_misread_by_a_letter_is_recalled_without_any_number() -> None:
    paper = receipt("KEDAI BUKU MAJV SDN BND", "88, JALAN LAIN", "81100 JOHOR BAHRU")
    assert HEAD[0] in names_of(paper, directory(HEAD[0]))


def test_an_unknown_seller_recalls_nothing() -> None:
    paper = receipt("ROTI CANAI CORNER", "(123456-A)", "12, JALAN SAGU", "81100 JOHOR BAHRU")
    memory = remember(paper, directory(HEAD[0]))
    assert memory.names == {}
    assert memory.evidence == 0
    assert HEAD[0] not in names_of(paper, directory(HEAD[0]))


def test_a_line_that_every_seller_prints_says_little() -> None:
    known = directory(*(f"{word} TRADING" for word in ("AMAN", "BUNGA", "CEMPAKA", "DAHLIA")))
    shared = known.recall([mark_of("TAX INVOICE")])
    own = known.recall([mark_of("789418-W")])
    assert max(shared.names.values()) < 0.1
    assert own.names == {"BUNGA TRADING": 1.0}


def test_each_line_of_an_address_keeps_the_spelling_that_people_gave_it() -> None:
    known = directory(HEAD[0])
    line = known.line(mark_of("NO 290, JALAN AIR PANAS"))
    assert line is not None
    assert (line.written, line.in_address, line.met) == ("NO. 290, JALAN AIR PANAS,", 1, 1)
    title = known.line(mark_of("TAX INVOICE"))
    assert title is not None
    assert title.in_address == 0
    assert known.line(mark_of("RECEIPT")) is None


def test_a_bracket_stays_with_the_line_it_opens() -> None:
    paper = receipt(
        "ACME", "LOT 1, JALAN KPB 6,", "43300 SERI KEMBANGAN", "(TESCO NILAI)", "INVOICE", "CASH"
    )
    head = confirmed_head(paper, "ACME", "LOT 1, JALAN KPB 6, 43300 SERI KEMBANGAN (TESCO NILAI)")
    assert [mark.written for mark in head.marks if mark.role == "address"] == [
        "LOT 1, JALAN KPB 6,", "43300 SERI KEMBANGAN", "(TESCO NILAI)",
    ]  # fmt: skip


def test_a_new_branch_is_written_line_by_line() -> None:
    paper = receipt(HEAD[0], HEAD[1], *HEAD[2:5], "1237-TMN INDAH", *HEAD[5:])
    spans = receipt_spans(paper)
    whole = next(s for s in spans if s.text.startswith("NO 290") and s.text.endswith("INDAH"))
    scores = np.array([float(span is whole) for span in spans], dtype=np.float32)
    memory = remember(paper, directory(HEAD[0]))
    written = [one.text for one in address_spellings(spans, scores, memory)]
    assert f"{ADDRESS} 1237-TMN INDAH" in written
    assert ADDRESS in written


def test_numbers_between_name_and_address_are_expected_an_outlet_is_not() -> None:
    paper = receipt(HEAD[0], HEAD[1], "SETAPAK OUTLET", *HEAD[2:])
    spans = receipt_spans(paper)
    ending = [span.text.endswith("KUALA LUMPUR") for span in spans]
    memory = remember(paper, SellerDirectory())
    scores = np.array(ending, dtype=np.float32)
    written = address_spellings(spans, scores, memory)
    lines = span_extras(paper, spans, memory)
    rows = address_extras(paper, 1, spans, scores, written, memory, lines)
    unexplained = {
        spans[one.span].text: int(row[ADDRESS_EXTRAS.index("unexplained")])
        for one, row in zip(written, rows, strict=True)
        if ending[one.span]
    }
    assert unexplained["SETAPAK OUTLET NO 290. JALAN AIR PANAS. SETAPAK, 53200 KUALA LUMPUR"] == 0
    assert unexplained["NO 290. JALAN AIR PANAS. SETAPAK, 53200 KUALA LUMPUR"] == 1


def test_the_usual_spaces_stand_behind_commas() -> None:
    assert spaced_marks("27,JALAN DEDAP 13 , TAMAN JAYA,") == "27, JALAN DEDAP 13, TAMAN JAYA,"


def test_a_phone_number_is_a_mark_and_a_time_of_day_is_none() -> None:
    paper = receipt("ACME", "12-01-2019 21:13:44 0012345678", "TEL 07-386 7524", "CASH", "CHANGE")
    assert mark_of("#073867524") in marks_of(paper)
    assert mark_of("#0012345678") not in marks_of(paper)
