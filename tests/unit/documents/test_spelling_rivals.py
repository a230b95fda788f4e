from __future__ import annotations

import numpy as np

from contor.documents.receipts.addresses import address_spellings
from contor.documents.receipts.directory import SellerDirectory
from contor.documents.receipts.edge_lines import EDGE_EXTRAS, edge_extras
from contor.documents.receipts.reader import receipt_spans
from contor.documents.receipts.recall import remember
from contor.documents.receipts.rivals import rival_extras
from contor_training.documents.forest_fit import Growth, fit_choice
from tests.unit.documents.receipt import receipt

PAPER = ("KEDAI BUKU MAJU", "MAJU OUTLET", "NO 5, JALAN SAGU 18.", "81100 JOHOR BAHRU.")


def test_a_misread_name_has_a_rival_a_recalled_one_only_strangers() -> None:
    votes = {"SWC ENTERPRISE SDN BHD": 3.0, "ROTI CORNER": 1.0}
    rows = rival_extras(["SWC ENTERORISE SDN BHD", "SWC ENTERPRISE SDN BHD"], votes, lambda _: 2)
    misread, recalled = rows[0], rows[1]
    assert misread[0] > 0.9
    assert misread[2] == 0.75
    assert recalled[0] < 0.6


def test_without_memory_there_is_no_rival() -> None:
    assert rival_extras(["ROTI CORNER"], {}, lambda _: 0).tolist() == [[0.0, 0.0, 0.0]]


def test_an_outlet_above_the_house_number_shares_words_with_the_name() -> None:
    spans = receipt_spans(receipt(*PAPER, "TAX INVOICE", "CASH", "CHANGE"))
    rows = dict(zip((span.text for span in spans), edge_extras(spans, PAPER[0]), strict=True))
    outlet, street = rows[" ".join(PAPER[1:])], rows[" ".join(PAPER[2:])]
    place = EDGE_EXTRAS.index("first_as_name")
    assert outlet[place] == 0.5
    assert street[place] == 0
    assert street[EDGE_EXTRAS.index("first_starts")] == 1
    assert street[EDGE_EXTRAS.index("last_postcode")] == 1


def test_a_stop_at_the_end_of_a_line_may_be_a_comma() -> None:
    paper = receipt(*PAPER, "TAX INVOICE", "CASH", "CHANGE")
    spans = receipt_spans(paper)
    whole = np.array([span.text == " ".join(PAPER[2:]) for span in spans], dtype=np.float32)
    written = address_spellings(spans, whole, remember(paper, SellerDirectory()))
    assert "NO 5, JALAN SAGU 18, 81100 JOHOR BAHRU." in [one.text for one in written]


def test_shares_of_a_choice_sum_up_and_follow_what_was_right() -> None:
    drawn = np.random.RandomState(0)
    rows = [drawn.rand(6, 2).astype(np.float32) for _ in range(60)]
    labels = [(part[:, 0] == part[:, 0].max()).astype(np.int8) for part in rows]
    forest = fit_choice(rows, labels, Growth(4, 3, 5, 1.0, 1.0, 0.2, 30))
    shares = [forest.shares(part) for part in rows]
    assert np.allclose([part.sum() for part in shares], 1.0)
    right = [
        int(part.argmax()) == int(one.argmax()) for part, one in zip(shares, labels, strict=True)
    ]
    assert sum(right) > 50
    assert forest.shares(rows[0][:0]).tolist() == []
