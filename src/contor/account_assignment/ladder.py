"""The upper rungs of the ladder: the tenant's exact rules, facts of the e-invoice, tax rules.

They speak before memory and model. What a model would have said stays as the next best code, so
that people see where rule and habit differ; a rule goes through alone only where the model agrees
and may.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from contor.account_assignment.accounting_reference import resolve
from contor.account_assignment.exact_rules import ExactRule, verdicts
from contor.account_assignment.lines import Lines
from contor.account_assignment.suggestion import Rung, Suggestion, behind
from contor.account_assignment.tax_rules import TaxFacts, decide_tax_code
from contor.ledger.tax_code import TaxCode

_SURE = {"rule": 0.99, "einvoice": 0.97}


@dataclass(frozen=True, slots=True)
class Statutes:
    """What speaks before anything learnt: rules, and the codes an e-invoice may name."""

    rules: tuple[ExactRule, ...] = ()
    accounts: frozenset[str] = frozenset()
    cost_centres: frozenset[str] = frozenset()
    tax_codes: tuple[TaxCode, ...] = ()
    home: str = "DE"


def facts_of(lines: Lines, place: int) -> dict[str, str]:
    """The facts of one line by column."""
    return {name: cells[place] for name, cells in lines.facts.items()}


def speak_first(lines: Lines, answers: Sequence[dict[str, Suggestion]], statutes: Statutes) -> None:
    """Let tax rules, facts of the e-invoice and exact rules answer, the last of them strongest."""
    for place, answer in enumerate(answers):
        facts, day = facts_of(lines, place), int(lines.day[place])
        on = dt.date.fromordinal(day) if day > 0 else None
        if statutes.tax_codes and on is not None:
            _tax(facts, on, answer, statutes)
        reference = facts.get("accounting_reference", "")
        if reference:
            named = resolve(reference, statutes.accounts, statutes.cost_centres)
            for target, code in named.items():
                reason = f"The e-invoice names it as accounting reference: {reference}."
                _put(answer, target, code, "einvoice", reason)
        if statutes.rules:
            _rule(facts, on, answer, statutes)


def _rule(
    facts: Mapping[str, str],
    on: dt.date | None,
    answer: dict[str, Suggestion],
    statutes: Statutes,
) -> None:
    conditions = {rule.number: rule.said for rule in statutes.rules}
    for target, verdict in verdicts(statutes.rules, facts, on).items():
        numbers = ", ".join(str(number) for number in verdict.rules)
        if not verdict.code:
            found = answer.get(target, Suggestion(target, "", 0.0))
            reason = f"Rules {numbers} contradict each other here, so none of them speaks."
            answer[target] = replace(found, auto=False, reason=f"{reason} {found.reason}".strip())
        elif target != "account" or not statutes.accounts or verdict.code in statutes.accounts:
            said = conditions[verdict.rules[0]]
            reason = f"Your rule {numbers} applies: {said}."
            _put(answer, target, verdict.code, "rule", reason)


def _tax(
    facts: Mapping[str, str], on: dt.date, answer: dict[str, Suggestion], statutes: Statutes
) -> None:
    tax = TaxFacts.from_columns(facts)
    decision = decide_tax_code(tax, statutes.tax_codes, on, statutes.home)
    if decision is not None:
        _put(answer, "tax_code", decision.code, "rule", decision.note)


def _put(answer: dict[str, Suggestion], target: str, code: str, rung: Rung, reason: str) -> None:
    found = answer.get(target)
    others, chances = behind(code, _SURE[rung], found.ranked() if found else (), 3)
    said = [reason]
    if found and found.code and found.code != code:
        said.append(f"By habit it would be {found.code}.")
    answer[target] = Suggestion(
        target,
        code,
        _SURE[rung],
        auto=bool(found and found.auto and found.code == code),
        others=others,
        chances=chances,
        rung=rung,
        reason=" ".join(said),
        nearest=found.nearest if found and found.code == code else None,
        words=found.words if found and found.code == code else (),
    )
