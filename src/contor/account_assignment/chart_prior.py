"""The chart prior: accounts for a text from nothing but the names in the chart of accounts.

Three voices: likeness of letters between text and account name, the trade lexicon (what "IP
transit" is called in a chart), and a text encoder where there is one. Accounts that supplier
documents are seldom booked to stand back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from contor.account_assignment.lexicon import read_lexicon
from contor.account_assignment.wording import fold, stamp

Floats = NDArray[np.float32]

_LETTERS = 0.45
_LEXICON = 1.0
_ENCODER = 0.8
_UNLIKELY = 0.55
_WIDTH = 1 << 18


class Encoder(Protocol):
    """Texts to unit vectors, one row each."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors (texts, dimensions) of length one."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the chart with the score of a text for it."""

    number: str
    name: str
    score: float


class ChartPrior:
    """Ranks the accounts of a chart for texts; ``encoder`` adds meaning across languages."""

    def __init__(self, chart: Sequence[tuple[str, str]], encoder: Encoder | None = None) -> None:
        self.chart = tuple(chart)
        self.encoder = encoder
        names = [name for _, name in self.chart]
        raw = _letters(names)
        seen = np.asarray((raw > 0).sum(axis=0)).ravel()
        self._rarity = np.log((1.0 + len(names)) / (1.0 + seen)).astype(np.float32) + 0.3
        self._names = _unit(raw.multiply(self._rarity).tocsr())
        self._standing = np.array([_standing(name) for name in names], np.float32)
        lexicon = read_lexicon()
        self._concepts = {concept.name: i for i, concept in enumerate(lexicon.concepts)}
        self._of_concept = (
            np.stack([self._likeness(concept.phrases).max(axis=0) for concept in lexicon.concepts])
            if names
            else np.zeros((len(lexicon.concepts), 0), np.float32)
        )
        self._vectors = encoder.encode(names) if encoder is not None and names else None

    def _likeness(self, texts: Sequence[str]) -> Floats:
        """Cosine of letter groups between texts and account names."""
        rows = _unit(_letters(texts).multiply(self._rarity).tocsr())
        return np.asarray((rows @ self._names.T).todense(), np.float32)

    def scores(self, texts: Sequence[str]) -> Floats:
        """A score for every text and account (texts, accounts)."""
        total = _LETTERS * self._likeness(texts)
        lexicon = read_lexicon()
        for place, text in enumerate(texts):
            found = lexicon.concepts_in(text)
            best = found[0][1] if found else 1.0
            for concept, strength in found[:4]:
                near = self._of_concept[self._concepts[concept.name]]
                total[place] += _LEXICON * (strength / best) ** 2 * min(best, 1.0) * near**2
        if self.encoder is not None and self._vectors is not None:
            total += _ENCODER * np.maximum(self.encoder.encode(texts) @ self._vectors.T, 0.0)
        return np.asarray(total * self._standing[None, :], np.float32)

    def rank(self, texts: Sequence[str], count: int = 5) -> list[list[Account]]:
        """The best accounts of each text, best first."""
        if not self.chart:
            return [[] for _ in texts]
        scores = self.scores(texts)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :count]
        return [
            [
                Account(self.chart[number][0], self.chart[number][1], float(scores[place, number]))
                for number in row
            ]
            for place, row in enumerate(order.tolist())
        ]


def _standing(name: str) -> float:
    """1.0 for an account like any other, less for one suppliers' documents seldom go to."""
    tokens = fold(name).split()
    unlikely = read_lexicon().unlikely
    hit = any(
        token.startswith(word) if len(word) > 4 else token == word
        for token in tokens
        for word in unlikely
    )
    return _UNLIKELY if hit else 1.0


def _letters(texts: Sequence[str]) -> sparse.csr_matrix:
    """Groups of three to five letters within words, and whole words, as counts."""
    indices: list[int] = []
    starts = [0]
    for text in texts:
        parts: set[str] = set()
        for word in fold(text).split()[:60]:
            framed = f" {word} "
            parts.add(framed)
            for size in (3, 4, 5):
                parts.update(framed[i : i + size] for i in range(len(framed) - size + 1))
        indices += sorted(stamp(part) % _WIDTH for part in parts)
        starts.append(len(indices))
    data = np.ones(len(indices), np.float32)
    return sparse.csr_matrix((data, indices, starts), (len(texts), _WIDTH))


def _unit(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.diags(1.0 / np.maximum(length, 1e-9)).dot(rows).tocsr()
