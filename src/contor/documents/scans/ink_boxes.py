"""Somebody else's boxes that hug the ink, as most recognisers give them, made as high as the type.

Whether they do is told by the page itself: in one row *aus* is lower than *Berlin* then, and both are
of one size once their letters are allowed for.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from contor.documents.layout import group_lines
from contor.documents.page import Page, Word
from contor.documents.scans.type_size import in_type_boxes, reach_of

_FEWEST = 8
_BETTER = 0.6


def in_type(page: Page) -> Page:
    """The page with its words as high as their type, where their boxes hug the ink.

    >>> row = [Word("aus", 0, 4.8, 20, 10), Word("Berlin", 24, 2.8, 60, 10)] * 9
    >>> page = Page(1, 595, 842, tuple(replace(w, y0=w.y0 + 20 * (n // 2), y1=w.y1 + 20 * (n // 2))
    ...                                for n, w in enumerate(row)), "ocr")
    >>> {round(word.height, 1) for word in in_type(page).words}
    {11.2}
    """
    rows = group_lines(page.words)
    if not _hug(rows):
        return page
    words = tuple(word for row in rows for word in in_type_boxes(row))
    return replace(page, words=words, type_high=True)


def _hug(rows: Sequence[Sequence[Word]]) -> bool:
    """Whether heights of neighbours differ as their letters do."""
    boxes, sizes, count = 0.0, 0.0, 0
    for row in rows:
        for one, other in pairwise(row):
            reach, beside = (sum(reach_of(word.text)) for word in (one, other))
            if reach and beside and reach != beside:
                higher = math.log(max(one.height, 0.1) / max(other.height, 0.1))
                boxes += abs(higher)
                sizes += abs(higher - math.log(reach / beside))
                count += 1
    return count >= _FEWEST and sizes < _BETTER * boxes
