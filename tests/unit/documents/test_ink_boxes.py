"""Boxes that hug the ink, as most recognisers give them, are read like those of a text layer."""

from __future__ import annotations

from dataclasses import replace

from contor.documents.document_text import document_text
from contor.documents.facts import facts_from
from contor.documents.page import Page
from contor.documents.receipts.till_paper import is_till_paper
from contor.documents.scans.ink_boxes import in_type
from contor.documents.scans.type_size import reach_of
from tests.unit.documents.paper import page_of, told
from tests.unit.documents.receipt import receipt_page
from tests.unit.documents.test_facts import GERMAN

EM = 10.0 / 1.12


def inked(page: Page) -> Page:
    """Every word as high as its ink."""
    words = []
    for word in page.words:
        up, down = reach_of(word.text)
        base = word.y1 - 0.22 * EM
        top, bottom = (base - up * EM, base + down * EM) if up else (base - 4.0, base - 1.0)
        words.append(replace(word, y0=top, y1=bottom))
    return replace(page, words=tuple(words))


def test_an_inked_page_is_read_like_a_set_one() -> None:
    page = page_of(GERMAN, source="ocr")
    found, expected = facts_from([inked(page)]), facts_from([page])
    assert told(found) == told(expected)
    assert [line.text for line in found.lines] == [line.text for line in expected.lines]


def test_boxes_of_one_height_stay() -> None:
    page = page_of(GERMAN, source="ocr")
    assert in_type(page) is page


def test_a_letter_is_no_receipt_in_either_kind_of_boxes() -> None:
    page = inked(page_of(GERMAN, source="ocr"))
    assert in_type(page).type_high
    assert not is_till_paper(document_text([page]))
    assert not is_till_paper(document_text([in_type(page)]))
    till = receipt_page("ACME SDN BHD", *(f"GOODS {n}\t{n}.00" for n in range(1, 9)))
    assert is_till_paper(document_text([till]))
