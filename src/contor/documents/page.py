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
    """The words of one page; ``number`` counts from 1."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    source: Source = "text"


def hull(words: Iterable[Word]) -> Box:
    """Smallest box around the words (at least one).

    >>> hull([Word("a", 1, 2, 3, 4), Word("b", 4, 1, 6, 3)])
    (1, 1, 6, 4)
    """
    boxes = [word.box for word in words]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
