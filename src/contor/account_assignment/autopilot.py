"""The autopilot's promise: of what goes through alone, at most a stated share is wrong.

Computed from decisions already made. What matters is not the rate of errors in the past but that
of the next stretch, and errors come in swarms: a supplier is recoded, and its whole payment run is
wrong on one day. A bar is the lowest score from which two things hold of the decisions above it,
with a margin of a twentieth of the promise:

1. *Spread.* Errors stay within the promise by a standard error of what past and next stretch may
   show, counted by swarms and not by lines (cluster-robust variance, Liang and Zeger 1986).
2. *Shock.* One more swarm, wholly wrong, would still leave the promise kept. Its size is six times
   that of the swarm the average decision stands in, twenty lines at most.

The exact bound (Clopper and Pearson 1934, one-sided, 95 %) has to hold as well; where too few
decisions prove it, nothing goes through alone.

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
_MARGIN = 0.95
_ERRORS = 1.0
"""Standard errors kept aside."""
_SHOCK = 6.0
_WORST = 20.0
"""A swarm this large is not expected to be wrong as a whole."""


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
    for lowest, count, flown, wrong in _above(score, right, swarm, int(min(needed))):
        shock = min(_SHOCK * float(flown @ flown) / count, _WORST)
        for place, promise in enumerate(promises):
            if count < needed[place]:
                continue
            over = wrong - _MARGIN * promise * flown
            spread = _ERRORS * float(np.sqrt(2.0 * (over @ over + 1.0)))
            if (
                over.sum() + max(spread, shock) <= 0
                and error_bound(float(wrong.sum()), count) <= promise
            ):
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
