"""Calibration: from the ranker's odds to a confidence that means what it says.

A monotone map fitted on decisions made after the ranker was: binned isotonic regression (pool
adjacent violators; Zadrozny and Elkan 2002), each bin drawn towards the odds themselves by a few
imagined decisions so that few decisions cannot promise certainty.

>>> import numpy as np
>>> map_ = Calibration().fit(np.full(1000, 0.9), np.arange(1000) % 2 == 0)
>>> round(float(map_.confidence(np.array([0.9]))[0]), 1)
0.5
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_IMAGINED = 4.0
_PER_BIN = 40
_MOST_BINS = 40
_CAUTION = 0.8
"""Without a single decision to learn from, odds are taken for this much of themselves."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Knots of a monotone map; none: nothing is known yet."""

    odds: tuple[float, ...] = ()
    truth: tuple[float, ...] = ()

    def fit(self, odds: NDArray[np.floating], right: NDArray[np.bool_]) -> Calibration:
        """Learn from the odds of past first choices and whether they were right."""
        n = len(odds)
        if not n:
            return self
        order = np.argsort(odds, kind="stable")
        bins = int(np.clip(n // _PER_BIN, 1, _MOST_BINS))
        means, rates, weights = [], [], []
        for part in np.array_split(order, bins):
            mean = float(odds[part].mean())
            means.append(mean)
            hits = float(right[part].sum()) + _IMAGINED * _CAUTION * mean
            rates.append(hits / (len(part) + _IMAGINED))
            weights.append(float(len(part)))
        return Calibration(tuple(means), tuple(_pool(rates, weights)))

    def confidence(self, odds: NDArray[np.floating]) -> NDArray[np.float64]:
        """The share of such first choices that turn out right."""
        if not self.odds:
            return np.asarray(odds, np.float64) * _CAUTION
        knots = np.r_[0.0, self.odds]
        values = np.r_[0.0, self.truth]
        return np.asarray(np.interp(odds, knots, values))


def _pool(rates: list[float], weights: list[float]) -> list[float]:
    """Pool adjacent violators: the nearest sequence that never falls."""
    stack: list[list[float]] = []
    for rate, weight in zip(rates, weights, strict=True):
        stack.append([rate, weight, 1.0])
        while len(stack) > 1 and stack[-2][0] > stack[-1][0]:
            upper = stack.pop()
            lower = stack[-1]
            total = lower[1] + upper[1]
            lower[0] = (lower[0] * lower[1] + upper[0] * upper[1]) / total
            lower[1], lower[2] = total, lower[2] + upper[2]
    return [rate for rate, _, count in stack for _ in range(int(count))]


def calibration_error(
    confidence: NDArray[np.floating], right: NDArray[np.bool_], bins: int = 15
) -> float:
    """Expected calibration error over equal-width bins (Guo et al. 2017)."""
    if not len(confidence):
        return 0.0
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = np.bincount(place, confidence - right, minlength=bins)
    return float(np.abs(gaps).sum() / len(confidence))
