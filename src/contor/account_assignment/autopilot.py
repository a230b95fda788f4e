"""The autopilot's promise: of what goes through alone, at most a stated share is wrong.

Computed from decisions already made. A bar is the lowest score above which two things hold, as they
do for every bar that lets a quarter less through (one alone may be luck):

1. *Bound.* The exact upper bound for the error (Clopper and Pearson 1934, one-sided, 95 %) keeps
   the promise. Errors come in swarms (one recoded supplier, twenty lines on one day), so decisions
   are counted for as much as they are independent (design effect, Kish 1965).
2. *Shock.* What counts is not the past but the next stretch: with one more swarm, wrong as a whole,
   and habits that change the promise would still be kept. Such a swarm is six times as large as the
   one the average decision stands in, twenty lines at most; habits may cost 30 % of the promise; the
   two have nothing to do with one another, so their room is the root of their squares.

Where too few decisions prove it, nothing goes through alone.

>>> round(error_bound(0, 299), 4), round(error_bound(3, 773), 4)
(0.01, 0.01)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from contor.account_assignment.keys import places_within

Floats = NDArray[np.float64]

LEVEL = 0.95
NEVER = 2.0
"""A bar no score reaches."""
_STEP = 1.01
"""Bars tried one after another let through so many times as many decisions."""
_SWARM = 1.5
"""Wrong decisions imagined in one swarm while few are known."""
_DAMPING = 0.6
"""Swarms seen once count for less than all of themselves: days far apart are independent."""
_HABITS = 0.3
"""How much of a promise habits that change may use up."""
_SHOCK = 6.0
_WORST = 20.0
"""A swarm this large is not expected to be wrong as a whole."""
_STEADY = 1.3
"""Bars that let through up to so many times less have to hold, too."""


def swarms(supplier: NDArray[np.int64], days: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each supplier and day: what stands or falls together."""
    return np.asarray(days * 1_000_003 + supplier)


def error_bound(wrong: float, total: float, level: float = LEVEL) -> float:
    """The error rate that ``wrong`` of ``total`` rule out at ``level``."""
    return float(_bounds(np.array([wrong], float), np.array([total], float), level)[0])


def _bounds(wrong: Floats, total: Floats, level: float = LEVEL) -> Floats:
    some = wrong < total
    right = np.where(some, total - wrong, 1.0)
    return np.where(some, betaincinv(wrong + 1.0, right, level), 1.0)


def bars(
    score: NDArray[np.floating],
    right: NDArray[np.bool_],
    promises: Sequence[float],
    swarm: NDArray[np.int64] | None = None,
) -> list[float]:
    """For each promise the lowest score that may go through alone, from past decisions.

    ``swarm`` numbers decisions that stand or fall together (same supplier and day); without it
    each stands for itself.
    """
    needed = [int(np.ceil(np.log(1 - LEVEL) / np.log1p(-promise))) for promise in promises]
    if len(score) < min(needed):
        return [NEVER] * len(promises)
    past = _Past.of(score, right, swarm, min(needed))
    return [past.lowest(*one) for one in zip(promises, needed, strict=True)]


def bar(
    score: NDArray[np.floating],
    right: NDArray[np.bool_],
    promise: float,
    swarm: NDArray[np.int64] | None = None,
) -> float:
    """The lowest score that may go through alone under one promise."""
    return bars(score, right, (promise,), swarm)[0]


@dataclass(frozen=True, slots=True)
class _Past:
    """Ever lower scores: how many decisions reach each and how many of them were wrong.

    ``flown`` and ``missed`` are the sums of squares of these by swarm.
    """

    score: Floats
    count: Floats
    errors: Floats
    flown: Floats
    missed: Floats

    @classmethod
    def of(
        cls,
        score: NDArray[np.floating],
        right: NDArray[np.bool_],
        swarm: NDArray[np.int64] | None,
        least: int,
    ) -> _Past:
        """Count at scores that ``least`` decisions and ever more of them reach."""
        order = np.argsort(-score, kind="stable")
        ordered, wrong = score[order], ~right[order]
        group = np.arange(len(order)) if swarm is None else swarm[order]
        steps = int(np.log(len(order) / least) / np.log(_STEP)) + 1
        sizes = np.ceil(least * _STEP ** np.arange(steps)).astype(np.int64)
        sizes = sizes[sizes <= len(order)]
        count = np.unique(np.searchsorted(-ordered, -ordered[sizes - 1], side="right"))
        flown = np.cumsum(2 * places_within(group) + 1)
        missed = np.zeros(len(order), np.int64)
        missed[wrong] = np.cumsum(2 * places_within(group[wrong]) + 1)
        missed = np.maximum.accumulate(missed)
        columns = (ordered, np.arange(1, len(order) + 1), np.cumsum(wrong), flown, missed)
        return cls(*(np.asarray(column[count - 1], np.float64) for column in columns))

    def lowest(self, promise: float, needed: int) -> float:
        """The lowest score at which the past proves the promise."""
        shock = np.minimum(_SHOCK * self.flown / self.count, _WORST)
        room = np.hypot(shock, _HABITS * promise * self.count)
        withstands = self.errors + room <= promise * self.count
        effect = np.maximum((self.missed + _SWARM**2) / (self.errors + _SWARM), 1.0) ** _DAMPING
        bound = _bounds(self.errors / effect, self.count / effect)
        failed = np.cumsum((self.count < needed) | ~withstands | (bound > promise))
        before = np.searchsorted(self.count, self.count / _STEADY, side="right")
        held = np.flatnonzero(failed == np.r_[0, failed][before])
        return float(self.score[held[-1]]) if len(held) else NEVER
