"""The size of the type of a recognised line, from the letters in it.

Recognition gives boxes that hug the ink: *aus* is half as high as *Äpfel*. A text layer gives every
word of a line the height of its font, and everything that asks for heights and gaps (lines, cells,
titles) is made for that. The size follows from which letters reach up and which reach down; the
proportions are those of usual text faces (cap height 0.72 em, x-height 0.52, descender 0.21).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from contor.documents.page import Word

_CAP, _X_HEIGHT = 0.72, 0.52
_DEEP, _COMMA = 0.21, 0.13
_TALL = frozenset("bdfhkltißäöüéèàùâêîôûïëìò()[]{}|/%&€$£#!?§")
_DEEP_LETTERS = frozenset("gjpqyç()[]{}|§")
_COMMA_LETTERS = frozenset(",;Q")
_ABOVE, _BELOW = 0.90, 0.22
_ODD = 1.4
"""A word this much larger or smaller than its line is set in a size of its own."""


def in_type_boxes(line: Sequence[Word]) -> Iterator[Word]:
    """The words of one recognised line, each as high as the line's type.

    >>> line = [Word("aus", 0, 4.8, 20, 10), Word("Berlin", 24, 2.8, 60, 10)]
    >>> [(round(word.y0, 1), round(word.y1, 1)) for word in in_type_boxes(line)]
    [(1.0, 12.2), (1.0, 12.2)]
    """
    shapes = [reach_of(word.text) for word in line]
    sizes = [
        word.height / (up + down) if up else None
        for word, (up, down) in zip(line, shapes, strict=True)
    ]
    known = [size for size in sizes if size]
    if not known:
        yield from line
        return
    usual = median(known)
    floor = median(
        word.y1 - down * usual for word, (up, down) in zip(line, shapes, strict=True) if up
    )
    for word, (up, down), size in zip(line, shapes, sizes, strict=True):
        own = size is not None and len(word.text) > 2 and not 1 / _ODD < size / usual < _ODD
        em = size if own and size else usual
        baseline = word.y1 - down * em if up else floor
        yield replace(word, y0=baseline - _ABOVE * em, y1=baseline + _BELOW * em)


def reach_of(text: str) -> tuple[float, float]:
    """How far a word reaches above and below its baseline, in em; 0 above: nothing to tell."""
    if not any(map(str.isalnum, text)):
        return 0.0, 0.0
    letters = set(text)
    tall = any(c.isupper() or c.isdigit() for c in text) or letters & _TALL
    deep = _DEEP if letters & _DEEP_LETTERS else _COMMA if letters & _COMMA_LETTERS else 0.0
    return (_CAP if tall else _X_HEIGHT), deep
