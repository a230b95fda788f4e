"""Pages measured otherwise than in points: somebody else's recognition in pixels, inches or shares.

Where things stand to one another is judged in points (1/72 inch). A page whose longer side is far from
that of a sheet is taken to show one of A4, and so is one in thousandths or shares of its sides; boxes
are given back in its own unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from contor.documents.page import Box, Page
from contor.documents.reading import Fact, LineItem

_A4 = (595.0, 842.0)
_LEAST, _MOST = 100.0, 1015.0
"""Less is no paper in points, more than a sheet of *legal* neither."""
_SHARES = frozenset({1.0, 100.0, 1000.0})
"""Sides of a page whose boxes are shares of it, in whichever unit."""
Unit = tuple[float, float]
POINTS: Unit = (1.0, 1.0)


def unit_of(pages: Sequence[Page]) -> Unit:
    """The points of a unit across and down the first page; ``POINTS`` as far as one sees no other.

    >>> [round(one, 2) for one in unit_of([Page(1, 2480, 3508, ())])]
    [0.24, 0.24]
    >>> unit_of([Page(1, 1000, 1000, ())]), unit_of([Page(1, 595, 842, ())])
    ((0.595, 0.842), (1.0, 1.0))
    >>> unit_of([Page(1, 900, 3000, ())])  # a receipt, as long as it may be
    (1.0, 1.0)
    """
    if not pages or pages[0].narrow:
        return POINTS
    width, height = pages[0].width, pages[0].height
    longer = max(width, height)
    if width == height and width in _SHARES:
        return _A4[0] / width, _A4[1] / height
    if not longer or _LEAST < longer < _MOST:
        return POINTS
    return _A4[1] / longer, _A4[1] / longer


def in_points(page: Page, unit: Unit) -> Page:
    """The page measured in points."""
    across, down = unit
    words = tuple(
        replace(w, x0=w.x0 * across, y0=w.y0 * down, x1=w.x1 * across, y1=w.y1 * down)
        for w in page.words
    )
    return replace(page, width=page.width * across, height=page.height * down, words=words)


def facts_in(fields: Mapping[str, Fact], unit: Unit) -> dict[str, Fact]:
    """Facts read of a page in points, with their boxes in its own unit."""
    return {name: replace(fact, box=_in(fact.box, unit)) for name, fact in fields.items()}


def lines_in(lines: Sequence[LineItem], unit: Unit) -> tuple[LineItem, ...]:
    """Lines read of a page in points, with their boxes in its own unit."""
    return tuple(replace(line, box=_in(line.box, unit)) for line in lines)


def _in(box: Box | None, unit: Unit) -> Box | None:
    across, down = unit
    return (box[0] / across, box[1] / down, box[2] / across, box[3] / down) if box else None
