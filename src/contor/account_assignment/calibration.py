"""Calibration: from the ranker's odds to a confidence that means what it says.

A monotone map fitted on decisions made after the ranker was: binned isotonic regression (pool
adjacent violators; Zadrozny and Elkan 2002), each bin drawn towards the odds themselves by a few
imagined decisions so that few decisions cannot promise certainty. On top of it a tilt (Platt 1999:
slope and shift of the log-odds) follows the latest decisions, which count the more the newer.

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
_HALF_LIFE = 500.0
"""Decisions after which one counts half for the tilt."""
_EDGE = 1e-3
_STEPS = 6
_PULL = 4.0
_CAUTION = 0.8
"""Without a single decision to learn from, odds are taken for this much of themselves."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Knots of a monotone map; none: nothing is known yet."""

    odds: tuple[float, ...] = ()
    truth: tuple[float, ...] = ()
    slope: float = 1.0
    shift: float = 0.0

    def fit(self, odds: NDArray[np.floating], right: NDArray[np.bool_]) -> Calibration:
        """Learn from the odds of past first choices, oldest first, and whether they were right."""
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
        level = Calibration(tuple(means), tuple(_pool(rates, weights)))
        slope, shift = _tilt(_logit(level.confidence(odds)), right)
        return Calibration(level.odds, level.truth, slope, shift)

    def confidence(self, odds: NDArray[np.floating]) -> NDArray[np.float64]:
        """The share of such first choices that turn out right."""
        if not self.odds:
            return np.asarray(odds, np.float64) * _CAUTION
        knots = np.r_[0.0, self.odds]
        values = np.r_[0.0, self.truth]
        level = _logit(np.interp(odds, knots, values))
        return np.asarray(1.0 / (1.0 + np.exp(-(self.slope * level + self.shift))))


def _logit(share: NDArray[np.floating]) -> NDArray[np.float64]:
    kept = np.clip(np.asarray(share, np.float64), _EDGE, 1.0 - _EDGE)
    return np.asarray(np.log(kept / (1.0 - kept)))


def _tilt(level: NDArray[np.float64], right: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift of the log-odds by Newton's steps, drawn towards no tilt at all."""
    weight = 0.5 ** (np.arange(len(level))[::-1] / _HALF_LIFE)
    slope, shift = 1.0, 0.0
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-(slope * level + shift)))
        miss, bend = weight * (chance - right), weight * chance * (1.0 - chance)
        a = float(bend @ level**2) + _PULL
        b, c = float(bend @ level), float(bend.sum()) + _PULL
        pull = float(miss @ level) + _PULL * (slope - 1.0), float(miss.sum()) + _PULL * shift
        whole = a * c - b * b
        slope -= (c * pull[0] - b * pull[1]) / whole
        shift -= (a * pull[1] - b * pull[0]) / whole
    return max(slope, 0.0), shift


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
