"""The ranker: gradient-boosted trees that choose among a line's candidates.

A conditional logit (McFadden 1974) with boosted trees as its utility: the loss is the softmax over
the candidates of one line, so scores are probabilities of a choice, not of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.boosting import lightgbm
from contor.account_assignment.evidence import Floats, Rows
from contor.account_assignment.keys import Ints

_SETTINGS: dict[str, Any] = {
    "min_data_in_leaf": 30,
    "min_sum_hessian_in_leaf": 1.0,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "max_bin": 63,
    "bin_construct_sample_cnt": 20_000,
    "enable_bundle": False,
    "num_threads": 1,
    "seed": 7,
    "deterministic": True,
    "force_col_wise": True,
    "verbose": -1,
}

_FLOOR = 0.02
_EASY, _HARD, _DRAW = 0.3, 2.0, 11
_PLENTY = 14_000
"""Lines that are worth their time in any case: nothing of a small ledger is left out."""


def choice(line: Ints, score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Softmax of the scores within each line (rows sorted by line)."""
    return _within(_spans(line), score)


_Spans = tuple[Ints, Ints]


def _spans(line: Ints) -> _Spans:
    """Where the rows of each line begin, and how many they are."""
    starts = np.flatnonzero(np.r_[True, line[1:] != line[:-1]]) if len(line) else line[:0]
    return starts, np.diff(np.r_[starts, len(line)])


def _within(spans: _Spans, score: NDArray[np.float64]) -> NDArray[np.float64]:
    starts, sizes = spans
    if not len(starts):
        return score
    odds = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), sizes))
    return np.asarray(odds / np.repeat(np.add.reduceat(odds, starts), sizes))


def weigh(line: Ints, prior: Floats, right: NDArray[np.bool_]) -> NDArray[np.float64]:
    """What each row counts when learning: a share of the easy lines stands for all of them.

    A line is easy where its right code stands out beforehand: it teaches little and costs as much as
    any other. Kept ones count for those left out (0), so that nothing is learnt askew (importance
    sampling; each line has one right row). Where lines are few all are kept; a line without an
    alternative teaches nothing at all.
    """
    chance = choice(line, np.log(prior.astype(np.float64) + _FLOOR))
    doubt = 1.0 - chance[right]
    share = np.where(doubt > 0.0, _EASY + _HARD * np.square(doubt), 0.0)
    share = np.minimum(share * max(1.0, _PLENTY / max(share.sum(), 1.0)), 1.0)
    drawn = np.random.default_rng(_DRAW).random(len(share)) < share
    place = np.cumsum(np.r_[True, line[1:] != line[:-1]]) - 1
    return np.asarray((drawn / np.maximum(share, _EASY))[place])


@dataclass
class Ranker:
    """Conditional logit of boosted trees, on top of what each row had beforehand.

    ``rounds``, ``leaves`` and ``ridge`` size the trees; fewer than ``few`` rows are learnt in fewer,
    longer steps. ``floor`` is what the least likely row has beforehand, ``lean`` says how much of
    what the trees say counts.
    """

    rounds: int = 120
    leaves: int = 31
    ridge: float = 2.0
    few: int = 60_000
    floor: float = _FLOOR
    lean: float = 1.0
    booster_: Any = None

    def fit(
        self, rows: Rows, right: NDArray[np.bool_], weight: NDArray[np.float64] | None = None
    ) -> Ranker:
        """Learn from rows whose lines have their right code among the candidates."""
        start = self._start(rows)
        counts = 1.0 if weight is None else weight
        if len(rows.line) < 2 * _SETTINGS["min_data_in_leaf"]:  # too few for a single split
            return self
        spans, truth = _spans(rows.line), right.astype(np.float64)

        def gradient(score: NDArray[np.float64], _: Any) -> tuple[Any, Any]:
            chance = _within(spans, score)
            bend = np.maximum(chance * (1.0 - chance), 1e-6)
            return counts * (chance - truth), counts * bend

        data = lightgbm.Dataset(rows.features, label=truth, init_score=start)
        quick = len(rows.line) < self.few
        settings = {
            **_SETTINGS,
            "objective": gradient,
            "learning_rate": 0.15 if quick else 0.1,
            "num_leaves": self.leaves,
            "lambda_l2": self.ridge,
        }
        self.booster_ = lightgbm.train(
            settings, data, self.rounds * 6 // 10 if quick else self.rounds
        )
        return self

    def predict(self, rows: Rows) -> Floats:
        """The probability of each row's code within its line."""
        return choice(rows.line, self._start(rows) + self.lean * self.utility(rows)).astype(
            np.float32
        )

    def utility(self, rows: Rows) -> NDArray[np.float64]:
        """What the trees add to each row; nothing before any were learnt, or where none of it counts."""
        if self.booster_ is None or not self.lean:
            return np.zeros(len(rows.line))
        return np.asarray(self.booster_.predict(rows.features, num_threads=1))

    def _start(self, rows: Rows) -> NDArray[np.float64]:
        return np.log(rows.prior.astype(np.float64) + self.floor)
