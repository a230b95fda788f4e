"""Words and boxes of a PDF page's text layer, through pdfium.

Only the first and the last character of a word are asked for their boxes: three thousand pages
need minutes less that way.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

from contor.adapters.pdf.drawn_things import Corners, address_of
from contor.adapters.pdf.traces import Traces
from contor.documents.page import Word

_HYPHENS = str.maketrans(dict.fromkeys((0x02, 0xFFFE, 0xAD, 0x2010, 0x2011), "-"))
_WORD = re.compile("[^\\x00\\t\\n\\r \\xa0\\u2002\\u2003\\u2007\\u2009\\u200b\\u202f]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_CHARACTERS = 200_000
_INVISIBLE = 3
_FEW_LETTERS = 8
_MOST_TURNED = 0.8
_KERNED = 0.17
"""A blank is at least a fifth of the line's height; what is narrower parts letters, not words."""


def words_of(
    text_page: Any,
    width: float,
    height: float,
    shown: Callable[[Corners], Corners],
    *,
    sideways: bool = False,
) -> tuple[list[Word], Traces]:
    """The words of an open pdfium text page, and how they are drawn.

    ``shown`` maps boxes of page space to the top left. Both are (x0, y0, x1, y1); of a word only the
    first and the last character are asked for. ``sideways`` text runs up or down in page space.
    """
    count = min(pdfium.FPDFText_CountChars(text_page), _MAX_CHARACTERS)
    text = _text(text_page, count).translate(_HYPHENS)
    paired = _SURROGATE.search(text) is not None
    words: list[Word] = []
    traces = Traces(address_of(text_page))
    ended = -2
    for match in _WORD.finditer(text):
        box = _box(text_page, match.start(), match.end() - 1, sideways=sideways)
        x0, y0, x1, y1 = shown(box)
        if x1 > 0 and y1 > 0 and x0 < width and y0 < height:
            printed = _joined(match[0]) if paired else match[0]
            word = Word(printed, *_rounded(x0, y0, x1, y1))
            traces.add(box, match.start(), match.end() - 1)
            if (
                words
                and match.start() == ended + 1
                and _is_kerned(text_page, words[-1], word, ended)
            ):
                word = _whole(words.pop(), word)
                traces.join()
            words.append(word)
        ended = match.end()
    return words, traces


def _is_kerned(text_page: Any, before: Word, word: Word, blank: int) -> bool:
    """Whether pdfium saw a blank where the writer only moved a letter (*Br uttosumme*)."""
    gap, height = word.x0 - before.x1, max(before.height, word.height)
    if not -0.1 * height < gap < _KERNED * height or abs(before.y1 - word.y1) > 0.2 * height:
        return False
    return bool(pdfium.FPDFText_IsGenerated(text_page, blank) == 1)


def _whole(before: Word, word: Word) -> Word:
    return Word(
        before.text + word.text, before.x0, min(before.y0, word.y0), word.x1,
        max(before.y1, word.y1),
    )  # fmt: skip


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


def upright_rotation(text_page: Any, rotation: int, samples: int = 60) -> int:
    """The rotation (0, 90, 180 or 270) in which the page's text is level; as it is, where in doubt.

    Scanners and printers leave pages that lie on their side or on their head.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    turns: Counter[int] = Counter()
    for index in range(0, count, max(1, count // samples)):
        if chr(pdfium.FPDFText_GetUnicode(text_page, index) or 32).isalnum():
            angle = pdfium.FPDFText_GetCharAngle(text_page, index)
            turns[-round(math.degrees(angle) / 90) * 90 % 360] += 1  # pdfium counts clockwise
    if turns.total() < _FEW_LETTERS:
        return rotation
    turn, most = turns.most_common(1)[0]
    return turn if most > _MOST_TURNED * turns.total() else rotation


def _text(text_page: Any, count: int) -> str:
    """The characters, one per index of pdfium (a character beyond 16 bits may be two)."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    if written - 1 == count:
        return "".join(map(chr, buffer[:count]))
    codes = (pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)


def _joined(text: str) -> str:
    """Pairs of surrogates as one character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _rounded(x0: float, y0: float, x1: float, y1: float) -> Corners:
    return round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)


_LEFT, _RIGHT, _BOTTOM, _TOP = (ctypes.c_double() for _ in range(4))
_POINTERS = tuple(ctypes.byref(value) for value in (_LEFT, _RIGHT, _BOTTOM, _TOP))
_RECT = pdfium.FS_RECTF()
_RECT_POINTER = ctypes.byref(_RECT)


def _box(text_page: Any, first: int, last: int, *, sideways: bool) -> Corners:
    """Left, bottom, right, top of a word: tight along its row, across it the font's line.

    The row of a word that stands ``sideways`` runs up or down the page.
    """
    pdfium.FPDFText_GetCharBox(text_page, first, *_POINTERS)
    left, right, bottom, top = _LEFT.value, _RIGHT.value, _BOTTOM.value, _TOP.value
    if pdfium.FPDFText_GetLooseCharBox(text_page, first, _RECT_POINTER):
        if sideways:
            left, right = _RECT.left, _RECT.right
        else:
            bottom, top = _RECT.bottom, _RECT.top
    if last == first:
        return left, bottom, right, top
    pdfium.FPDFText_GetCharBox(text_page, last, *_POINTERS)
    return (
        min(left, _LEFT.value), min(bottom, _BOTTOM.value),
        max(right, _RIGHT.value), max(top, _TOP.value),
    )  # fmt: skip
