"""Words of a text layer that nobody sees: white on white, drawn in no colour, too small to read.

What such words say is not on the paper. They are looked for in two steps, because looking at a
picture of every page would cost more than reading it: how a text object is drawn makes it suspect,
and the picture tells whether anything stands where the word should be. So white letters on a dark
bar and the layer a scanner's software leaves under its picture are words like any other.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

Corners = tuple[float, float, float, float]

_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_PALE = 230
_SHEER = 26
_SMALLEST = 1.2
"""Height of a line in points: letters of one point."""
_NOTHING = 12
"""Grey levels (of 256) by which paper differs from itself."""
_MOST_PIXELS = 10_000_000

_Address = ctypes.c_void_p


def _plain(function: Any, *arguments: Any) -> Any:
    """A function of pdfium's that takes and gives plain addresses.

    These are called for every word, and pointers with types take half of the time.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(*arguments)(address)


_object_at = _plain(pdfium.FPDFText_GetTextObject, _Address, _Address, ctypes.c_int)
_mode_of = _plain(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int, _Address)
_fill_of = _plain(pdfium.FPDFPageObj_GetFillColor, ctypes.c_int, _Address, *[_Address] * 4)
_COLOUR = (ctypes.c_uint * 4)()
_RED, _GREEN, _BLUE, _ALPHA = (ctypes.addressof(_COLOUR) + 4 * place for place in range(4))


def address_of(text_page: Any) -> int:
    """The address of an open text page, for :func:`is_suspect`."""
    return ctypes.cast(text_page, ctypes.c_void_p).value or 0


def is_suspect(text_page: int, index: int) -> bool:
    """Whether the character at ``index`` is drawn in no colour, or in one that paper has."""
    drawn = _object_at(text_page, index)
    if not drawn:
        return False
    if _mode_of(drawn) in _INVISIBLE:
        return True
    if not _fill_of(drawn, _RED, _GREEN, _BLUE, _ALPHA):
        return False
    red, green, blue, alpha = _COLOUR[:]
    return alpha < _SHEER or (red >= _PALE and green >= _PALE and blue >= _PALE)


def is_dust(box: Corners, letters: int) -> bool:
    """Whether a word of so many letters is smaller than anybody reads; ``box`` in points."""
    return box[3] - box[1] < _SMALLEST and box[2] - box[0] < _SMALLEST * letters


def unseen(
    page: Any, suspects: Mapping[int, Corners], shown: Callable[[Corners], Corners]
) -> frozenset[int]:
    """Which of the suspects leave no trace in the picture of the page.

    ``suspects`` are boxes in page space by number, ``shown`` maps them to points from the top left
    of the page as pdfium paints it.
    """
    if not suspects:
        return frozenset()
    width, height = page.get_size()
    scale = min(1.0, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        picture = bitmap.to_numpy().reshape(bitmap.height, bitmap.width)
        return frozenset(
            number for number, box in suspects.items() if _is_blank(picture, shown(box), scale)
        )
    finally:
        bitmap.close()


def _is_blank(picture: np.ndarray[Any, Any], box: Corners, scale: float) -> bool:
    x0, y0, x1, y1 = (edge * scale for edge in box)
    if y1 - y0 < _SMALLEST * scale:
        return True  # dust, whatever its colour
    part = picture[max(0, round(y0)) : max(0, round(y1)), max(0, int(x0)) : max(0, int(x1) + 1)]
    return not part.size or int(part.max()) - int(part.min()) < _NOTHING
