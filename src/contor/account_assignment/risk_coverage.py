"""Risk against coverage: how many lines go alone at a bar, and how many of them would be wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.autopilot import error_bound


@dataclass(frozen=True, slots=True)
class Point:
    """Share of the lines above a confidence, their error, and its upper bound at 95 %."""

    confidence: float
    share: float
    error: float
    bound: float


def risk_coverage(
    confidence: NDArray[np.floating], right: NDArray[np.bool_], points: int = 50
) -> list[Point]:
    """The curve from few and sure to all lines.

    >>> curve = risk_coverage(np.array([0.9, 0.8, 0.2]), np.array([True, True, False]), 3)
    >>> [(round(p.share, 2), round(p.error, 2)) for p in curve]
    [(0.33, 0.0), (0.67, 0.0), (1.0, 0.33)]
    """
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(~right[order])
    counts = np.unique(np.ceil(np.linspace(0, len(order), points + 1)).astype(int))
    return [
        Point(
            float(confidence[order[count - 1]]),
            count / len(order),
            float(wrong[count - 1]) / count,
            error_bound(float(wrong[count - 1]), float(count)),
        )
        for count in counts.tolist()
        if count
    ]
