"""A second recogniser (RapidOCR, PP-OCR models in its wheel) for figures Tesseract doubts.

Only the doubtful figures are cut out and read again, all of a page together and without
detection: some milliseconds each. Where both agree the figure is sure; where they differ, the surer
one is taken and stays doubtful.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from contor.adapters.rapid_engine import rapid_engine
from contor.adapters.unread_ink import read_unread
from contor.documents.page import Word

_DOUBTFUL = 0.80
_MOST_PER_PAGE = 40
_MARGIN = 0.15
_FIGURE = re.compile(r"\d")


@dataclass
class SecondOpinion:
    """Asked only for doubtful figures (see ``contor.adapters.tesseract.Checker``)."""

    doubtful: float = _DOUBTFUL
    most: int = _MOST_PER_PAGE

    def __call__(self, picture: Image.Image, words: list[Word]) -> list[Word]:
        """The words, doubtful figures reconciled (the least sure first), with ink that was not read."""
        return read_unread(picture, self._reconciled(picture, words), _read)

    def _reconciled(self, picture: Image.Image, words: list[Word]) -> list[Word]:
        doubtful = [i for i, word in enumerate(words) if self._is_doubtful(word)]
        chosen = sorted(doubtful, key=lambda i: (words[i].confidence, i))[: self.most]
        if not chosen:
            return words
        reconciled = list(words)
        readings = _read([_cut(picture, words[index]) for index in chosen])
        for index, (text, confidence) in zip(chosen, readings, strict=True):
            reconciled[index] = reconcile(words[index], text, confidence)
        return reconciled

    def _is_doubtful(self, word: Word) -> bool:
        return word.confidence < self.doubtful and bool(_FIGURE.search(word.text))


def _read(crops: list[NDArray[np.uint8]]) -> list[tuple[str, float]]:
    """Texts with their confidence, in the order of the crops."""
    from rapidocr.ch_ppocr_rec import TextRecInput

    found = rapid_engine().text_rec(TextRecInput(img=crops))
    return [
        (str(text).strip(), float(score))
        for text, score in zip(found.txts, found.scores, strict=True)
    ]


def _cut(picture: Image.Image, word: Word) -> NDArray[np.uint8]:
    """The word with a little paper left and right; its box is as high as its line already."""
    margin = _MARGIN * word.height
    left, right = max(0, int(word.x0 - margin)), min(picture.width, int(word.x1 + margin) + 1)
    top, bottom = max(0, int(word.y0)), min(picture.height, int(word.y1) + 1)
    crop = picture.crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    return np.asarray(crop.convert("RGB"))


def reconcile(word: Word, text: str, confidence: float) -> Word:
    """One word from two readings.

    >>> reconcile(Word("1OO,00", 0, 0, 9, 9, 0.4), "100,00", 0.98).text
    '100,00'
    >>> reconcile(Word("19,00", 0, 0, 9, 9, 0.7), "19,00", 0.9).confidence
    0.97
    """
    if not text:
        return word
    if text == word.text:
        sure = 1 - (1 - word.confidence) * (1 - confidence)
        return Word(word.text, *word.box, round(sure, 3))
    if confidence < 0.85 or not _FIGURE.search(text) or abs(len(text) - len(word.text)) > 2:
        return word
    return Word(text, *word.box, round(min(confidence, 0.9), 3))
