"""Pages as plain sheets: the written ones, counted from one and measured in points.

Where things stand to one another is judged in points (1/72 inch). Somebody else's recognition comes in
pixels, inches or shares: a page whose longer side is far from that of a sheet is taken to show one of
A4, and so is one in thousandths or shares of its sides. The second invoice of a file begins on a page
of its own, and a blank sheet may lie before the first. What is read is given back as the pages are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from contor.documents.page import Box, Page
from contor.documents.reading import Fact, LineItem
from contor.documents.scans.askew import askew

_A4 = (595.0, 842.0)
_LEAST, _MOST = 100.0, 1015.0
"""Less is no paper in points, more than a sheet of *legal* neither."""
_SHARES = frozenset({1.0, 100.0, 1000.0})
"""Sides of a page whose boxes are shares of it, in whichever unit."""
Unit = tuple[float, float]
POINTS: Unit = (1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages as sheets; ``numbers`` and ``unit`` (points across and down) are those they had.

    ``slopes``: how far the rows of each page fell before they were made level.
    """

    pages: tuple[Page, ...]
    numbers: tuple[int, ...]
    unit: Unit
    slopes: tuple[float, ...]

    def facts(self, fields: Mapping[str, Fact]) -> dict[str, Fact]:
        """Facts read of the sheets, each where it stands on the pages."""
        return {
            name: replace(fact, page=self._page(fact.page), box=self._box(fact))
            for name, fact in fields.items()
        }

    def lines(self, lines: Sequence[LineItem]) -> tuple[LineItem, ...]:
        """Lines read of the sheets, each where it stands on the pages."""
        return tuple(
            replace(line, page=self._page(line.page), box=self._box(line)) for line in lines
        )

    def _page(self, number: int | None) -> int | None:
        return self.numbers[number - 1] if number else None

    def _box(self, read: Fact | LineItem) -> Box | None:
        box, number = read.box, read.page
        if box is None or not number:
            return box
        across, down = self.unit
        own = (box[0] / across, box[1] / down, box[2] / across, box[3] / down)
        slope = self.slopes[number - 1]
        return askew(own, self.pages[number - 1].width / across, slope) if slope else own


def plain_sheets(pages: Sequence[Page], unit: Unit, slopes: Mapping[int, float]) -> Sheets:
    """The pages that are written on (where none is, all), counted from one and in points.

    ``slopes`` are those that pages had by their numbers.
    """
    written = [page for page in pages if page.words] or pages
    sheets = tuple(in_points(page, unit, number) for number, page in enumerate(written, 1))
    numbers = tuple(page.number for page in written)
    return Sheets(sheets, numbers, unit, tuple(slopes[number] for number in numbers))


def unit_of(page: Page) -> Unit:
    """The points of a unit across and down a page; ``POINTS`` as far as one sees no other.

    >>> [round(one, 2) for one in unit_of(Page(1, 2480, 3508, ()))]
    [0.24, 0.24]
    >>> unit_of(Page(1, 1000, 1000, ())), unit_of(Page(1, 595, 842, ()))
    ((0.595, 0.842), (1.0, 1.0))
    >>> unit_of(Page(1, 900, 3000, ()))  # a receipt, as long as it may be
    (1.0, 1.0)
    """
    width, height = page.width, page.height
    longer = max(width, height)
    if page.narrow:
        return POINTS
    if width == height and width in _SHARES:
        return _A4[0] / width, _A4[1] / height
    if not longer or _LEAST < longer < _MOST:
        return POINTS
    return _A4[1] / longer, _A4[1] / longer


def in_points(page: Page, unit: Unit, number: int = 1) -> Page:
    """A page measured in points, under another number."""
    if unit == POINTS:
        return page if page.number == number else replace(page, number=number)
    across, down = unit
    words = tuple(
        replace(w, x0=w.x0 * across, y0=w.y0 * down, x1=w.x1 * across, y1=w.y1 * down)
        for w in page.words
    )
    width, height = page.width * across, page.height * down
    return replace(page, number=number, words=words, width=width, height=height)
