"""Words of a page that lay askew are read like those of a level one, and marked where they stood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contor.documents.facts import facts_from
from contor.documents.page import Page
from contor.documents.scans.askew import slope_of
from tests.unit.documents.paper import page_of, told
from tests.unit.documents.test_facts import GERMAN


def laid_askew(page: Page, slope: float) -> Page:
    words = []
    for word in page.words:
        fall = slope * ((word.x0 + word.x1) / 2 - page.width / 2)
        words.append(replace(word, y0=word.y0 + fall, y1=word.y1 + fall))
    return replace(page, words=tuple(words))


@pytest.mark.parametrize("slope", [0.005, 0.013, -0.02])
def test_an_invoice_askew_is_read_and_marked_where_it_stands(slope: float) -> None:
    level = page_of(GERMAN, source="ocr")
    page = laid_askew(level, slope)
    assert slope_of(page) == pytest.approx(slope, abs=0.002)
    found, expected = facts_from([page]), facts_from([level])
    assert told(found) == told(expected)
    number = next(word for word in page.words if word.text == "RE-2026-0815")
    assert found.fields["number"].box == pytest.approx(number.box, abs=0.6)
    assert [line.text for line in found.lines] == [line.text for line in expected.lines]


def test_a_level_page_and_a_text_layer_stay() -> None:
    assert slope_of(page_of(GERMAN, source="ocr")) == 0.0
    text = laid_askew(page_of(GERMAN), 0.005)
    box = facts_from([text]).fields["number"].box
    assert box is not None
    assert any(word.box == pytest.approx(box, abs=0.2) for word in text.words)


def test_words_without_an_order_tell_no_slope() -> None:
    page = laid_askew(page_of(GERMAN, source="ocr"), 0.01)
    assert slope_of(replace(page, words=tuple(reversed(page.words)))) == 0.0
