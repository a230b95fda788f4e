"""The autopilot's promise: of what goes through alone, at most a stated share is wrong.

Computed from decisions already made: the lowest confidence at which the exact upper bound for the
error of everything above it (Clopper and Pearson 1934, one-sided, 95 %) keeps the promise. Where
there are too few decisions to prove it, nothing goes through alone.

>>> round(error_bound(0, 299), 4), round(error_bound(3, 773), 4)
(0.01, 0.01)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

LEVEL = 0.95
NEVER = 2.0
"""A bar no confidence reaches."""
_WINDOW = 4000
_STEP = 1.1


def error_bound(wrong: int, total: int, level: float = LEVEL) -> float:
    """The error rate that ``wrong`` of ``total`` rule out at ``level``."""
    if wrong >= total:
        return 1.0
    return float(betaincinv(wrong + 1, total - wrong, level))


def bar(confidence: NDArray[np.floating], right: NDArray[np.bool_], promise: float) -> float:
    """The lowest confidence that may go through alone, from past decisions (newest last)."""
    confidence, right = confidence[-_WINDOW:], right[-_WINDOW:]
    order = np.argsort(-confidence, kind="stable")
    ordered = confidence[order]
    wrong = np.cumsum(~right[order])
    least = int(np.ceil(np.log(1 - LEVEL) / np.log1p(-promise)))
    best = NEVER
    size = float(least)
    while size <= len(order):
        count = int(np.searchsorted(-ordered, -ordered[int(size) - 1], side="right"))
        if error_bound(int(wrong[count - 1]), count) <= promise:
            best = float(ordered[count - 1])
        size = max(size * _STEP, count + 1.0)
    return best
