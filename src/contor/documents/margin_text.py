"""Text set across the page, as firms print their registration up the margin: lines of their own.

Its words would else fall among the rows they happen to stand beside, figures among the amounts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contor.documents.page import Word

_ACROSS = 1.5
"""Times as high as wide: a word of three letters or more that is read up or down."""
_LETTERS = 3
_FEWEST = 3
_SLACK = 2.0


def runs_across(words: Sequence[Word]) -> list[list[Word]]:
    """The runs of words set across the page, each in the order it was written.

    >>> up = [Word("ACME", 580, 700, 590, 730), Word("-", 580, 694, 590, 698)]
    >>> more = [Word("HRB", 580, 670, 590, 690), Word("4711", 580, 640, 590, 666)]
    >>> [[word.text for word in run] for run in runs_across([*up, *more])]
    [['ACME', '-', 'HRB', '4711']]
    >>> runs_across([Word("Summe", 10, 10, 60, 20)])
    []
    """
    if sum(map(_is_across, words)) < _FEWEST:
        return []
    return [run for run in _columns(words) if sum(map(_is_across, run)) >= _FEWEST]


def _columns(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words written one after the other in one narrow column, from a turned one to a turned one."""
    run: list[Word] = []
    last = 0
    for word in words:
        if run and _in_column(word, run[0]):
            run.append(word)
            last = len(run) if _is_across(word) else last
            continue
        if run:
            yield run[:last]
        run = [word] if _is_across(word) else []
        last = len(run)
    if run:
        yield run[:last]


def _is_across(word: Word) -> bool:
    return len(word.text) >= _LETTERS and word.height > _ACROSS * (word.x1 - word.x0)


def _in_column(word: Word, first: Word) -> bool:
    return word.x0 > first.x0 - _SLACK and word.x1 < first.x1 + _SLACK
