"""What keeps a text from being seen though nothing covers it: a clip, a layer, a mask, a form.

Nothing is painted here. Whether a text that is kept in one of these ways can be seen all the same, the
picture of the page tells (see ``hidden_text``). A clip that a text lies within pdfium leaves out, so few
texts have any.
"""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2.raw as pdfium

from contor.adapters.pdf.drawn_things import Address, Corners, Things, plain
from contor.adapters.pdf.traces import Traces

_RECTANGLE = 5
"""Points of a rectangle, the first being the last, too."""
_MOST_MARKS = 50
_NOTHING_LEFT: Corners = (0.0, 0.0, 0.0, 0.0)
_HALF = 0.5

_is_faded = plain(pdfium.FPDFPageObj_HasTransparency, ctypes.c_int, Address)
_clip_of = plain(pdfium.FPDFPageObj_GetClipPath, Address, Address)
_count_paths = plain(pdfium.FPDFClipPath_CountPaths, ctypes.c_int, Address)
_count_points = plain(pdfium.FPDFClipPath_CountPathSegments, ctypes.c_int, Address, ctypes.c_int)
_segment = plain(pdfium.FPDFClipPath_GetPathSegment, Address, Address, ctypes.c_int, ctypes.c_int)
_kind_of = plain(pdfium.FPDFPathSegment_GetType, ctypes.c_int, Address)
_point_of = plain(pdfium.FPDFPathSegment_GetPoint, ctypes.c_int, Address, Address, Address)
_count_marks = plain(pdfium.FPDFPageObj_CountMarks, ctypes.c_int, Address)
_mark = plain(pdfium.FPDFPageObj_GetMark, Address, Address, ctypes.c_ulong)
_name_of = plain(
    pdfium.FPDFPageObjMark_GetName, ctypes.c_int, Address, Address, ctypes.c_ulong, Address
)

_POINT = (ctypes.c_float * 2)()
_X, _Y = ctypes.addressof(_POINT), ctypes.addressof(_POINT) + 4
_NAME = ctypes.create_string_buffer(16)
_LENGTH = ctypes.c_ulong()
_LAYER = "OC\0".encode("utf-16-le")


class Kept(NamedTuple):
    """Words (by number) that may not be seen though nothing covers them.

    ``cut`` are those that their clip cuts off, ``inside`` those of forms, which have a clip and perhaps
    a layer and a mask that their texts do not tell of, ``veiled`` those in a layer or transparent, and of
    texts that were not reached among the things of the page.
    """

    cut: set[int]
    veiled: set[int]
    inside: set[int]


def kept_from_view(traces: Traces, things: Things) -> Kept:
    """How the words of a page are kept."""
    texts = list(set(traces.texts) - {0})
    clips = list(map(_clip_of, texts))
    clipped = {
        text: _left_by(clip)
        for text, clip, count in zip(texts, clips, map(_count_paths, clips), strict=True)
        if count >= 0
    }
    veiled = {
        text
        for text, faded, marks in zip(
            texts, map(_is_faded, texts), map(_count_marks, texts), strict=True
        )
        if faded or (marks and _is_layered(text, marks)) or text not in things.places
    }
    found = Kept(set(), set(), set())
    for word, text in enumerate(traces.texts):
        if text in clipped and (
            text in things.within or not _is_mostly_within(traces.boxes[word], clipped[text])
        ):
            found.cut.add(word)
        elif text in veiled:
            found.veiled.add(word)
        elif text in things.within:
            found.inside.add(word)
    return found


def _is_mostly_within(box: Corners, clip: Corners) -> bool:
    across = min(box[2], clip[2]) - max(box[0], clip[0])
    up = min(box[3], clip[3]) - max(box[1], clip[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return across > 0 and up > 0 and across * up >= _HALF * area


def _left_by(clip: int) -> Corners:
    """The box that a clip leaves to be seen; nothing where only the picture can tell."""
    if _count_paths(clip) != 1 or _count_points(clip, 0) != _RECTANGLE:
        return _NOTHING_LEFT  # letters, holes, or a shape within a shape
    xs, ys = set(), set()
    for number in range(_RECTANGLE):
        segment = _segment(clip, 0, number)
        if _kind_of(segment) == pdfium.FPDF_SEGMENT_BEZIERTO or not _point_of(segment, _X, _Y):
            return _NOTHING_LEFT
        xs.add(round(_POINT[0], 2))
        ys.add(round(_POINT[1], 2))
    return (min(xs), min(ys), max(xs), max(ys)) if len(xs) == len(ys) == 2 else _NOTHING_LEFT


def _is_layered(thing: int, marks: int) -> bool:
    """Whether the thing, with so many marks, belongs to a layer that can be switched off (``OC``)."""
    name, size, length = ctypes.addressof(_NAME), len(_NAME), ctypes.addressof(_LENGTH)
    return any(
        _name_of(_mark(thing, number), name, size, length) and _NAME.raw[: _LENGTH.value] == _LAYER
        for number in range(min(marks, _MOST_MARKS))
    )
