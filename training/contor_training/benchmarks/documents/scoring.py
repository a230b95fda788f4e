"""Right or wrong, field by field, against gold; calibration beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from contor.documents.facts import Facts
from contor.documents.reading import Fact
from contor_training.documents.gold import Example

_CODES = frozenset({"number", "order_reference", "contract_reference", "buyer_number"})
_SURE = 0.98


@dataclass
class Score:
    """Counts by field: asked, right, right but for punctuation; and how sure facts were right."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    near: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    sure: int = 0
    sure_right: int = 0
    extra_lines: int = 0

    def add(self, name: str, facts: Iterable[Fact], accepted: Iterable[str]) -> None:
        """Count one field of one document; any of ``facts`` may be the right one."""
        found, wanted = list(facts), list(accepted)
        right = any(same(name, fact.value, value) for fact in found for value in wanted)
        letters = {_letters(value) for value in wanted}
        self.asked[name] += 1
        self.given[name] += bool(found)
        self.right[name] += right
        self.near[name] += right or any(_letters(fact.value) in letters for fact in found)
        if found and found[0].confidence >= _SURE:
            self.sure += 1
            self.sure_right += right

    def share(self, names: Iterable[str] | None = None) -> float:
        """Share of right values over the fields named (all)."""
        chosen = list(self.asked if names is None else names)
        asked = sum(self.asked[name] for name in chosen)
        return sum(self.right[name] for name in chosen) / asked if asked else 0.0

    def f1(self, *, near: bool = False) -> float:
        """Micro F1: given counts for precision, asked for recall."""
        right = sum((self.near if near else self.right).values())
        return 2 * right / max(1, sum(self.given.values()) + sum(self.asked.values()))


def score_facts(score: Score, example: Example, facts: Facts) -> None:
    """Count all accepted fields of one document."""
    for name, accepted in example.accepted.items():
        fact = facts.fields.get(name)
        score.add(name, [fact] if fact else [], accepted)


def score_any(
    score: Score, name: str, fields: Mapping[str, Fact], names: Iterable[str], wanted: Iterable[str]
) -> None:
    """Count a field whose value may stand under any of several names."""
    score.add(name, [fields[one] for one in names if one in fields], wanted)


def same(name: str, printed: str, wanted: str) -> bool:
    """Whether a value is exactly right; spaces inside numbers do not count."""
    if name in _CODES:
        return re.sub(r"\s", "", printed).upper() == re.sub(r"\s", "", wanted).upper()
    return " ".join(printed.split()) == " ".join(wanted.split())


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).upper()
