"""The autopilot's promise: of what goes through alone, at most a stated share is wrong.

Computed from decisions already made: the lowest score at which the exact upper bound for the error
of everything above it (Clopper and Pearson 1934, one-sided, 95 %) keeps the promise. Errors come in
swarms (one recoded supplier, twenty lines on one day), so decisions are counted for as much as
they are independent (design effect, Kish 1965). Where too few decisions prove it, nothing goes
through alone.

>>> round(error_bound(0, 299), 4), round(error_bound(3, 773), 4)
(0.01, 0.01)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

LEVEL = 0.95
NEVER = 2.0
"""A bar no score reaches."""
_WINDOW = 8000
_STEP = 1.1
_SWARM = 1.5
"""Wrong decisions imagined in one swarm while few are known."""
_DAMPING = 0.6
"""Swarms seen once count for less than all of themselves: days far apart are independent."""


def error_bound(wrong: float, total: float, level: float = LEVEL) -> float:
    """The error rate that ``wrong`` of ``total`` rule out at ``level``."""
    if wrong >= total:
        return 1.0
    return float(betaincinv(wrong + 1, total - wrong, level))


def bar(
    score: NDArray[np.floating],
    right: NDArray[np.bool_],
    promise: float,
    swarm: NDArray[np.int64] | None = None,
) -> float:
    """The lowest score that may go through alone, from past decisions (newest last).

    ``swarm`` numbers decisions that stand or fall together (same supplier and day).
    """
    score, right = score[-_WINDOW:], right[-_WINDOW:]
    order = np.argsort(-score, kind="stable")
    ordered, wrong = score[order], ~right[order]
    errors = np.cumsum(wrong)
    squares = _squares(None if swarm is None else swarm[-_WINDOW:][order], wrong)
    size = float(np.ceil(np.log(1 - LEVEL) / np.log1p(-promise)))
    best = NEVER
    while size <= len(order):
        count = int(np.searchsorted(-ordered, -ordered[int(size) - 1], side="right"))
        known = int(errors[count - 1])
        effect = (squares[known] + _SWARM**2) / (known + _SWARM)
        effect = max(1.0, effect) ** _DAMPING
        if error_bound(known / effect, count / effect) <= promise:
            best = float(ordered[count - 1])
        size = max(size * _STEP, count + 1.0)
    return best


def _squares(swarm: NDArray[np.int64] | None, wrong: NDArray[np.bool_]) -> list[float]:
    """After each wrong decision the sum of the squared sizes of the swarms so far."""
    total, sums = 0.0, [0.0]
    sizes: dict[int, int] = {}
    for place in np.flatnonzero(wrong).tolist():
        group = place if swarm is None else int(swarm[place])
        size = sizes.get(group, 0)
        total += 2 * size + 1
        sizes[group] = size + 1
        sums.append(total)
    return sums
