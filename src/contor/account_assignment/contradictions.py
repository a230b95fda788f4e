"""Contradictions: the same supplier and text booked to different codes, and by whom.

What people disagree on is learnt as noise unless somebody settles it; this lists it, largest first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from contor.account_assignment.lines import Lines
from contor.account_assignment.wording import fold, pattern

_LEAST = 4
_MINORITY = 0.1


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One kind of line and how often it went to which code; ``people`` by code where known."""

    supplier: str
    text: str
    target: str
    codes: tuple[tuple[str, int], ...]
    people: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def doubtful(self) -> int:
        """Lines not booked to the most frequent code."""
        return sum(count for _, count in self.codes[1:])


def contradictions(lines: Lines, people: Sequence[str] = ()) -> list[Contradiction]:
    """Kinds of lines whose codes differ, the most doubtful lines first.

    A kind counts when at least four lines and a tenth of them went elsewhere; ``people`` names who
    decided each line.
    """
    found = []
    for target, labels in lines.labels.items():
        kinds: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        names = lines.facts.get("supplier", ("",) * len(lines))
        texts = lines.facts.get("description", ("",) * len(lines))
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
            first = places[0]
            found.append(Contradiction(names[first], texts[first], target, ranked, who))
    return sorted(found, key=lambda one: (-one.doubtful, one.supplier, one.text, one.target))
