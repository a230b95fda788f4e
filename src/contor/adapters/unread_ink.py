"""Ink that no word was read from: a lone figure in its column, small print in grey.

Tesseract drops single figures that stand alone, and print lighter than its one threshold a page.
What is as high as the page's type and covered by no word is cut out, made as dark as other print
and read by the second recogniser; logos, rules and specks are left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from contor.documents.page import Word

Grey = NDArray[np.uint8]
Reading = Callable[[list[NDArray[np.uint8]]], list[tuple[str, float]]]

_INK = 215
_MOST = 60
_FEWEST_WORDS = 5
_LOWEST, _HIGHEST, _WIDEST = 0.38, 0.95, 16.0
"""A word's ink in heights of the page's type (of which a capital has two thirds)."""
_NARROWEST = 0.08
_WORD_GAP = 0.2
_RULE = 4.0
_MARGIN = 0.22
_SURE, _MOST_SURE = 0.9, 0.9
_DARK = 60


@dataclass(frozen=True, slots=True)
class Spot:
    """Ink without a word: left, top, right, bottom in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int


def unread_spots(grey: Grey, words: Sequence[Word]) -> list[Spot]:
    """Places as high as type with ink and no word, from the top down; none where they are many.

    >>> page = np.full((400, 600), 255, np.uint8)
    >>> page[100:114, 300:306] = 0
    >>> read = [Word("Menge", 20, 20 * i, 90, 20 * i + 20) for i in range(1, 9)]
    >>> [(spot.x0, spot.y0) for spot in unread_spots(page, read)]
    [(300, 100)]
    """
    if len(words) < _FEWEST_WORDS:
        return []
    height = median(word.height for word in words)
    if height < 8:
        return []
    ink = _unread(grey, words, height)
    if not ink.any():
        return []
    # Letters of a word belong together, a dot to its *i*; at half the size, to be quick.
    near = np.ones((max(1, round(0.1 * height)), max(1, round(_WORD_GAP * height / 2))), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(ink, near))
    found = []
    for index in range(1, len(stats)):
        x, y, width, tall, _ = (int(value) for value in stats[index])
        if 2 * tall > (_HIGHEST + 0.3) * height or 2 * width > (_WIDEST + 1) * height:
            continue
        place = np.s_[y : y + tall, x : x + width]
        rows, columns = np.nonzero((labels[place] == index) & (ink[place] > 0))
        left, top = 2 * (x + int(columns.min())), 2 * (y + int(rows.min()))
        right, bottom = 2 * (x + int(columns.max()) + 1), 2 * (y + int(rows.max()) + 1)
        high = _LOWEST * height < bottom - top < _HIGHEST * height
        if high and _NARROWEST * height < right - left < _WIDEST * height:
            found.append(Spot(left, top, right, bottom))
    return sorted(found, key=lambda spot: (spot.y0, spot.x0)) if len(found) <= _MOST else []


def _unread(grey: Grey, words: Sequence[Word], height: float) -> Grey:
    """Where the page, at half its size, has ink that is neither in a word nor a rule."""
    even = grey[: grey.shape[0] // 2 * 2, : grey.shape[1] // 2 * 2]
    darkest = np.minimum(
        np.minimum(even[::2, ::2], even[1::2, ::2]), np.minimum(even[::2, 1::2], even[1::2, 1::2])
    )
    ink = (darkest < _INK).astype(np.uint8)
    for word in words:
        reach = 0.1 * word.height
        rows = slice(max(0, int(word.y0 / 2)), int(word.y1 / 2) + 1)
        ink[rows, max(0, int((word.x0 - reach) / 2)) : int((word.x1 + reach) / 2) + 1] = 0
    long = max(5, round(_RULE * height / 2))
    for size in ((1, long), (long, 1)):
        rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(size, np.uint8))
        if rules.any():
            ink[cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0] = 0
    return ink


def read_unread(picture: Image.Image, words: list[Word], read: Reading) -> list[Word]:
    """The words with those found in unread ink, each behind its neighbour on the left."""
    grey = np.asarray(picture.convert("L"))
    spots = unread_spots(grey, words)
    if not spots:
        return words
    height = median(word.height for word in words)
    found = list(words)
    readings = read([_cut(grey, spot, height) for spot in spots])
    for spot, (text, confidence) in zip(spots, readings, strict=True):
        if confidence < _SURE or not any(map(str.isalnum, text)) or not _fits(spot, text):
            continue
        if len(text) == 1 and not text.isdigit():
            continue
        word = Word(text, spot.x0, spot.y0, spot.x1, spot.y1, round(min(confidence, _MOST_SURE), 3))
        _put(found, word)
    return found


def _fits(spot: Spot, text: str) -> bool:
    """Whether the ink is about as wide as such a text: a logo read as one letter is no letter."""
    wide = (spot.x1 - spot.x0) / (spot.y1 - spot.y0)
    return 0.12 * len(text) < wide < 1.4 * len(text) + 0.4


def _cut(grey: Grey, spot: Spot, height: float) -> NDArray[np.uint8]:
    """The ink on paper of its own, without its neighbours, as dark as other print."""
    cut = grey[max(0, spot.y0 - 1) : spot.y1 + 1, max(0, spot.x0 - 1) : spot.x1 + 1].astype(
        np.float32
    )
    darkest = float(cut.min())
    if darkest > _DARK:
        cut = 255.0 - (255.0 - cut) * (255.0 - _DARK) / max(1.0, 255.0 - darkest)
    whole = np.pad(cut, round(_MARGIN * height), constant_values=255.0)
    return cv2.cvtColor(np.clip(whole, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2RGB).astype(
        np.uint8
    )


def _put(words: list[Word], word: Word) -> None:
    """Insert a word behind the one left of it on its line, as high as that line's type."""
    middle = (word.y0 + word.y1) / 2
    line = [w for w in words if w.y0 < middle < w.y1]
    near = min(line, key=lambda w: max(w.x0 - word.x1, word.x0 - w.x1), default=None)
    if near is not None:
        word = replace(word, y0=near.y0, y1=near.y1)
    else:
        em = (word.y1 - word.y0) / 0.72
        word = replace(word, y0=word.y1 - 0.9 * em, y1=word.y1 + 0.22 * em)
    before = [w for w in line if w.x0 < word.x0]
    if before:
        words.insert(words.index(max(before, key=lambda w: w.x0)) + 1, word)
    elif line:
        words.insert(words.index(min(line, key=lambda w: w.x0)), word)
    else:
        below = next((i for i, w in enumerate(words) if w.y0 > word.y1), len(words))
        words.insert(below, word)
