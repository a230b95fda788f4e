"""The autopilot's promise: of what goes through alone, at most a stated share is wrong.

Computed from decisions already made. A bar is the lowest score above which two things hold:

1. *Bound.* The exact upper bound for the error (Clopper and Pearson 1934, one-sided, 95 %) keeps
   the promise. Errors come in swarms (one recoded supplier, twenty lines on one day), so decisions
   are counted for as much as they are independent (design effect, Kish 1965).
2. *Shock.* What counts is not the past but the next stretch: one more swarm, wrong as a whole,
   would still leave the promise kept, with some of it to spare for habits that change. Such a swarm
   is six times as large as the one the average decision stands in, twenty lines at most.

Where too few decisions prove it, nothing goes through alone.

>>> round(error_bound(0, 299), 4), round(error_bound(3, 773), 4)
(0.01, 0.01)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

LEVEL = 0.95
NEVER = 2.0
"""A bar no score reaches."""
_STEP = 1.1
_SWARM = 1.5
"""Wrong decisions imagined in one swarm while few are known."""
_DAMPING = 0.6
"""Swarms seen once count for less than all of themselves: days far apart are independent."""
_MARGIN = 0.85
"""How much of a promise the errors of the past and one more swarm may use up."""
_SHOCK = 6.0
_WORST = 20.0
"""A swarm this large is not expected to be wrong as a whole."""


def swarms(supplier: NDArray[np.int64], days: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each supplier and day: what stands or falls together."""
    return np.asarray(days * 1_000_003 + supplier)


def error_bound(wrong: float, total: float, level: float = LEVEL) -> float:
    """The error rate that ``wrong`` of ``total`` rule out at ``level``."""
    if wrong >= total:
        return 1.0
    return float(betaincinv(wrong + 1, total - wrong, level))


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
    found = [NEVER] * len(promises)
    if not len(score):
        return found
    needed = [np.ceil(np.log(1 - LEVEL) / np.log1p(-promise)) for promise in promises]
    for lowest, count, flown, missed in _above(score, right, swarm, int(min(needed))):
        shock = min(_SHOCK * float(flown @ flown) / count, _WORST)
        errors = float(missed.sum())
        effect = (float(missed @ missed) + _SWARM**2) / (errors + _SWARM)
        effect = max(1.0, effect) ** _DAMPING
        bound = error_bound(errors / effect, count / effect)
        for place, promise in enumerate(promises):
            withstands = errors + shock <= _MARGIN * promise * count
            if count >= needed[place] and bound <= promise and withstands:
                found[place] = lowest
    return found


def bar(
    score: NDArray[np.floating],
    right: NDArray[np.bool_],
    promise: float,
    swarm: NDArray[np.int64] | None = None,
) -> float:
    """The lowest score that may go through alone under one promise."""
    return bars(score, right, (promise,), swarm)[0]


def _above(
    score: NDArray[np.floating],
    right: NDArray[np.bool_],
    swarm: NDArray[np.int64] | None,
    least: int,
) -> Iterator[tuple[float, int, NDArray[np.float64], NDArray[np.float64]]]:
    """Ever lower scores: the score, how many reach it, and by swarm how many and how many wrong."""
    order = np.argsort(-score, kind="stable")
    ordered, wrong = score[order], (~right[order]).astype(np.float64)
    group = np.arange(len(order))
    if swarm is not None:
        group = np.unique(swarm[order], return_inverse=True)[1]
    flown, missed = np.zeros(group.max() + 1), np.zeros(group.max() + 1)
    done, size = 0, float(least)
    while size <= len(order):
        count = int(np.searchsorted(-ordered, -ordered[int(size) - 1], side="right"))
        flown += np.bincount(group[done:count], minlength=len(flown))
        missed += np.bincount(group[done:count], wrong[done:count], minlength=len(flown))
        yield float(ordered[count - 1]), count, flown, missed
        done, size = count, max(size * _STEP, count + 1.0)
