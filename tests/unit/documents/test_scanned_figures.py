"""Scans: what the form of a figure, check digits and sums repair, and what they must not touch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contor.documents.facts import Facts, facts_from
from contor.documents.page import Page, Word
from contor.documents.scans.check_digit_repair import repaired_iban, repaired_vat_id
from contor.documents.scans.type_size import in_type_boxes
from contor.documents.scans.worn_figures import mended, mended_figure
from contor.documents.splitting import counter_on
from tests.unit.documents.paper import page_of

LINES = (
    ("Rechnung Nr. 4711", "vom 05.03.2026"),
    ("IBAN: DE02120300000000202051",),
    ("Umsatzsteuer", "Basis", "USt. %", "Steuerbetrag"),
    ("Normalsatz", "100,00", "19", "19,00"),
    ("Summe netto", "100,00"),
    ("Umsatzsteuer", "19,00"),
    ("Rechnungsbetrag brutto", "119,00 EUR"),
)


def scanned(*changes: tuple[str, str], confidence: float = 0.8) -> Page:
    """A page as recognition gives it, with some texts misread."""
    words = []
    for row, cells in enumerate(LINES):
        for column, cell in enumerate(cells):
            text, x = cell, 50.0 + 130 * column
            for old, new in changes:
                text = new if cell == old else text.replace(old, new) if len(old) > 5 else text
            for part in text.split():
                words.append(Word(part, x, 50.0 + 20 * row, x + 6 * len(part), 60.0 + 20 * row))
                x += 6 * len(part) + 4
    doubtful = tuple(replace(word, confidence=confidence) for word in words)
    return Page(1, 595, 842, doubtful, "ocr")


def read(*changes: tuple[str, str], confidence: float = 0.8) -> Facts:
    return facts_from([scanned(*changes, confidence=confidence)])


@pytest.mark.parametrize(
    ("worn", "right"),
    [
        ("1.2O4,5l", "1.204,51"),
        ("-1,.00", "-1,00"),
        ("=9,07", "-9,07"),
        ("09:08.,2013", "09.08.2013"),
        ("DEL136695976", "DE136695976"),
        ("B1O", "B1O"),
        ("2018-471331", "2018-471331"),
        ("12.03.26", "12.03.26"),
        ("1.234,56", "1.234,56"),
        ("10:30", "10:30"),
    ],
)
def test_worn_figures(worn: str, right: str) -> None:
    assert mended_figure(worn) == right


def test_parts_of_an_amount_are_joined_and_two_amounts_are_not() -> None:
    broken = (Word("470,1", 10, 10, 40, 20, 0.9), Word("5€", 41, 10, 50, 20, 0.9))
    apart = (Word("19", 10, 30, 20, 40, 0.9), Word("37,62", 40, 30, 70, 40, 0.9))
    page = mended(Page(1, 600, 800, (*broken, *apart), "ocr"))
    assert [word.text for word in page.words] == ["470,15€", "19", "37,62"]


def test_letters_in_the_check_digits_of_an_iban_are_digits() -> None:
    texts = ["IBAN", "DES6", "9991", "Artikel", "DES6", "rot", "NLO8CNTR6418722875"]
    words = tuple(Word(text, 90.0 * i, 10, 90.0 * i + 40, 20, 0.9) for i, text in enumerate(texts))
    page = mended(Page(1, 600, 800, words, "ocr"))
    assert [word.text for word in page.words] == [
        "IBAN", "DE56", "9991", "Artikel", "DES6", "rot", "NL08CNTR6418722875",
    ]  # fmt: skip


def test_a_text_layer_is_never_mended() -> None:
    page = Page(1, 600, 800, (Word("1OO,00", 10, 10, 40, 20),), "text")
    assert mended(page) is page


def test_words_of_a_line_are_as_high_as_its_type() -> None:
    line = [Word("aus", 0, 4.8, 20, 10), Word("Äpfel,", 24, 2.8, 60, 12.1), Word("-", 62, 6, 65, 7)]
    boxes = {(round(word.y0), round(word.y1)) for word in in_type_boxes(line)}
    assert boxes == {(1, 12)}


def test_a_word_of_another_size_keeps_its_own() -> None:
    line = [Word("RECHNUNG", 0, 0, 90, 20), *(Word("klein", 95, 14, 120, 20) for _ in range(3))]
    heights = [word.height for word in in_type_boxes(line)]
    assert heights[0] > 2 * heights[1]


def test_an_iban_is_repaired_only_by_one_sure_change() -> None:
    assert repaired_iban("DE02 1203 0000 0000 2020 51") is None  # nothing to repair
    assert repaired_iban("DE02120300000000202057") == "DE02120300000000202051"
    assert repaired_iban("DE99999999999999999999") is None
    assert repaired_vat_id("DE136695977") is None  # one check digit proves too little


def test_a_misread_iban_is_set_right_and_said_so() -> None:
    facts = read(("DE02120300000000202051", "DE0O2120300000000202051"))
    assert facts.fields["seller_iban"].value == "DE02120300000000202051"
    assert facts.fields["seller_iban"].confidence < 0.9
    assert [f.fields for f in facts.findings if f.code == "digit_repaired"] == [("seller_iban",)]


def test_an_iban_printed_wrong_stays_as_printed() -> None:
    facts = read(("202051", "202057"), confidence=0.97)
    assert facts.fields["seller_iban"].value == "DE02120300000000202057"
    assert "iban_invalid" in {finding.code for finding in facts.findings}


def test_a_lost_rate_follows_from_base_and_tax() -> None:
    (row,) = read(("19", "")).tax_breakdown
    assert (row.rate, row.base, row.tax) == ("19.00", "100.00", "19.00")


def test_sums_that_add_up_are_sure_however_faint_the_print() -> None:
    fields = read(confidence=0.6).fields
    assert {fields[name].confidence for name in ("net_total", "tax_total", "gross_total")} == {0.99}


def test_wordings_without_their_spaces_are_known() -> None:
    fields = read(("Summe netto", "SUMMENETTO")).fields
    assert fields["net_total"].value == "100.00"


def test_a_page_counter_survives_recognition() -> None:
    assert counter_on("Seitel von 2") == (1, 2)
    assert counter_on("Seite2 von 2") == (2, 2)


def test_a_recognised_sheet_is_read_like_a_printed_one_and_a_receipt_is_not() -> None:
    sheet = scanned()
    assert sheet.typeset
    assert not replace(sheet, width=300.0).typeset
    assert not scanned(confidence=1.0).typeset  # somebody else's recognition
    assert replace(sheet, source="text", width=300.0).typeset


def test_a_quantity_that_recognition_lost_is_what_price_and_total_prove() -> None:
    text = """
Bezeichnung              Menge     Einzelpreis     Gesamtpreis
Bare Metal                              189,00          567,00
Rohrleitung                  8          118,00       10.030,00
Halbe Stunde                            160,00           80,00
"""
    scan = facts_from([page_of(text, source="ocr")])
    assert [line.quantity for line in scan.lines] == ["3", "85", None]
    typed = facts_from([page_of(text)])
    assert [line.quantity for line in typed.lines] == [None, "8", None]
