"""The words model: an online softmax regression over hashed words, parts of words and contexts.

It learns line by line in the order of time (Adagrad per feature, so rare words move fast), which
lets old habits fade, and needs one pass. Duchi, Hazan, Singer 2011 (JMLR 12) is the step rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from contor.account_assignment.keys import Ints
from contor.account_assignment.wording import is_telling, stamp, words

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
        marked = [_marked(name, text) for name, text in number]
        rows = [np.array([stamp(mark + word) for mark, word in some], np.int64) for some in marked]
        known: dict[tuple[int, int, int], tuple[str, ...]] = {}
        told = []
        for asked in zip(pair, codes.tolist(), others.tolist(), strict=True):
            if asked not in known:
                place, code, other = asked
                known[asked] = self._telling(marked[place], rows[place], code, other)
            told.append(known[asked])
        return told

    def _telling(
        self, marked: list[tuple[str, str]], stamps: Ints, code: int, other: int
    ) -> tuple[str, ...]:
        if not 0 <= code < self.codes or not marked:
            return ()
        row = stamps & (self.width - 1)
        gain = self.weights_[row, code]
        if 0 <= other < self.codes:
            gain = gain - self.weights_[row, other]
        best = sorted(zip((-gain).tolist(), range(len(row)), strict=True))
        spoken = [marked[i][1] for less, i in best if less < -_TELLING]
        return tuple(word for word in dict.fromkeys(spoken) if is_telling(word))[:3]

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


def _marked(name: str, text: str) -> list[tuple[str, str]]:
    """Words as they stand in the bag, with the mark of where they stood."""
    return [("n", word) for word in words(name)[:12]] + [("t", word) for word in words(text)[:40]]
