"""Cells of a line: parted by gaps, and by the order in which the text layer was written."""

from __future__ import annotations

from contor.documents.layout import layout_of
from contor.documents.page import Page, Source, Word


def cells(words: tuple[Word, ...], source: Source = "text") -> list[list[str]]:
    lines = layout_of([Page(1, 600, 800, words, source)]).lines
    return [[cell.text for cell in line.cells] for line in lines]


OVERLAPPING = (
    Word("Committee", 10, 10, 60, 20),
    Word("for", 63, 10, 78, 20),
    Word("Tomorrow", 81, 10, 130, 20),
    Word("Total", 200, 50, 230, 60),
    Word("Invoice", 100, 10, 132, 20),
    Word("#", 135, 10, 140, 20),
)


def test_a_value_that_runs_over_the_next_label_is_not_mixed_up_with_it() -> None:
    assert cells(OVERLAPPING)[0] == ["Committee for Tomorrow", "Invoice #"]


def test_recognised_words_have_no_order_of_writing() -> None:
    assert cells(OVERLAPPING, "ocr")[0] == ["Committee for Tomorrow Invoice #"]


def test_words_written_apart_but_set_side_by_side_are_one_cell() -> None:
    words = (
        Word("Total", 10, 10, 40, 20),
        Word("Net", 10, 40, 40, 50),
        Word("due:", 43, 10, 63, 20),
    )
    assert cells(words)[0] == ["Total due:"]
