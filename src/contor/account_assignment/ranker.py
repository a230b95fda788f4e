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
    "num_leaves": 31,
    "min_data_in_leaf": 30,
    "min_sum_hessian_in_leaf": 1.0,
    "lambda_l2": 2.0,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "max_bin": 63,
    "num_threads": 1,
    "seed": 7,
    "deterministic": True,
    "force_col_wise": True,
    "verbose": -1,
}


_FEW_ROWS = 90_000
"""Fewer rows than this are learnt in fewer, longer steps."""


def choice(line: Ints, score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Softmax of the scores within each line (rows sorted by line)."""
    if not len(line):
        return score
    starts = np.flatnonzero(np.r_[True, line[1:] != line[:-1]])
    sizes = np.diff(np.r_[starts, len(line)])
    odds = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), sizes))
    return np.asarray(odds / np.repeat(np.add.reduceat(odds, starts), sizes))


@dataclass
class Ranker:
    """Fitted state: the trees as text, so that it can be stored and read by any process."""

    rounds: int = 120
    booster_: Any = None

    def fit(self, rows: Rows, right: NDArray[np.bool_]) -> Ranker:
        """Learn from rows whose lines have their right code among the candidates."""
        start = np.log(rows.prior.astype(np.float64) + 0.02)
        line, truth = rows.line, right.astype(np.float64)

        def gradient(score: NDArray[np.float64], _: Any) -> tuple[Any, Any]:
            chance = choice(line, score)
            return chance - truth, np.maximum(chance * (1.0 - chance), 1e-6)

        data = lightgbm.Dataset(rows.features, label=truth, init_score=start, free_raw_data=True)
        quick = len(rows.line) < _FEW_ROWS
        settings = {**_SETTINGS, "objective": gradient, "learning_rate": 0.15 if quick else 0.1}
        self.booster_ = lightgbm.train(
            settings, data, self.rounds * 6 // 10 if quick else self.rounds
        )
        return self

    def predict(self, rows: Rows) -> Floats:
        """The probability of each row's code within its line."""
        start = np.log(rows.prior.astype(np.float64) + 0.02)
        if self.booster_ is not None:
            start = start + self.booster_.predict(rows.features, num_threads=1)
        return choice(rows.line, start).astype(np.float32)
