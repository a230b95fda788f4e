"""The judge: how likely a first choice is right, learnt from choices that were judged before.

It sees what the ranker saw of the chosen code, the odds, and the track record: how choices for
this supplier, this code and this range of documents fared lately. Errors come in swarms (a
supplier is recoded, a unit renamed), and a track record notices the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.boosting import lightgbm
from contor.account_assignment.choice import Choices
from contor.account_assignment.keys import Ints

Floats = NDArray[np.float32]

_SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.3,
    "lambda_l2": 20.0,
    "max_bin": 63,
    "bin_construct_sample_cnt": 5_000,
    "enable_bundle": False,
    "num_threads": 1,
    "seed": 3,
    "deterministic": True,
    "force_col_wise": True,
    "verbose": -1,
}
_ROUNDS = 80
_FADE = 0.85
GROUPS = 3
"""A track record is kept by supplier, by chosen code and by range of document numbers."""


@dataclass
class TrackRecord:
    """By group: how many choices were judged, the faded share of wrong ones, the last verdict."""

    known: dict[int, tuple[int, float, int]] = field(default_factory=dict)

    def signs(self, groups: Ints) -> Floats:
        """Nine columns for groups (n, 3): count, faded error, since how many choices right."""
        table = np.empty((len(groups), GROUPS * 3), np.float32)
        for i, row in enumerate(groups.tolist()):
            for place, group in enumerate(row):
                count, error, run = self.known.get(group, (0, 0.3, 0))
                table[i, 3 * place : 3 * place + 3] = (count, error, run)
        return np.asarray(np.log1p(table), np.float32)

    def note(self, groups: Ints, right: NDArray[np.bool_]) -> None:
        """Take verdicts in, in their order."""
        for row, good in zip(groups.tolist(), right.tolist(), strict=True):
            for group in row:
                count, error, run = self.known.get(group, (0, 0.3, 0))
                error = _FADE * error + (0.0 if good else 1.0 - _FADE)
                self.known[group] = (count + 1, error, run + 1 if good else 0)


def groups_of(keys: Ints, choices: Choices) -> Ints:
    """The groups of each choice: supplier, chosen code, range of the document number."""
    chosen = choices.codes[:, 0] + 2
    return np.stack([keys[:, 0] * 4 + 1, chosen * 4 + 2, keys[:, 15] * 4 + 3], axis=1)


def table_of(choices: Choices, record: Floats) -> Floats:
    """What the judge looks at: one row a choice."""
    margin = choices.odds[:, :1] - choices.odds[:, 1:2]
    return np.concatenate([choices.odds, margin, record, choices.signs], axis=1)


@dataclass
class Judge:
    """Boosted trees on top of the odds; unfitted it passes the odds on."""

    booster_: Any = None

    def fit(self, table: Floats, right: NDArray[np.bool_]) -> Judge:
        """Learn from judged choices; all right or all wrong teaches nothing."""
        if right.all() or not right.any():
            return self
        data = lightgbm.Dataset(table, label=right, init_score=_logit(table[:, 0]))
        self.booster_ = lightgbm.train(_SETTINGS, data, _ROUNDS)
        return self

    def score(self, table: Floats) -> NDArray[np.float64]:
        """A number that rises with the chance of being right."""
        start = _logit(table[:, 0])
        if self.booster_ is not None and len(table):
            start = start + self.booster_.predict(table, raw_score=True, num_threads=1)
        return np.asarray(1.0 / (1.0 + np.exp(-start)))


def _logit(odds: Floats) -> NDArray[np.float64]:
    safe = np.clip(odds.astype(np.float64), 1e-4, 1 - 1e-4)
    return np.asarray(np.log(safe / (1 - safe)))
