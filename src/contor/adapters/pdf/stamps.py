"""Words set aslant: *PAID* across a corner, *COPY* over the page. A stamp is no part of what is printed.

Its letters would else fall among the lines they cross: a name above an address, a total in a column.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence

import pypdfium2.raw as pdfium

from contor.adapters.pdf.drawn_things import Address, plain

_ASLANT = 4.0
"""Degrees from level or upright; a sheet that was laid askew on a scanner is turned less."""
_MOST = 0.1
"""Share of the words: where more stand aslant, the page does, and they are its text."""

_MATRIX = pdfium.FS_MATRIX()
_POINTER = ctypes.byref(_MATRIX)
_matrix_of = plain(pdfium.FPDFText_GetMatrix, ctypes.c_int, Address, ctypes.c_int, ctypes.c_void_p)


def aslant(text_page: int, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Numbers of the words set aslant, where they are few; ``spans`` are their first and last letter."""
    found = {number for number, (first, _) in enumerate(spans) if _is_aslant(text_page, first)}
    return found if len(found) <= _MOST * len(spans) else set()


def _is_aslant(text_page: int, letter: int) -> bool:
    """Whether a letter's own foot is neither level nor upright; letters that lean stand level."""
    if not _matrix_of(text_page, letter, _POINTER):
        return False
    turned = math.degrees(math.atan2(_MATRIX.b, _MATRIX.a)) % 90
    return _ASLANT < turned < 90 - _ASLANT
