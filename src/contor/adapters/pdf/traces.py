"""How the words of a page are drawn: in which colour, under what, over what.

From that a word is suspect of being hidden, without anything being painted: whether it is, the picture
of the page tells (see ``hidden_text``).
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from contor.adapters.pdf.drawn_things import (
    NO_COLOUR,
    UNKNOWN,
    Address,
    Corners,
    Things,
    colour_of,
    plain,
)

_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_PALE = 230
_ALIKE = 24
SMALLEST = 1.2
"""Height of a line in points: letters of one point."""

_object_at = plain(pdfium.FPDFText_GetTextObject, Address, Address, ctypes.c_int)
_mode_of = plain(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int, Address)


@dataclass(slots=True)
class Traces:
    """The words of a page by their numbers; ``text_page`` is an address, boxes are in page space.

    ``spans`` are the first and the last character of a word, ``texts`` and ``colours`` the text object
    of the first and what it is filled with; ``suspects`` are drawn in the manner of hidden words.
    """

    text_page: int
    boxes: list[Corners] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    colours: list[int] = field(default_factory=list)
    suspects: dict[int, Corners] = field(default_factory=dict)

    def add(self, box: Corners, first: int, last: int) -> None:
        """The next word."""
        text = _object_at(self.text_page, first) or 0
        colour = colour_of(text) if text else UNKNOWN
        if (text and (_is_pale(colour) or _mode_of(text) in _INVISIBLE)) or _is_dust(
            box, last - first + 1
        ):
            self.suspects[len(self.boxes)] = box
        self.boxes.append(box)
        self.spans.append((first, last))
        self.texts.append(text)
        self.colours.append(colour)

    def join(self) -> None:
        """The last two are one word."""
        number, box, span = len(self.boxes) - 1, self.boxes.pop(), self.spans.pop()
        del self.texts[-1], self.colours[-1]
        if number in self.suspects:
            self.suspects[number - 1] = self.suspects.pop(number)
        x0, y0, _, y1 = self.boxes[-1]
        self.boxes[-1] = (x0, min(y0, box[1]), box[2], max(y1, box[3]))
        self.spans[-1] = (self.spans[-1][0], span[1])

    def texts_of(self, word: int) -> set[int]:
        """The text objects that the letters of a word come from."""
        first, last = self.spans[word]
        return {_object_at(self.text_page, index) or 0 for index in range(first, last + 1)} - {0}

    def all_texts(self) -> set[int]:
        """The text objects that any letter of the page comes from."""
        count = self.spans[-1][1] + 1 if self.spans else 0
        return {_object_at(self.text_page, index) or 0 for index in range(count)} - {0}


def _is_pale(colour: int) -> bool:
    """Whether it is a colour that paper has, or none; one that is not known is not pale."""
    if colour < 0:
        return colour == NO_COLOUR
    return colour >> 16 >= _PALE and colour >> 8 & 255 >= _PALE and colour & 255 >= _PALE


def _is_dust(box: Corners, letters: int) -> bool:
    """Whether a word of so many letters is smaller than anybody reads; ``box`` in points."""
    return box[3] - box[1] < SMALLEST and box[2] - box[0] < SMALLEST * letters


def under_cover(traces: Traces, things: Things) -> set[int]:
    """Words with something filled over their middle, or under it in a colour that may be theirs."""
    if not things.covers or not traces.boxes:
        return set()
    place, box, ground = (np.array(column) for column in zip(*things.covers, strict=True))
    words, ink = np.array(traces.boxes), np.array(traces.colours)
    drawn = np.array([things.places.get(text, np.inf) for text in traces.texts])
    x, y = (words[:, :2] + words[:, 2:]).T[:, :, None] / 2
    over = (box[:, 0] <= x) & (x <= box[:, 2]) & (box[:, 1] <= y) & (y <= box[:, 3])
    word, cover = np.nonzero(over & np.isfinite(drawn)[:, None])
    hiding = (drawn[word] < place[cover]) | _alike(ink[word], ground[cover])
    return {int(number) for number in word[hiding]} - traces.suspects.keys()


def _alike(ink: np.ndarray[Any, Any], ground: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Which inks have the colour of their ground, or may have that of a picture."""
    near: np.ndarray[Any, Any] = (ink >= 0) & (ground >= 0)
    for shift in (0, 8, 16):
        near &= abs((ink >> shift & 255) - (ground >> shift & 255)) < _ALIKE
    near |= ground == UNKNOWN
    return near
