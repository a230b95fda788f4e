"""The upper rungs of the ladder: the tenant's exact rules, facts of the e-invoice, tax rules.

They speak before memory and model. What a model would have said stays as the next best code, so
that people see where rule and habit differ; a rule goes through alone only where the model agrees
and may.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contor.account_assignment.lines import Lines
from contor.account_assignment.suggestion import Rung, Suggestion
from contor.account_assignment.tax_rules import TaxFacts, decide_tax_code
from contor.account_assignment.wording import fold
from contor.ledger.tax_code import TaxCode

_SURE = {"rule": 0.99, "einvoice": 0.97}


@dataclass(frozen=True, slots=True)
class ExactRule:
    """A tenant's rule: every condition given must hold; folded texts are compared.

    >>> ExactRule("r1", "account", "4380", supplier="RIPE NCC").holds({"supplier": "Ripe NCC"})
    True
    """

    id: str
    target: str
    code: str
    supplier: str = ""
    vat_id: str = ""
    iban: str = ""
    words: str = ""

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Whether the line's facts meet the rule; a rule without conditions never does."""
        wanted = {"supplier": self.supplier, "vat_id": self.vat_id, "iban": self.iban}
        if not any(wanted.values()) and not self.words:
            return False
        same = all(
            fold(facts.get(name, "")).replace(" ", "") == fold(cell).replace(" ", "")
            for name, cell in wanted.items()
            if cell
        )
        spoken = set(fold(facts.get("description", "")).split())
        return same and set(fold(self.words).split()) <= spoken


def facts_of(lines: Lines, place: int) -> dict[str, str]:
    """The facts of one line by column."""
    return {name: cells[place] for name, cells in lines.facts.items()}


def speak_first(
    lines: Lines,
    answers: Sequence[dict[str, Suggestion]],
    rules: Sequence[ExactRule],
    numbers: frozenset[str],
    tax_codes: Sequence[TaxCode],
    home: str,
) -> None:
    """Let rules, e-invoice facts and tax rules answer before memory and model.

    ``numbers`` are the accounts of the chart: the buyer's accounting reference (BT-19, BT-133)
    counts where it is one of them.
    """
    for place, answer in enumerate(answers):
        facts = facts_of(lines, place)
        if tax_codes:
            _tax(facts, int(lines.day[place]), answer, tax_codes, home)
        reference = facts.get("accounting_reference", "")
        if reference and reference in numbers:
            _put(answer, "account", reference, "einvoice", "The e-invoice names this account.")
        for rule in reversed(rules):
            if rule.holds(facts):
                _put(answer, rule.target, rule.code, "rule", f"Rule {rule.id} applies.")


def _tax(
    facts: Mapping[str, str],
    day: int,
    answer: dict[str, Suggestion],
    tax_codes: Sequence[TaxCode],
    home: str,
) -> None:
    if day < 1:
        return
    tax = TaxFacts.from_columns(facts)
    decision = decide_tax_code(tax, tax_codes, dt.date.fromordinal(day), home)
    if decision is not None:
        reason = f"Rule {decision.rule_id}: {decision.note}."
        _put(answer, "tax_code", decision.code, "rule", reason)


def _put(answer: dict[str, Suggestion], target: str, code: str, rung: Rung, reason: str) -> None:
    found = answer.get(target)
    others = [found.code, *found.others] if found else []
    answer[target] = Suggestion(
        target,
        code,
        _SURE[rung],
        auto=bool(found and found.auto and found.code == code),
        others=tuple(other for other in others if other and other != code)[:3],
        rung=rung,
        reason=reason,
        nearest=found.nearest if found and found.code == code else None,
    )
