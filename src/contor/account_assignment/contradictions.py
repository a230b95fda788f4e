"""Contradictions: the same supplier and text booked to different codes, and by whom.

What people disagree on is learnt as noise unless somebody settles it; this lists it, largest first.
A code that was renamed is counted with the one that took its place: nobody disagrees about it. Where
one code follows upon another, a changed mind or a changed chart, it is said since when.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from contor.account_assignment.history import History
from contor.account_assignment.lines import Lines
from contor.account_assignment.wording import fold, pattern

_LEAST = 4
_MINORITY = 0.1


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One kind of line and how often it went to which code; ``people`` by code where known.

    ``since`` is the day (ISO) from which on it goes to one code, having gone to others before; empty
    where codes come and go.
    """

    supplier: str
    text: str
    target: str
    codes: tuple[tuple[str, int], ...]
    people: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: str = ""

    @property
    def doubtful(self) -> int:
        """Lines not booked to the most frequent code."""
        return sum(count for _, count in self.codes[1:])


def contradictions(lines: Lines, people: Sequence[str] = ()) -> list[Contradiction]:
    """Kinds of lines whose codes differ, the most doubtful lines first, changes last.

    A kind counts when at least four lines and a tenth of them went elsewhere; ``people`` names who
    decided each line.
    """
    found = []
    names = lines.facts.get("supplier", ("",) * len(lines))
    texts = lines.facts.get("description", ("",) * len(lines))
    heirs = _heirs(lines)
    for target, cells in lines.labels.items():
        labels = [heirs[target].get(cell, cell) for cell in cells]
        kinds: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for place, label in enumerate(labels):
            if label:
                kinds[fold(names[place]), pattern(texts[place])].append(place)
        for places in kinds.values():
            counts = Counter(labels[place] for place in places)
            ranked = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
            doubtful = len(places) - ranked[0][1]
            if len(places) < _LEAST or doubtful < _MINORITY * len(places):
                continue
            who = tuple(
                (code, tuple(sorted({people[p] for p in places if labels[p] == code})))
                for code, _ in ranked
                if people
            )
            first, since = places[0], _since([(int(lines.day[p]), labels[p]) for p in places])
            found.append(Contradiction(names[first], texts[first], target, ranked, who, since))
    return sorted(
        found, key=lambda one: (bool(one.since), -one.doubtful, one.supplier, one.text, one.target)
    )


def _heirs(lines: Lines) -> dict[str, Mapping[str, str]]:
    """By target which code took the place of which, as of the last line."""
    history = History.of(lines)
    found: dict[str, Mapping[str, str]] = {target: {} for target in lines.labels}
    for target, names in history.names.items():
        present = history.present(target, np.array([len(history)]))
        if present is not None:
            now = present.of(np.arange(len(names))[None, :])[0].tolist()
            found[target] = {old: names[new] for old, new in zip(names, now, strict=True)}
    return found


def _since(booked: list[tuple[int, str]]) -> str:
    """The day from which on one code is booked, where each code follows upon another for good."""
    days: defaultdict[str, list[int]] = defaultdict(list)
    for day, code in booked:
        days[code].append(day)
    spans = sorted((min(some), max(some)) for some in days.values())
    apart = all(before[1] < after[0] for before, after in pairwise(spans))
    return dt.date.fromordinal(spans[-1][0]).isoformat() if apart and spans[0][0] > 0 else ""
