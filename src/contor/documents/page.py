"""Words with their boxes on a page: what a text layer or text recognition gives.

Boxes are in PDF points (1/72 inch) from the top left of the page as a person sees it; a page of
somebody else's recognition keeps the unit of its own width and height.

>>> Word("Rechnung", 10.0, 20.0, 60.0, 30.0).height
10.0
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Source = Literal["xml", "text", "ocr", "derived"]
Box = tuple[float, float, float, float]
_NARROW = 0.62


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``confidence`` 0..1 is what the recogniser says (1 for a text layer)."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float = 1.0

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """Vertical middle of the box."""
        return (self.y0 + self.y1) / 2

    @property
    def box(self) -> Box:
        """The box as a tuple."""
        return (self.x0, self.y0, self.x1, self.y1)


@dataclass(frozen=True, slots=True)
class Page:
    """The words of one page; ``number`` counts from 1.

    ``turned``: by how many quarter turns to the left recognition brought the picture upright;
    ``type_high``: whether somebody else's boxes were made as high as their type.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    source: Source = "text"
    turned: int = 0
    type_high: bool = False

    @property
    def narrow(self) -> bool:
        """Whether the page is a receipt's: much taller than a sheet of A4."""
        return self.width < _NARROW * self.height

    @property
    def doubted(self) -> bool:
        """Whether recognition said how sure it is: ours does, somebody else's words come without."""
        return any(word.confidence < 1 for word in self.words)

    @property
    def typeset(self) -> bool:
        """Whether words and gaps are as they were set: a text layer, or a sheet recognised here.

        Receipts and somebody else's recognition follow no such order.
        """
        if self.source == "ocr":
            return not self.narrow and self.doubted
        return True


def in_one_column(box: Box, other: Box, within: float = 4.0) -> bool:
    """Whether two boxes begin flush left, or are centred on one another, as captions over values.

    >>> in_one_column((100.0, 0.0, 140.0, 9.0), (80.0, 10.0, 160.0, 19.0))
    True
    """
    middles = (box[0] + box[2] - other[0] - other[2]) / 2
    return abs(box[0] - other[0]) < within or abs(middles) < within


def hull(words: Iterable[Word]) -> Box:
    """Smallest box around the words (at least one).

    >>> hull([Word("a", 1, 2, 3, 4), Word("b", 4, 1, 6, 3)])
    (1, 1, 6, 4)
    """
    # A plain loop: this is asked for every run of words and every candidate of a page.
    rest = iter(words)
    x0, y0, x1, y1 = next(rest).box
    for word in rest:
        x0 = min(x0, word.x0)
        y0 = min(y0, word.y0)
        x1 = max(x1, word.x1)
        y1 = max(y1, word.y1)
    return (x0, y0, x1, y1)
