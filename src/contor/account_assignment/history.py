"""A tenant's coded lines in the order of time, ready to be recalled.

The day of a line says when its codes became known: a whole day is suggested before any of its
codes is seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.accord import OTHER, Accord, runs
from contor.account_assignment.arrivals import Arrivals
from contor.account_assignment.evidence import Past
from contor.account_assignment.heirs import Heirs, Present
from contor.account_assignment.identities import named
from contor.account_assignment.keys import SUPPLIER, SUPPLIER_RATE, Ints, keys_of
from contor.account_assignment.lines import UNKNOWN_CENTS, Lines, join
from contor.account_assignment.memory import Memory
from contor.account_assignment.neighbours import Neighbourhood
from contor.account_assignment.targets import BY_RATE, TARGETS
from contor.account_assignment.tax_signs import home_of

# Facts that describe the supplier; in some ledgers a column of such a name follows from the code.
_ATTRIBUTES = ("supplier_category", "country", "document_type", "postcode")
_OUTCOME_SHARE = 0.97
_ENOUGH = 200


@dataclass(frozen=True, slots=True)
class History:
    """Lines sorted by day, with keys, memory and the codes of each target as numbers."""

    lines: Lines
    keys: Ints
    memory: Memory
    names: dict[str, tuple[str, ...]]
    past: dict[str, Past]
    ignored: tuple[str, ...] = field(default=())
    accords: dict[str, Accord] = field(default_factory=dict)
    heirs: dict[str, Heirs] = field(default_factory=dict)
    home: str = ""

    def __len__(self) -> int:
        return len(self.lines)

    @classmethod
    def of(cls, lines: Lines) -> History:
        """Sort lines by day (stable) and index them."""
        ordered = lines.take(np.argsort(lines.day, kind="stable"))
        ignored = outcomes(ordered)
        ordered = named(without(ordered, ignored))
        home = home_of(ordered)
        keys = keys_of(ordered, home)
        names, past = {}, {}
        for target in TARGETS:
            cells = ordered.labels.get(target, ())
            if any(cells):
                names[target] = tuple(sorted(set(cells) - {""}))
                codes = numbers(cells, names[target])
                past[target] = _past(target, codes, ordered)
        accords = _accords({}, keys, {target: one.codes for target, one in past.items()})
        memory = Memory().grown(keys)
        heirs = _heirs({}, keys, ordered.day, memory, past)
        return cls(ordered, keys, memory, names, past, ignored, accords, heirs, home)

    def plain(self, lines: Lines) -> Lines:
        """Lines as this history looks at them.

        Ignored columns are left out, undated lines are of now, suppliers told by a number, VAT-ID
        or account alone are named.
        """
        kept = named(without(lines, self.ignored), self.lines)
        now = int(self.lines.day[-1]) if len(self) else 0
        return Lines(np.where(kept.day > 0, kept.day, now), kept.cents, kept.facts, kept.labels)

    def keys_for(self, lines: Lines) -> Ints:
        """The keys of plain lines, in these books."""
        return keys_of(lines, self.home)

    def cuts(self, days: Ints) -> Ints:
        """How many lines were known before each of the days."""
        return np.searchsorted(self.lines.day, days, side="left")

    def grown(self, lines: Lines) -> History:
        """The history with further lines at its end; codes not met before are added."""
        fresh = self.plain(lines)
        keys = self.keys_for(fresh)
        names, past = dict(self.names), dict(self.past)
        for target in TARGETS:
            cells = fresh.labels.get(target, ())
            if not any(cells):
                cells = ("",) * len(fresh)
                if target not in names:
                    continue
            known = names.get(target, ())
            new = [cell for cell in dict.fromkeys(cells) if cell and cell not in set(known)]
            names[target] = known + tuple(new)
            codes = numbers(cells, names[target])
            older = past.get(target)
            if older is None:
                blank = np.full(len(self), -1, np.int64)
                older = _past(target, blank, self.lines)
            past[target] = older.grown(codes, fresh.day, money(fresh.cents))
        whole = np.concatenate([self.keys, keys])
        memory, grown = self.memory.grown(keys), join(self.lines, fresh)
        return replace(
            self,
            lines=grown,
            keys=whole,
            memory=memory,
            names=names,
            past=past,
            accords=_accords(self.accords, whole, {t: one.codes for t, one in past.items()}),
            heirs=_heirs(self.heirs, whole, grown.day, memory, past),
        )

    def present(self, target: str, cuts: Ints) -> Present | None:
        """What a target's codes are called as of each cut, where a chart was changed."""
        return self.heirs[target].present(cuts, len(self.names[target]), self.past[target].use)

    def arrivals(
        self, lines: Lines, keys: Ints, cuts: Ints, alone: NDArray[np.bool_] | None = None
    ) -> Arrivals:
        """Lines that come together, all lines of a day at once, where ``cuts`` lines are known.

        ``alone`` says which of them are looked at as if they had come singly.
        """
        run = runs(keys[:, 0], lines.day, cuts, self.memory.indexes[0], self.lines.day)
        near = Neighbourhood.of(keys, lines, alone)
        known = self._before(SUPPLIER, keys, cuts) > 0
        unheard = (
            known & (keys[:, SUPPLIER_RATE] != 0) & (self._before(SUPPLIER_RATE, keys, cuts) == 0)
        )
        return Arrivals(lines, keys, cuts, run, unheard, near, self.accords)

    def _before(self, kind: int, keys: Ints, cuts: Ints) -> Ints:
        return self.memory.indexes[kind].before(keys[:, kind], cuts)


def _past(target: str, codes: Ints, lines: Lines) -> Past:
    return Past.of(codes, lines.day, money(lines.cents), by_rate=target == BY_RATE)


def _accords(
    older: Mapping[str, Accord], keys: Ints, codes: Mapping[str, Ints]
) -> dict[str, Accord]:
    """For each target that has its other: what was coded for both, further lines put in."""
    found = {}
    for target, own in codes.items():
        other = codes.get(OTHER[target])
        if other is not None:
            accord = older.get(target, Accord())
            more = slice(accord.lines, None)
            found[target] = accord.grown(keys[more, 0], own[more], other[more])
    return found


def _heirs(
    older: Mapping[str, Heirs], keys: Ints, days: Ints, memory: Memory, past: Mapping[str, Past]
) -> dict[str, Heirs]:
    """For each target the codes that took the place of others, further lines put in."""
    return {
        target: older.get(target, Heirs()).grown(keys, days, memory, one.codes, one.use)
        for target, one in past.items()
    }


def numbers(cells: Sequence[str], names: Sequence[str]) -> Ints:
    """The place of each cell among the names; -1 where it is empty or unknown."""
    place = {name: number for number, name in enumerate(names)}
    return np.fromiter((place.get(cell, -1) for cell in cells), np.int64, len(cells))


def money(cents: Ints) -> Ints:
    """Minor units for comparing sizes: 0 where the amount is unknown."""
    return np.where(cents == UNKNOWN_CENTS, 0, cents)


def without(lines: Lines, facts: Sequence[str]) -> Lines:
    """The lines without some of their columns."""
    kept = {name: cells for name, cells in lines.facts.items() if name not in facts}
    return Lines(lines.day, lines.cents, kept, lines.labels)


def outcomes(lines: Lines) -> tuple[str, ...]:
    """Attribute columns that follow from a code: outcomes of coding, not known beforehand.

    A supplier's class says little about its accounts; a column that every account determines
    (an expenditure class filled in from the chart) would be a leak.
    """
    found = []
    for fact in _ATTRIBUTES:
        cells = lines.facts.get(fact, ())
        for labels in lines.labels.values():
            rows = [(a, b) for a, b in zip(labels, cells, strict=False) if a and b]
            if len(rows) < _ENOUGH or fact in found:
                continue
            counts: dict[str, dict[str, int]] = {}
            for label, cell in rows:
                inner = counts.setdefault(label, {})
                inner[cell] = inner.get(cell, 0) + 1
            top = sum(max(inner.values()) for inner in counts.values())
            if top >= _OUTCOME_SHARE * len(rows):
                found.append(fact)
    return tuple(found)
