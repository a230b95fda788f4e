"""The words model: an online softmax regression over hashed words, parts of words and contexts.

It learns line by line in the order of time (Adagrad per feature, so rare words move fast), which
lets old habits fade, and needs one pass. Duchi, Hazan, Singer 2011 (JMLR 12) is the step rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from contor.account_assignment.keys import Ints
from contor.account_assignment.wording import as_written, is_telling, stamp, words

_BUDGET = 1 << 24  # weights in all: 64 MiB
_BATCH = 256
_TELLING = 0.02


@dataclass
class WordsModel:
    """Fitted state: weights (features, codes) and the squared gradient of each feature."""

    codes: int = 0
    width: int = 1 << 16
    rate: float = 0.5
    weights_: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    bias_: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    squares_: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    met_: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))

    def __post_init__(self) -> None:
        room = _BUDGET // max(self.codes, 1)
        self.width = 1 << int(np.clip(np.log2(max(room, 2)), 10, 17))
        self.weights_ = np.zeros((self.width, self.codes), np.float32)
        self.bias_ = np.zeros(self.codes, np.float32)
        self.squares_ = np.full(self.width, 1e-3, np.float32)
        self.met_ = np.zeros(self.codes, bool)

    def copy(self) -> WordsModel:
        """What it knows now; a later lesson does not reach the copy."""
        twin = copy(self)
        twin.weights_, twin.bias_ = self.weights_.copy(), self.bias_.copy()
        twin.squares_, twin.met_ = self.squares_.copy(), self.met_.copy()
        return twin

    def widen(self, codes: int) -> None:
        """Make room for codes not met before."""
        more = codes - self.codes
        if more > 0:
            self.weights_ = np.hstack([self.weights_, np.zeros((self.width, more), np.float32)])
            self.bias_ = np.r_[self.bias_, np.zeros(more, np.float32)]
            self.met_ = np.r_[self.met_, np.zeros(more, bool)]
            self.codes = codes

    def predict(self, bag: sparse.csr_matrix) -> NDArray[np.float32]:
        """Probabilities (lines, codes)."""
        return self._odds(self.fold(bag))

    def _odds(self, folded: sparse.csr_matrix) -> NDArray[np.float32]:
        """Softmax over the codes met so far; a code never booked is no answer."""
        scores = np.asarray(folded @ self.weights_) + self.bias_
        scores[:, ~self.met_] = -1e9
        scores -= scores.max(axis=1, keepdims=True) if scores.size else 0
        odds = np.exp(scores)
        return np.asarray(odds / np.maximum(odds.sum(axis=1, keepdims=True), 1e-12))

    def fold(self, bag: sparse.csr_matrix) -> sparse.csr_matrix:
        """The bag in as many columns as there are weights; one that is folded already stays."""
        if bag.shape[1] == self.width:
            return bag
        return sparse.csr_matrix(
            (bag.data, bag.indices & (self.width - 1), bag.indptr), (bag.shape[0], self.width)
        )

    def spoken_for(
        self, names: Sequence[str], texts: Sequence[str], codes: Ints, others: Ints
    ) -> list[tuple[str, ...]]:
        """The words of each line that speak most for its code and against the other, at most three.

        Without an other (-1) what speaks for the code alone counts.
        """
        number: dict[tuple[str, str], int] = {}
        pair = [number.setdefault(both, len(number)) for both in zip(names, texts, strict=True)]
        if not pair:
            return []
        apart = [_taken_apart(name, text) for name, text in number]
        asked = list(zip(pair, codes.tolist(), others.tolist(), strict=True))
        known = dict.fromkeys(asked)
        places, firsts, seconds = (np.array(part, np.int64) for part in zip(*known, strict=True))
        some = [apart[place] for place in places.tolist()]
        gains = self._gains([stamps for _, stamps in some], firsts, seconds)
        best = map(_telling, (spoken for spoken, _ in some), gains)
        both = list(number)
        told = {
            one: as_written(folded, *both[one[0]]) for one, folded in zip(known, best, strict=True)
        }
        return [told[one] for one in asked]

    def _gains(self, stamps: list[Ints], codes: Ints, others: Ints) -> Iterator[list[float]]:
        """What each word adds to a code and not to the other; nothing to a code without weights."""
        lengths = [len(one) for one in stamps]
        row = np.concatenate(stamps) & (self.width - 1)
        gain = np.zeros(len(row), np.float32)
        for sign, code in ((1, np.repeat(codes, lengths)), (-1, np.repeat(others, lengths))):
            met = np.flatnonzero((code >= 0) & (code < self.codes))
            gain[met] += sign * self.weights_[row[met], code[met]]
        gain[np.repeat((codes < 0) | (codes >= self.codes), lengths)] = 0.0
        begin, figures = 0, gain.tolist()
        for length in lengths:
            yield figures[begin : begin + length]
            begin += length

    def learn(self, bag: sparse.csr_matrix, codes: Ints) -> None:
        """One pass over the lines in their order; lines without a code are passed over."""
        coded = np.flatnonzero(codes >= 0)
        folded = self.fold(bag)
        for begin in range(0, len(coded), _BATCH):
            rows = coded[begin : begin + _BATCH]
            part = folded if len(rows) == len(codes) else folded[rows]
            self.met_[codes[rows]] = True
            error = self._odds(part)
            error[np.arange(len(rows)), codes[rows]] -= 1.0
            touched, place = np.unique(part.indices, return_inverse=True)
            narrow = sparse.csr_matrix((part.data, place, part.indptr), (len(rows), len(touched)))
            step = np.asarray(narrow.T @ error)
            self.squares_[touched] += np.square(step).sum(axis=1)
            scale = self.rate / np.sqrt(self.squares_[touched])
            self.weights_[touched] -= scale[:, None] * step
            self.bias_ -= 0.02 * error.mean(axis=0)


def _telling(spoken: Sequence[str], gains: Sequence[float]) -> tuple[str, ...]:
    """The telling words with the highest gains, at most three."""
    best = sorted((-gain, place) for place, gain in enumerate(gains) if gain > _TELLING)
    found = dict.fromkeys(spoken[place] for _, place in best)
    return tuple(word for word in found if is_telling(word))[:3]


@lru_cache(maxsize=1 << 14)
def _taken_apart(name: str, text: str) -> tuple[tuple[str, ...], Ints]:
    """The words of a name and a text, and their numbers in the bag; not to be changed."""
    marked = [("n", word) for word in words(name)[:12]] + [("t", word) for word in words(text)[:40]]
    stamps = np.array([stamp(mark + word) for mark, word in marked], np.int64)
    return tuple(word for _, word in marked), stamps
