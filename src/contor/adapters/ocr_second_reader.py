"""A page that Tesseract reads badly is read whole by RapidOCR: till rolls, photos of receipts.

Where Tesseract doubts much of a page, the other recogniser is right in most words on which they
differ, and nearly all on which they agree (``docs/benchmarks/documents.md``). It costs two to three
seconds a page, so it is asked only where Tesseract says itself how unsure it is.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contor.adapters.rapid_engine import rapid_engine
from contor.documents.page import Word

_LINES_SEEN_AT = 750_000
"""Pixels in which lines are looked for; they are read in the full picture."""
_SURE = 0.90
_MOST_SURE = 0.999
_SAME_PLACE = 0.6
_DAY_BEFORE_TIME = re.compile(r"\W*\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d(?=\d{1,2}:\d\d)")

Piece = tuple[str, float, Sequence[Sequence[float]]]
"""Letters that stand together, how sure they are, and the four corners of their box."""


@dataclass(frozen=True)
class SecondReader:
    """Reads whole pages (see ``contor.adapters.tesseract.WholeReader``), one at a time."""

    _one_at_a_time: Any = field(default_factory=threading.Lock, repr=False, compare=False)

    def __call__(self, grey: NDArray[np.uint8]) -> list[Word]:
        """The words of an upright page (8-bit grey, rows by columns) in its pixels."""
        height, width = grey.shape
        with self._one_at_a_time:
            engine = rapid_engine()
            if engine.text_det is None:  # loaded by the first picture
                blank = np.full((64, 64, 3), 255, np.uint8)
                engine(blank, use_det=True, use_cls=False, use_rec=False)
            side = min(
                max(height, width), sqrt(_LINES_SEEN_AT * max(height / width, width / height))
            )
            engine.text_det.limit_side_len = int(side)
            found = engine(
                np.dstack([grey] * 3), use_det=True, use_cls=False, use_rec=True,
                return_word_box=True,
            )  # fmt: skip
        lines = zip(found.txts or (), found.word_results or (), strict=False)
        return [word for text, pieces in lines for word in _whole_words(text, pieces)]


def _whole_words(text: str, pieces: Iterable[Piece]) -> Iterator[Word]:
    """Words as the line's blanks part them; the engine parts them at wide letters, too."""
    rest = iter(pieces)
    for written in text.split():
        parts: list[Piece] = []
        while sum(len(piece[0]) for piece in parts) < len(written):
            piece = next(rest, None)
            if piece is None:
                return
            parts.append(piece)
        # Corners run clockwise from the top left; a tilted word is no higher than its letters.
        corners = np.asarray([piece[2] for piece in parts], dtype=np.float64)
        top, bottom = corners[:, :2, 1].mean(), corners[:, 2:, 1].mean()
        left, right = corners[:, :, 0].min(), corners[:, :, 0].max()
        letters = sum(len(piece[0]) for piece in parts)
        sure = sum(piece[1] * len(piece[0]) for piece in parts) / letters
        word = Word(written, float(left), float(top), float(right), float(bottom), sure)
        yield from _day_and_time(word)


def _day_and_time(word: Word) -> Iterator[Word]:
    """A day and the time after it as two words: the engine loses the narrow blank between them.

    >>> [part.text for part in _day_and_time(Word("14/03/20185:57:07PM", 0, 0, 190, 9))]
    ['14/03/2018', '5:57:07PM']
    """
    found = _DAY_BEFORE_TIME.match(word.text)
    if not found:
        yield word
        return
    cut = found.end()
    at = word.x0 + (word.x1 - word.x0) * cut / len(word.text)
    yield replace(word, text=word.text[:cut], x1=at)
    yield replace(word, text=word.text[cut:], x0=at)


def joined(read: Sequence[Word], before: Sequence[Word]) -> list[Word]:
    """The words of the second reader, as sure as those Tesseract read ``before`` make them.

    What both read is surer than either; what only one read is never surer than 0.9. A word of
    Tesseract's stays where it is sure and the other is not, or leaves out its accents; all of them
    where the other read nothing.

    >>> joined([Word("Muller", 0, 0, 9, 9, 0.95)], [Word("Müller", 0, 0, 9, 9, 0.85)])[0].text
    'Müller'
    >>> joined([Word("12,90", 0, 0, 9, 9, 0.97)], [Word("1Z,90", 0, 0, 9, 9, 0.5)])[0].text
    '12,90'
    """
    if not read:
        return list(before)
    return [_agreed(word, _at_its_place(word, before)) for word in read]


def _agreed(word: Word, other: Word | None) -> Word:
    alone = replace(word, confidence=round(min(word.confidence, _SURE), 3))
    if other is None:
        return alone
    if other.text == word.text:
        both = 1 - (1 - word.confidence) * (1 - other.confidence)
        return replace(word, confidence=round(min(both, _MOST_SURE), 3))
    surer = other.confidence >= _SURE > word.confidence
    accented = other.text != _bare(other.text) == _bare(word.text) and word.text == _bare(word.text)
    if surer or accented:
        return replace(word, text=other.text, confidence=min(other.confidence, _SURE))
    return alone


def _at_its_place(word: Word, others: Sequence[Word]) -> Word | None:
    """The word that covers most of this one's place, where they are as long as one another."""
    for other in others:
        if word.y0 < other.middle < word.y1:
            shared = min(word.x1, other.x1) - max(word.x0, other.x0)
            if shared > _SAME_PLACE * max(word.x1 - word.x0, other.x1 - other.x0):
                return other
    return None


def _bare(text: str) -> str:
    """Letters without their accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
