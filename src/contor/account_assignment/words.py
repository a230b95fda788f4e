"""The words model: an online softmax regression over hashed words, parts of words and contexts.

It learns line by line in the order of time (Adagrad per feature, so rare words move fast), which
lets old habits fade, and needs one pass. Duchi, Hazan, Singer 2011 (JMLR 12) is the step rule.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from contor.account_assignment.keys import Ints, mix
from contor.account_assignment.lines import Lines
from contor.account_assignment.wording import stamp, words

_BUDGET = 1 << 24  # weights in all: 64 MiB
_BATCH = 256
_TELLING = 0.02


def bag_of(lines: Lines, keys: NDArray[np.int64]) -> sparse.csr_matrix:
    """Hashed features of each line: a CSR matrix with 2**24 columns and unit rows."""
    cache: dict[tuple[str, str], Ints] = {}
    ragged = []
    names = lines.facts.get("supplier") or ("",) * len(lines)
    texts = lines.facts.get("description") or ("",) * len(lines)
    for name, text in zip(names, texts, strict=True):
        pair = (name, text)
        if pair not in cache:
            cache[pair] = _parts(name, text)
        ragged.append(cache[pair])
    extra = mix(keys[:, (0, 3, 5, 13, 15, 16, 19, 20)], np.arange(1, 9)[None, :])
    size = np.fromiter((len(parts) for parts in ragged), np.int64, len(ragged))
    known = extra != 0
    counts = size + known.sum(axis=1)
    start = np.r_[0, np.cumsum(counts)]
    indices = np.empty(start[-1], np.int64)
    data = np.empty(start[-1], np.float32)
    for i, parts in enumerate(ragged):
        context = extra[i][known[i]]
        a, b, c = start[i], start[i] + len(parts), start[i + 1]
        indices[a:b] = parts
        indices[b:c] = context
        data[a:b] = 1.0 / np.sqrt(max(len(parts), 1))
        data[b:c] = 0.6 / np.sqrt(max(len(context), 1))
    return sparse.csr_matrix((data, indices & 0xFFFFFF, start), (len(lines), 1 << 24))


def _parts(name: str, text: str) -> Ints:
    """Numbers of the words, word pairs and word pieces of a name and a text."""
    found: set[str] = set()
    for mark, spoken in (("n", words(name)[:12]), ("t", words(text)[:40])):
        found.update(f"{mark}{word}" for word in spoken)
        found.update(f"{mark}{a} {b}" for a, b in itertools.pairwise(spoken))
        for word in spoken:
            framed = f" {word} "
            found.update(framed[i : i + 4] for i in range(max(len(framed) - 3, 0)))
    return np.fromiter((stamp(part) for part in sorted(found)), np.int64, len(found))


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
        return self._odds(self._fold(bag))

    def _odds(self, folded: sparse.csr_matrix) -> NDArray[np.float32]:
        """Softmax over the codes met so far; a code never booked is no answer."""
        scores = np.asarray(folded @ self.weights_) + self.bias_
        scores[:, ~self.met_] = -1e9
        scores -= scores.max(axis=1, keepdims=True) if scores.size else 0
        odds = np.exp(scores)
        return np.asarray(odds / np.maximum(odds.sum(axis=1, keepdims=True), 1e-12))

    def _fold(self, bag: sparse.csr_matrix) -> sparse.csr_matrix:
        return sparse.csr_matrix(
            (bag.data, bag.indices & (self.width - 1), bag.indptr), (bag.shape[0], self.width)
        )

    def spoken_for(self, name: str, text: str, code: int, other: int) -> tuple[str, ...]:
        """The words of a line that speak most for ``code`` and against ``other``, at most three.

        Without an ``other`` (-1) what speaks for the code alone counts.
        """
        if not 0 <= code < self.codes:
            return ()
        marked = [("n", word) for word in words(name)[:12]]
        marked += [("t", word) for word in words(text)[:40]]
        if not marked:
            return ()
        rows = np.array([stamp(mark + word) & (self.width - 1) for mark, word in marked])
        gain = self.weights_[rows, code]
        if 0 <= other < self.codes:
            gain = gain - self.weights_[rows, other]
        order = np.argsort(-gain, kind="stable").tolist()
        told = [marked[place][1] for place in order if gain[place] > _TELLING]
        return tuple(word for word in dict.fromkeys(told) if word != "#")[:3]

    def learn(self, bag: sparse.csr_matrix, codes: Ints) -> None:
        """One pass over the lines in their order; lines without a code are passed over."""
        coded = np.flatnonzero(codes >= 0)
        folded = self._fold(bag)
        for begin in range(0, len(coded), _BATCH):
            rows = coded[begin : begin + _BATCH]
            part = folded[rows]
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
