"""Words and boxes of a PDF page's text layer, through pdfium.

Only the first and the last character of a word are asked for their boxes: three thousand pages
need minutes less that way.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from contor.documents.page import Word

_SOFT_HYPHEN = {0x02, 0xFFFE, 0xAD}
_SPACE = {0x00, 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x200B, 0x202F}
_MAX_CHARACTERS = 200_000
_INVISIBLE = 3


def words_of(text_page: Any, width: float, height: float, origin: Any) -> list[Word]:
    """The words of an open pdfium text page; ``origin`` maps page space to top-left points."""
    count = min(pdfium.FPDFText_CountChars(text_page), _MAX_CHARACTERS)
    codes = _codes(text_page, count)
    words: list[Word] = []
    start = None
    for index in range(count + 1):
        code = codes[index] if index < count else 0x20
        if code not in _SPACE:
            if start is None:
                start = index
            continue
        if start is not None:
            word = _word(text_page, codes, start, index, origin)
            start = None
            if word.x1 > 0 and word.y1 > 0 and word.x0 < width and word.y0 < height:
                words.append(word)
    return words


def invisible_share(text_page: Any, samples: int = 24) -> float:
    """Share of characters drawn in no colour (the layer a scanner's software leaves)."""
    count = pdfium.FPDFText_CountChars(text_page)
    step = max(1, count // samples)
    seen = hidden = 0
    for index in range(0, count, step):
        text_object = pdfium.FPDFText_GetTextObject(text_page, index)
        if text_object:
            seen += 1
            hidden += pdfium.FPDFTextObj_GetTextRenderMode(text_object) == _INVISIBLE
    return hidden / seen if seen else 0.0


def _codes(text_page: Any, count: int) -> list[int]:
    """Code points, one per character index."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    if written - 1 == count:
        return list(buffer[:count])
    return [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)]


def _word(text_page: Any, codes: list[int], start: int, end: int, origin: Any) -> Word:
    text = "".join(
        "-" if code in _SOFT_HYPHEN else chr(code) if code < 0x110000 else "\ufffd"
        for code in codes[start:end]
    )
    if any(0xD800 <= code < 0xE000 for code in codes[start:end]):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    first = _box(text_page, start)
    last = first if end - start == 1 else _box(text_page, end - 1)
    corners = [origin(x, y) for box in (first, last) for x, y in (box[:2], box[2:])]
    xs = [corner[0] for corner in corners]
    ys = [corner[1] for corner in corners]
    return Word(text, round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))


_LEFT, _RIGHT, _BOTTOM, _TOP = (ctypes.c_double() for _ in range(4))
_POINTERS = tuple(ctypes.byref(value) for value in (_LEFT, _RIGHT, _BOTTOM, _TOP))
_RECT = pdfium.FS_RECTF()
_RECT_POINTER = ctypes.byref(_RECT)


def _box(text_page: Any, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top: horizontally tight, vertically the font's line."""
    pdfium.FPDFText_GetCharBox(text_page, index, *_POINTERS)
    if pdfium.FPDFText_GetLooseCharBox(text_page, index, _RECT_POINTER):
        return (_LEFT.value, _RECT.bottom, _RIGHT.value, _RECT.top)
    return (_LEFT.value, _BOTTOM.value, _RIGHT.value, _TOP.value)
