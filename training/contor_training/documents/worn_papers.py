"""Receipts as a worn printer or a bad scan gives them: letters of the head are misread.

A model that only saw good scans would trust what is printed more than what it remembers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from contor.documents.page import Page, Word
from contor_training.documents.prepared import Prepared, prepare
from contor_training.documents.text_fit import first_of

_LOOKALIKES = {
    "A": "4R", "B": "8E", "C": "GO", "D": "OB", "E": "FB", "G": "C6", "H": "MN", "I": "1LT",
    "J": "I", "K": "X", "L": "I1", "M": "NH", "N": "MH", "O": "0CD", "P": "F", "R": "PK",
    "S": "5", "T": "I7", "U": "VO", "V": "YU", "W": "VV", "Y": "VT", "Z": "2",
}  # fmt: skip
_HEAD = 0.3
"""Share of the height that is the head of a receipt."""
_SHARE = 0.04
_EVERY = 8


def worn_papers(prepared: Sequence[Prepared]) -> list[tuple[int, Prepared]]:
    """Worn copies of some receipts (one in eight) of sellers met more than once, with their places."""
    names = Counter(first_of(p.example.accepted, "seller_name") for p in prepared)
    drawn = np.random.RandomState(7)
    found = []
    for place, p in enumerate(prepared):
        known = names[first_of(p.example.accepted, "seller_name")] > 1
        if known and drawn.randint(_EVERY) == 0:
            pages = tuple(worn_page(page, place) for page in p.example.pages)
            found.append((place, prepare(replace(p.example, pages=pages))))
    return found


def worn_page(page: Page, seed: int) -> Page:
    """The page with some letters of its head misread; figures stay, they tell one seller from another."""
    drawn = np.random.RandomState(seed)
    words = tuple(
        _worn(word, drawn) if word.y0 < _HEAD * page.height else word for word in page.words
    )
    return replace(page, words=words)


def _worn(word: Word, drawn: np.random.RandomState) -> Word:
    signs = []
    for sign in word.text:
        others = _LOOKALIKES.get(sign)
        if others and drawn.rand() < _SHARE:
            signs.append(others[drawn.randint(len(others))])
        else:
            signs.append(sign)
    return replace(word, text="".join(signs))
