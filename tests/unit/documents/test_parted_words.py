"""Recognisers that give figures and signs as words of their own: what touches is one word again."""

from __future__ import annotations

import re
from dataclasses import replace

from contor.documents.facts import facts_from
from contor.documents.page import Page
from contor.documents.scans.parted_words import put_together
from tests.unit.documents.paper import page_of, told
from tests.unit.documents.test_facts import GERMAN


def parted(page: Page) -> Page:
    """Every word parted at its signs, each with the box of its own characters."""
    words = []
    for word in page.words:
        unit = (word.x1 - word.x0) / len(word.text)
        for match in re.finditer(r"\w+|[^\w\s]", word.text):
            x0, x1 = word.x0 + unit * match.start(), word.x0 + unit * match.end()
            words.append(replace(word, text=match[0], x0=x0, x1=x1))
    return replace(page, words=tuple(words))


def test_a_parted_page_is_read_like_a_whole_one() -> None:
    whole = page_of(GERMAN, source="ocr")
    assert len(parted(whole).words) > 1.3 * len(whole.words)
    found, expected = facts_from([parted(whole)]), facts_from([whole])
    assert told(found) == told(expected)
    assert found.lines == expected.lines


def test_commas_that_hang_below_the_row_belong_to_it() -> None:
    page = page_of("Summe 1.428,00 , 5", source="ocr")
    cut = parted(page)
    hung = tuple(replace(w, y0=w.y1 - 1, y1=w.y1 + 2) if w.text == "," else w for w in cut.words)
    assert [word.text for word in put_together(replace(cut, words=hung)).words] == [
        "Summe", "1.428,00", ",", "5",
    ]  # fmt: skip


def test_a_page_that_was_not_parted_stays_as_it_is() -> None:
    page = page_of(GERMAN, source="ocr")
    assert put_together(page) is page
