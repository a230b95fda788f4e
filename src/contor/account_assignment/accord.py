"""Accord: do two targets' first choices go together, and is this run like the supplier's others?

Account and cost centre of a line were chosen apart. That they were booked together before, most of
all for this supplier, is a strong sign that both are right. And a run (lines of one supplier on one
day) much larger than any before is unlike everything the past decisions were made on. Both are
signs for the judge, known before any code of the day is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.choice import Choices
from contor.account_assignment.keys import Ints, mix
from contor.account_assignment.memory import Index

Floats = NDArray[np.float32]

OTHER = {"account": "cost_centre", "cost_centre": "account", "tax_code": "account"}
"""The target a target's choices are held against."""
_LOOKED_BACK = 40
"""Lines of a supplier its earlier runs are read from."""
_SELDOM = 3000.0
"""Days since a supplier's last line where there is none."""


@dataclass(frozen=True, slots=True)
class Accord:
    """Lines coded for both targets, found by the pair of codes, by the other's code, by supplier."""

    pair: Index = field(default_factory=Index)
    other: Index = field(default_factory=Index)
    supplier_pair: Index = field(default_factory=Index)
    supplier_other: Index = field(default_factory=Index)
    lines: int = 0

    def grown(self, suppliers: Ints, codes: Ints, others: Ints) -> Accord:
        """The same with further lines at the end; -1 is no code."""
        own, beside = codes + 1, others + 1
        coded = np.where(own > 0, beside, 0)
        return Accord(
            self.pair.grown(mix(own, beside)),
            self.other.grown(coded),
            self.supplier_pair.grown(mix(suppliers, own, beside)),
            self.supplier_other.grown(mix(suppliers, coded)),
            self.lines + len(codes),
        )

    def signs(self, suppliers: Ints, cuts: Ints, choices: Choices, others: Choices) -> Floats:
        """Seven columns a line.

        Of the lines booked to the other's first choice, the share booked to this one's first, and
        to its runner-up, for all and for this supplier; how often this supplier had the pair; the
        other's odds and their margin.
        """
        odds = others.odds
        held = self.held(suppliers, cuts, choices.codes[:, :2], others.codes[:, 0])
        columns = [held[:, 0, :2], held[:, 1, :2], held[:, 0, 2:], odds[:, :1]]
        return np.concatenate([*columns, odds[:, :1] - odds[:, 1:2]], axis=1)

    def held(self, suppliers: Ints, cuts: Ints, codes: Ints, others: Ints) -> Floats:
        """How often each code (n, ranks) was booked beside the other's: three columns a code.

        Of the lines booked to the other's code the share booked to this one, for all and for the
        supplier; the logarithm of how often the supplier had the pair.
        """
        beside, own = (others + 1)[:, None], codes + 1
        supplier, cut = (np.broadcast_to(part[:, None], own.shape) for part in (suppliers, cuts))
        every = self.other.before(others + 1, cuts)[:, None] + 1.0
        known = self.supplier_other.before(mix(suppliers, others + 1), cuts)[:, None] + 1.0
        pair = _before(self.pair, mix(own, beside), cut)
        together = _before(self.supplier_pair, mix(supplier, own, beside), cut)
        columns = [(pair + 0.1) / every, (together + 0.1) / known, np.log1p(together)]
        return np.stack(columns, axis=2).astype(np.float32)


def _before(index: Index, keys: Ints, cuts: Ints) -> Ints:
    return index.before(keys.ravel(), cuts.ravel()).reshape(keys.shape)


def runs(suppliers: Ints, days: Ints, cuts: Ints, known: Index, known_days: Ints) -> Floats:
    """Four columns a line: its run's size, that beside the largest and the mean one before, rest.

    Sizes are logarithms of line counts, ``rest`` that of the days since the supplier's last line.
    """
    run = np.unique(mix(suppliers, days + 1), return_inverse=True)[1]
    size = np.where(suppliers != 0, np.bincount(run)[run], 1).astype(np.float64)
    place = known.latest(suppliers, cuts, _LOOKED_BACK)
    seen = np.where(place >= 0, known_days[place], -1) if len(known_days) else place
    today = (seen == days[:, None]) & (place >= 0)
    size += today.sum(axis=1)
    seen = np.where(today, -1, seen)
    largest, lines, count = _earlier(seen)
    last = seen.max(axis=1, initial=-1)
    rest = np.where(last >= 0, days - last, _SELDOM)
    columns = [
        np.log(size),
        np.log(size / np.maximum(largest, 1)),
        np.log(size / np.maximum(lines / np.maximum(count, 1), 0.5)),
        np.log1p(np.maximum(rest, 0)),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _earlier(seen: Ints) -> tuple[Ints, Ints, Ints]:
    """Per line the size of the largest earlier run, how many lines, how many runs (days; -1: none)."""
    n, depth = seen.shape
    valid = seen >= 0
    fresh = valid.copy()
    fresh[:, 1:] &= seen[:, 1:] != seen[:, :-1]
    number = np.cumsum(fresh, axis=1) - 1
    flat = (np.arange(n)[:, None] * depth + number)[valid]
    sizes = np.bincount(flat, minlength=n * depth).reshape(n, depth)
    return sizes.max(axis=1, initial=0), valid.sum(axis=1), fresh.sum(axis=1)
