"""Somebody else's words on a page that lay askew: the rows are made level, boxes given back as they were.

Our own recognition straightens the picture first; of words alone the slope is told by neighbours of a
row, whose letters stand on one line.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from contor.documents.page import Box, Page
from contor.documents.scans.type_size import reach_of

_FEWEST = 12
_LEAST, _MOST = 0.0015, 0.08
"""Slopes that are none, and that nobody's recognition reads."""
_NEXT = 8.0
"""Heights between neighbours of a row at most."""
_AGREE = 0.8


def slope_of(page: Page) -> float:
    """How far the rows of a page fall per unit across (0 where they are level, or nobody can tell).

    >>> from contor.documents.page import Word
    >>> words = [Word("Wort", 50.0 * n, 100 + 0.5 * n, 50.0 * n + 40, 110 + 0.5 * n) for n in range(20)]
    >>> round(slope_of(Page(1, 1100, 800, tuple(words), "ocr")), 3)
    0.01
    """
    falls: list[tuple[float, float]] = []
    for one, other in pairwise(page.words):
        across = (other.x0 + other.x1 - one.x0 - one.x1) / 2
        height = min(one.height, other.height)
        down = other.y1 - one.y1
        near = across > 0 and other.x0 - one.x1 < _NEXT * height and abs(down) < 0.5 * height
        if near and reach_of(one.text)[1] == reach_of(other.text)[1]:
            falls.append((down / across, across))
    if len(falls) < _FEWEST:
        return 0.0
    slope = _middle(falls)
    agreeing = sum(across for fall, across in falls if fall * slope > 0)
    sure = agreeing >= _AGREE * sum(across for _, across in falls)
    return slope if sure and _LEAST < abs(slope) < _MOST else 0.0


def level(page: Page, slope: float) -> Page:
    """The page with its rows made level, turned about the middle."""
    words = []
    for word in page.words:
        shift = _shift(word.box, page.width, slope)
        words.append(replace(word, y0=word.y0 - shift, y1=word.y1 - shift))
    return replace(page, words=tuple(words))


def askew(box: Box, width: float, slope: float) -> Box:
    """The box of a level page where it stood on the page ``width`` wide that lay askew."""
    shift = _shift(box, width, slope)
    return (box[0], box[1] + shift, box[2], box[3] + shift)


def _shift(box: Box, width: float, slope: float) -> float:
    return slope * ((box[0] + box[2]) / 2 - width / 2)


def _middle(falls: list[tuple[float, float]]) -> float:
    """The median slope, each counted by the distance it was seen over."""
    half = sum(across for _, across in falls) / 2
    for fall, across in sorted(falls):
        half -= across
        if half <= 0:
            return fall
    return 0.0
