"""The second look: candidates weighed again beside the lines they came with and the other target.

The ranker judges every line and target for itself. Once all of them have their odds, a line's
candidates are weighed again by what its neighbours and its other target are likely to be coded to.
How much of that counts is measured on days it has not learnt from; where it does not help, nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.choice import RANKS, Choices, choose
from contor.account_assignment.evidence import Floats, Rows
from contor.account_assignment.keys import Ints
from contor.account_assignment.lesson import taught
from contor.account_assignment.ranker import Ranker, choice
from contor.account_assignment.walk import Batch

_FEWEST = 1_000
"""Lines below which nothing is learnt."""
_PARTS = 3
_LEANS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LEAST = 1e-6


def _untaught() -> Ranker:
    return Ranker(rounds=66, leaves=15, ridge=20.0, few=1_000_000, floor=1e-4)


@dataclass
class SecondLook:
    """Fitted state: a ranker over candidates that were ranked before."""

    ranker: Ranker = field(default_factory=_untaught)

    def choose(self, rows: Rows, first: Choices) -> Choices:
        """The best three of each line's first choices, with signs of what came with them."""
        return _chosen(rows, first, self.ranker.predict(rows))

    def fit(self, batch: Batch, codes: Ints, days: Ints, first: Choices) -> Choices:
        """Learn from lines and the codes of the whole history; ``days`` are those of the lines.

        Returns the choices of second looks that had not seen each line's stretch of days.
        """
        odds = batch.rows.prior
        parts = _stretches(days)
        if len(days) >= _FEWEST and len(parts) > 1:
            add = np.zeros(len(batch.rows.line))
            for begin, stop in parts:
                unseen = np.zeros(len(days), bool)
                unseen[begin:stop] = True
                one = taught(_untaught(), [batch.where(~unseen)], codes)
                rows = unseen[batch.rows.line]
                add[rows] = one.utility(batch.where(unseen).rows)
            self.ranker = taught(_untaught(), [batch], codes)
            odds = self._lean(batch, codes, add)
        else:
            self.ranker = _untaught()
        return _chosen(batch.rows, first, odds)

    def _lean(self, batch: Batch, codes: Ints, add: NDArray[np.float64]) -> Floats:
        """Choose how much counts by the likelihood of what was coded; the odds by that."""
        rows = batch.rows
        right = rows.code == codes[batch.positions][rows.line]
        start = np.log(rows.prior.astype(np.float64) + self.ranker.floor)
        tried = {lean: choice(rows.line, start + lean * add) for lean in _LEANS}
        likely = {
            lean: float(np.log(np.maximum(odds[right], _LEAST)).sum())
            for lean, odds in tried.items()
        }
        self.ranker.lean = max(likely, key=likely.__getitem__)
        return tried[self.ranker.lean].astype(np.float32)


def _stretches(days: Ints) -> list[tuple[int, int]]:
    """The lines in about equal stretches of whole days (days in the order of time)."""
    places = [len(days) * part // _PARTS for part in range(1, _PARTS)]
    inner: list[int] = np.searchsorted(days, days[places]).tolist() if len(days) else []
    edges = sorted({0, *inner, len(days)})
    return list(pairwise(edges))


def _chosen(rows: Rows, first: Choices, odds: Floats) -> Choices:
    """Three choices a line; candidates that were not weighed again keep their share of the odds."""
    weighed = first.odds.sum(axis=1)
    found = choose(rows, odds * weighed[rows.line], len(first), RANKS)
    moved = found.codes[:, 0] != first.codes[:, 0]
    return Choices(found.codes, found.odds, first.signs, moved).beside(found.signs)
