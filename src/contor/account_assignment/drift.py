"""Drift: when the lines or the errors of today no longer look like those a model learnt from.

Input: population stability index of amounts, weekdays and share of new suppliers (above 0.25 is
held to be a changed population; Siddiqi 2006). Errors: too many wrong among the latest decisions for
the rate before them (binomial, one in a thousand by chance).
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
    found = [
        Drift("amount", _stability(_bands(past), _bands(recent)), alarm=False),
        Drift("weekday", _stability(past.day % 7, recent.day % 7), alarm=False),
    ]
    marked = [Drift(one.name, one.size, one.size > CHANGED) for one in found]
    return [*marked, Drift("new_suppliers", now - usual, now > 2 * usual + 0.1)]


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
