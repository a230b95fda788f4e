"""The chart prior: accounts for a text from nothing but the names in the chart of accounts.

Three voices: what the trade calls such a purchase in a chart (by the trained sense of the trade,
else by the words of the lexicon), likeness of letters between text and account name, and a text
encoder where there is one. Accounts that supplier documents are seldom booked to stand back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from contor.account_assignment.lexicon import Concept, read_lexicon
from contor.account_assignment.trade_sense import TradeSense
from contor.account_assignment.wording import fold, stamp

Floats = NDArray[np.float32]

_LETTERS, _ENCODER = 0.45, 0.8
_LETTERS_AFTER_SENSE, _ENCODER_AFTER_SENSE = 0.3, 0.1
_LEXICON = 1.0
_UNLIKELY = 0.55
_TIERS = (1.0, 0.75, 0.6, 0.5, 0.4)
_NAMED = 0.5
"""From this likeness on a name in the chart is taken for the account that the lexicon means."""
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
    """Ranks the accounts of a chart for texts.

    ``sense`` knows the trade's wording, ``encoder`` adds meaning across languages.
    """

    def __init__(
        self,
        chart: Sequence[tuple[str, str]],
        encoder: Encoder | None = None,
        sense: TradeSense | None = None,
    ) -> None:
        self.chart = tuple(chart)
        self.encoder = encoder
        self.sense = sense
        names = [name for _, name in self.chart]
        raw = _letters(names)
        seen = np.asarray((raw > 0).sum(axis=0)).ravel()
        self._rarity = np.log((1.0 + len(names)) / (1.0 + seen)).astype(np.float32) + 0.3
        self._names = _unit(raw.multiply(self._rarity).tocsr())
        self._standing = np.array([_standing(name) for name in names], np.float32)
        concepts = read_lexicon().concepts
        self._concepts = {concept.name: i for i, concept in enumerate(concepts)}
        self._of_concept = np.stack([self._meant(concept) for concept in concepts])
        self._vectors = encoder.encode(names) if encoder is not None and names else None

    def _likeness(self, texts: Sequence[str]) -> Floats:
        """Cosine of letter groups between texts and account names."""
        rows = _unit(_letters(texts).multiply(self._rarity).tocsr())
        return np.asarray((rows @ self._names.T).todense(), np.float32)

    def _meant(self, concept: Concept) -> Floats:
        """How much each account is meant by a concept (accounts,), 1 for the most usual one."""
        meant = np.zeros(len(self.chart), np.float32)
        for weight, tier in zip(_TIERS, concept.tiers if self.chart else (), strict=False):
            near = self._likeness(tier).max(axis=0) * self._standing
            near /= max(float(near.max()), _NAMED)
            meant = np.maximum(meant, weight * near**3)
        return meant

    def scores(self, texts: Sequence[str]) -> Floats:
        """A score for every text and account (texts, accounts)."""
        sensed = self.sense is not None
        total = (_LETTERS_AFTER_SENSE if sensed else _LETTERS) * self._likeness(texts)
        if self.encoder is not None and self._vectors is not None:
            weight = _ENCODER_AFTER_SENSE if sensed else _ENCODER
            total += weight * np.maximum(self.encoder.encode(texts) @ self._vectors.T, 0.0)
        total *= self._standing[None, :]
        total += self._spoken_of(texts) @ self._of_concept
        return np.asarray(total, np.float32)

    def _spoken_of(self, texts: Sequence[str]) -> Floats:
        """How much each text speaks of each concept (texts, concepts)."""
        spoken = np.zeros((len(texts), len(self._concepts)), np.float32)
        if self.sense is not None:
            shares = self.sense.of(texts)
            for column, name in enumerate(self.sense.concepts):
                if name in self._concepts:
                    spoken[:, self._concepts[name]] = shares[:, column]
            return spoken
        for place, text in enumerate(texts):
            found = read_lexicon().concepts_in(text)
            best = found[0][1] if found else 1.0
            for concept, strength in found[:4]:
                share = _LEXICON * (strength / best) ** 2 * min(best, 1.0)
                spoken[place, self._concepts[concept.name]] = share
        return spoken

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
