"""Words that somebody else's recognition parted at every sign: *RE - 2026 / 0815*, *1 . 428 , 00*.

Some recognisers give figures, letters and signs as words of their own and leave out what stood between
them: nothing. What touches belongs together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from contor.documents.page import Page, Word

_SIGN = re.compile(r"[.,:;/\\+&@'’%()#_–-]{1,2}")
_MANY = 0.08
"""Share of lone signs among the words of a page that was parted so."""
_TOUCHES, _NEAR = 0.1, 0.18
"""Gaps in heights of the row between two letters, and beside a sign, whose box may be tight."""
_LEAST_ROW, _HANGS = 0.5, 0.25


def put_together(page: Page) -> Page:
    """The page with its parted words put together; any other page as it is.

    >>> parts = [("4", 0), (".", 6), ("200", 9), (",", 27), ("00", 30), ("EUR", 46)]
    >>> words = [Word(text, x, 10, x + 6 * len(text) - 3 * (text in ".,"), 20) for text, x in parts]
    >>> [word.text for word in put_together(Page(1, 595, 842, tuple(words), "ocr")).words]
    ['4.200,00', 'EUR']
    """
    signs = sum(_SIGN.fullmatch(word.text) is not None for word in page.words)
    if signs < _MANY * len(page.words) or signs < 2:
        return page
    return replace(page, words=tuple(_joined(page.words)))


def _joined(words: Sequence[Word]) -> list[Word]:
    found: list[Word] = []
    for word in words:
        if found and _touch(found[-1], word):
            found[-1] = _together(found[-1], word)
        else:
            found.append(word)
    return found


def _touch(one: Word, other: Word) -> bool:
    height = max(one.height, other.height)
    sign = _SIGN.fullmatch(one.text) or _SIGN.fullmatch(other.text)
    if abs(other.x0 - one.x1) > (_NEAR if sign else _TOUCHES) * height:
        return False
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    # A comma hangs below the row, an apostrophe above it.
    return shared >= (-_HANGS * height if sign else _LEAST_ROW * min(one.height, other.height))


def _together(one: Word, other: Word) -> Word:
    return Word(
        one.text + other.text, one.x0, min(one.y0, other.y0), other.x1, max(one.y1, other.y1),
        min(one.confidence, other.confidence),
    )  # fmt: skip
