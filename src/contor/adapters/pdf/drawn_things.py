"""What is drawn on a page, in the order of drawing: the texts, and whatever could cover them.

Every page is asked, so nothing is painted here, and pdfium is called with plain addresses: pointers
with types take half of the time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Sequence
from itertools import count as counted
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

Corners = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
Address = ctypes.c_void_p
UNKNOWN = -1
"""The colour of a picture, a gradient or a pattern."""
NO_COLOUR = -2
"""Drawn in no colour at all."""

_SHEER = 26
_OPAQUE = 230
_SMALLEST = 3.0
"""Points: what is narrower or lower is a line, and covers no word."""
_MOST_THINGS = 20_000
_MOST_COVERS = 1_000
_DEEPEST = 6
_UPRIGHT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NOTES = (
    pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_CIRCLE, pdfium.FPDF_ANNOT_POLYGON,
    pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_REDACT,
)  # fmt: skip
"""Annotations that are laid over a page, not beside or under its words."""


def plain(function: Any, *arguments: Any) -> Any:
    """A function of pdfium's that takes and gives plain addresses."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(*arguments)(address)


_count = plain(pdfium.FPDFPage_CountObjects, ctypes.c_int, Address)
_thing = plain(pdfium.FPDFPage_GetObject, Address, Address, ctypes.c_int)
_count_inside = plain(pdfium.FPDFFormObj_CountObjects, ctypes.c_int, Address)
_thing_inside = plain(pdfium.FPDFFormObj_GetObject, Address, Address, ctypes.c_ulong)
_kind_of = plain(pdfium.FPDFPageObj_GetType, ctypes.c_int, Address)
_bounds_of = plain(pdfium.FPDFPageObj_GetBounds, ctypes.c_int, Address, *[Address] * 4)
_matrix_of = plain(pdfium.FPDFPageObj_GetMatrix, ctypes.c_int, Address, Address)
_mode_of = plain(pdfium.FPDFPath_GetDrawMode, ctypes.c_int, Address, Address, Address)
_fill_of = plain(pdfium.FPDFPageObj_GetFillColor, ctypes.c_int, Address, *[Address] * 4)

_COLOUR = (ctypes.c_uint * 4)()
_CHANNELS = tuple(ctypes.addressof(_COLOUR) + 4 * place for place in range(4))
_EDGES = (ctypes.c_float * 4)()
_CORNERS = tuple(ctypes.addressof(_EDGES) + 4 * place for place in range(4))
_MATRIX = (ctypes.c_float * 6)()
_MODE = (ctypes.c_int * 2)()
_MODES = tuple(ctypes.addressof(_MODE) + 4 * place for place in range(2))


class Cover(NamedTuple):
    """Something filled: its place in the order of drawing, its box in page space, its colour."""

    place: float
    box: Corners
    colour: int


class Things(NamedTuple):
    """The covers of a page, the places of all that is drawn by their addresses, what forms hold."""

    covers: list[Cover]
    places: dict[int, float]
    within: set[int]


class _Frame(NamedTuple):
    """Where the things of a form stand: their places, what maps them to page space, how deep."""

    begin: float = 0.0
    step: float = 1.0
    matrix: Matrix = _UPRIGHT
    depth: int = 0

    def place(self, number: int) -> float:
        """The place of a thing in it."""
        return self.begin + self.step * number


def address_of(thing: Any) -> int:
    """The address of an open page or text page."""
    return ctypes.cast(thing, ctypes.c_void_p).value or 0


def colour_of(thing: int, least: int = _SHEER) -> int:
    """The colour a thing is filled with, red, green and blue in one number; ``least``: its alpha."""
    if not _fill_of(thing, *_CHANNELS):
        return UNKNOWN
    red, green, blue, alpha = _COLOUR[:]
    return NO_COLOUR if alpha < least else red << 16 | green << 8 | blue


def is_text(thing: int) -> bool:
    """Whether the thing at an address is a text object."""
    return bool(_kind_of(thing) == pdfium.FPDF_PAGEOBJ_TEXT)


def things_on(page: Any, texts: Collection[int]) -> Things:
    """What is drawn on an open page; ``texts`` are addresses known to be of texts."""
    found = Things(_notes_on(page), {}, set())
    _look_into(address_of(page), texts, found, _Frame())
    return found


def _look_into(holder: int, texts: Collection[int], found: Things, frame: _Frame) -> None:
    """List the things of a page, or of a form on it."""
    count, thing_at = (_count_inside, _thing_inside) if frame.depth else (_count, _thing)
    most = max(0, min(count(holder), _MOST_THINGS - len(found.places)))
    things = list(map(thing_at, repeat(holder), range(most)))
    found.places.update(zip(things, counted(frame.begin, frame.step), strict=False))
    if frame.depth:
        found.within.update(things)
    others = [number for number, thing in enumerate(things) if thing not in texts]
    for number, kind in zip(others, [_kind_of(things[number]) for number in others], strict=True):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        thing = things[number]
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            cover = _cover(thing, kind, frame.place(number), frame.matrix)
            if cover and len(found.covers) < _MOST_COVERS:
                found.covers.append(cover)
        elif frame.depth < _DEEPEST and _matrix_of(thing, ctypes.addressof(_MATRIX)):
            matrix = _after(_MATRIX[:], frame.matrix)
            step = frame.step / (_count_inside(thing) + 1)
            inner = _Frame(frame.place(number), step, matrix, frame.depth + 1)
            _look_into(thing, texts, found, inner)


def _cover(thing: int, kind: int, place: float, matrix: Matrix) -> Cover | None:
    """The thing as a cover; None for lines, frames and what is seen through."""
    if not _bounds_of(thing, *_CORNERS):
        return None
    x0, y0, x1, y1 = _EDGES
    if x1 - x0 < _SMALLEST or y1 - y0 < _SMALLEST:
        return None  # in a form that is drawn larger it counts as a line, too
    box = (x0, y0, x1, y1) if matrix is _UPRIGHT else _mapped((x0, y0, x1, y1), matrix)
    if kind != pdfium.FPDF_PAGEOBJ_PATH:
        return Cover(place, box, UNKNOWN)
    if not _mode_of(thing, *_MODES) or not _MODE[0]:
        return None
    colour = colour_of(thing, _OPAQUE)
    return None if colour == NO_COLOUR else Cover(place, box, colour)


def _notes_on(page: Any) -> list[Cover]:
    """Boxes, notes and stamps that were laid over the page."""
    found: list[Cover] = []
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_COVERS)):
        note, box = pdfium.FPDFPage_GetAnnot(page, number), pdfium.FS_RECTF()
        if pdfium.FPDFAnnot_GetSubtype(note) in _NOTES and pdfium.FPDFAnnot_GetRect(note, box):
            corners = (box.left, box.bottom, box.right, box.top)
            found.append(Cover(float("inf"), corners, UNKNOWN))
        pdfium.FPDFPage_CloseAnnot(note)
    return found


def _mapped(box: Corners, matrix: Matrix) -> Corners:
    x0, y0, x1, y1 = box
    a, b, c, d, e, f = matrix
    across = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    up = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(across), min(up), max(across), max(up)


def _after(first: Sequence[float], then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip
