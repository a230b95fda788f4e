"""A tenant's exact rules: who invoices (and what the line says) decides how it is booked.

A rule holds where all of its conditions hold; it may name one code or several. Of two rules that
hold, the one whose conditions include the other's speaks; where neither does and they name
different codes, no rule speaks: a contradiction is for people.

>>> always = ExactRule(1, supplier="RIPE NCC", account="4380")
>>> fees = ExactRule(2, supplier="RIPE NCC", words="training", account="4945")
>>> verdicts([always, fees], {"supplier": "Ripe NCC", "description": "Training May"})["account"]
RuleVerdict(code='4945', rules=(2,))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contor.account_assignment.targets import TARGETS
from contor.account_assignment.wording import fold

CONDITIONS = ("supplier_id", "supplier", "vat_id", "iban", "words")


@dataclass(frozen=True, slots=True)
class ExactRule:
    """Conditions (folded texts are compared; every one of ``words`` must be in the text) and codes.

    ``valid_from`` and ``valid_to`` are the first and the last day of documents it holds for.
    """

    number: int
    supplier_id: str = ""
    supplier: str = ""
    vat_id: str = ""
    iban: str = ""
    words: str = ""
    account: str = ""
    cost_centre: str = ""
    tax_code: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def conditions(self) -> frozenset[tuple[str, str]]:
        """What must hold, in the form it is compared in; each word is a condition of its own."""
        plain = {(n, _compact(getattr(self, n))) for n in CONDITIONS[:4] if getattr(self, n)}
        return frozenset(plain | {("words", word) for word in fold(self.words).split()})

    @property
    def codes(self) -> dict[str, str]:
        """The codes it names, by target."""
        return {target: getattr(self, target) for target in TARGETS if getattr(self, target)}

    @property
    def said(self) -> str:
        """Its conditions as people typed them."""
        return " · ".join(cell for name in CONDITIONS if (cell := getattr(self, name)))

    def holds(self, facts: Mapping[str, str], on: date | None = None) -> bool:
        """Whether a line with these facts on that day meets it; one without conditions never."""
        if on is not None and not self._holds_on(on):
            return False
        spoken: frozenset[str] | None = None
        for name, wanted in self.conditions:
            if name == "words":
                spoken = spoken or frozenset(fold(facts.get("description", "")).split())
                if wanted not in spoken:
                    return False
            elif _compact(facts.get(name, "")) != wanted:
                return False
        return bool(self.conditions)

    def _holds_on(self, on: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What the rules say of one target: a code, or none where ``rules`` contradict each other."""

    code: str
    rules: tuple[int, ...]


def verdicts(
    rules: Sequence[ExactRule], facts: Mapping[str, str], on: date | None = None
) -> dict[str, RuleVerdict]:
    """What the rules that hold say, by target."""
    holding = [rule for rule in rules if rule.holds(facts, on)]
    found = {}
    for target in TARGETS:
        naming = [rule for rule in holding if target in rule.codes]
        closest = [
            rule for rule in naming if not any(o.conditions > rule.conditions for o in naming)
        ]
        codes = {rule.codes[target] for rule in closest}
        if codes:
            code = codes.pop() if len(codes) == 1 else ""
            found[target] = RuleVerdict(code, tuple(rule.number for rule in closest))
    return found


def contradiction(rule: ExactRule, others: Sequence[ExactRule]) -> ExactRule | None:
    """A rule of the same conditions, at the same time, that names another code; None without one.

    >>> old = ExactRule(1, supplier="RIPE NCC", account="4380")
    >>> contradiction(ExactRule(0, supplier="ripe ncc", account="4945"), [old]).number
    1
    """
    for other in others:
        both = rule.codes.keys() & other.codes.keys()
        differs = any(rule.codes[target] != other.codes[target] for target in both)
        if other.conditions == rule.conditions and differs and _overlap(rule, other):
            return other
    return None


def _overlap(one: ExactRule, two: ExactRule) -> bool:
    begins = max(one.valid_from or date.min, two.valid_from or date.min)
    return begins <= min(one.valid_to or date.max, two.valid_to or date.max)


def _compact(text: str) -> str:
    return fold(text).replace(" ", "")
