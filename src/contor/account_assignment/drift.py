"""Drift: when the lines or the errors of today no longer look like those a model learnt from.

Input: population stability index of amounts and weekdays (above 0.25 is held to be a changed
population; Siddiqi 2006), and the share of new suppliers. A short stretch of an ordinary ledger is
far from its past by chance and by payment runs alone, so it also has to be farther off than any
stretch of the same length was before. Errors: too many wrong among the latest decisions for the rate
before them (binomial, one in a thousand by chance).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from contor.account_assignment.history import money
from contor.account_assignment.lines import Lines
from contor.account_assignment.wording import fold

CHANGED = 0.25
CHANCE = 0.001
_FARTHER = 1.25
"""By how much a stretch has to be farther off than the farthest one before it."""
_MOST_STRETCHES = 60


@dataclass(frozen=True, slots=True)
class Drift:
    """What has drifted: name, size, and whether that calls for a retraining."""

    name: str
    size: float
    alarm: bool


def input_drift(past: Lines, recent: Lines) -> list[Drift]:
    """Compare the facts of recent lines with those learnt from."""
    if not len(past) or not len(recent):
        return []
    known = {fold(name) for name in past.facts.get("supplier", ())}
    half = len(past) // 2
    early = {fold(name) for name in past.facts.get("supplier", ())[:half]}
    usual = _share_unknown(past.facts.get("supplier", ())[half:], early)
    now = _share_unknown(recent.facts.get("supplier", ()), known)
    return [
        _moved("amount", _bands(past), _bands(recent)),
        _moved("weekday", past.day % 7, recent.day % 7),
        Drift("new_suppliers", now - usual, now > 2 * usual + 0.1),
    ]


def _moved(name: str, past: NDArray[np.int64], recent: NDArray[np.int64]) -> Drift:
    """Whether a figure is farther from its past than stretches of the past were from the rest."""
    size = _stability(past, recent)
    count = min(max(len(past) // len(recent), 2), _MOST_STRETCHES)
    length = min(len(recent), len(past) // count)
    stretches = np.split(past[len(past) - count * length :], count)
    usual = max((_stability(past, one) for one in stretches if len(one)), default=0.0)
    return Drift(name, size, size > max(CHANGED, _FARTHER * usual))


def error_drift(right: NDArray[np.bool_], recent: int) -> Drift:
    """Whether the latest ``recent`` decisions are worse than those before them."""
    before, now = right[:-recent], right[-recent:]
    if len(before) < recent or not len(now):
        return Drift("error", 0.0, alarm=False)
    usual = float((~before).mean())
    wrong = int((~now).sum())
    # Chance of at least this many wrong at the usual rate.
    chance = float(betainc(wrong, len(now) - wrong + 1, max(usual, 1e-6))) if wrong else 1.0
    return Drift("error", float((~now).mean()) - usual, chance < CHANCE)


def _share_unknown(names: tuple[str, ...], known: set[str]) -> float:
    return sum(fold(name) not in known for name in names) / max(len(names), 1)


def _bands(lines: Lines) -> NDArray[np.int64]:
    size = np.log10(np.abs(money(lines.cents)).astype(float) + 1.0)
    return np.round(size * 2).astype(np.int64)


def _stability(past: NDArray[np.int64], recent: NDArray[np.int64]) -> float:
    values = np.union1d(past, recent)
    before = np.array([(past == value).mean() for value in values]) + 1e-3
    now = np.array([(recent == value).mean() for value in values]) + 1e-3
    return float(((now - before) * np.log(now / before)).sum())
