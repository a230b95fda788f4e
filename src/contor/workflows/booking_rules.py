"""Booking rules: what a person says shall always be booked so, appended and withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contor.account_assignment.exact_rules import ExactRule
from contor.account_assignment.rule_check import check_rule
from contor.account_assignment.rule_proposal import conditions_for
from contor.account_assignment.targets import TARGETS
from contor.errors import Refusal
from contor.ports.store import UnitOfWork
from contor.ports.store_review import LabelRecord
from contor.ports.store_rules import RuleRecord
from contor.ports.workplace import Workplace
from contor.workflows.suggest_bank_line import bank_columns

_LOOKED_AT = 5_000


@dataclass(frozen=True, slots=True)
class RuleInPast:
    """How the latest bookings compare with a rule: lines it would have held for, booked so."""

    lines: int
    same: int


def make_rule(work: Workplace, tenant_id: int, rule: ExactRule, actor: str) -> RuleRecord:
    """Keep a new rule; it speaks with the next suggestion.

    Raises:
        Refusal: as :func:`contor.account_assignment.rule_check.check_rule`; ``rule_known`` where
            the same rule is there already.
    """
    with work.store.unit_of_work(tenant_id) as uow:
        current = [record.rule for record in uow.rules.current()]
        _check(work, uow, rule, current)
        return uow.rules.add(RuleRecord(replace(rule, number=0), actor, work.clock()))


def withdraw_rule(work: Workplace, tenant_id: int, number: int, actor: str) -> RuleRecord:
    """End a rule; what was booked by it stays.

    Raises:
        Refusal: ``rule_unknown``.
    """
    with work.store.unit_of_work(tenant_id) as uow:
        record = next((one for one in uow.rules.current() if one.rule.number == number), None)
        if record is None:
            raise Refusal(
                "rule_unknown",
                "There is no rule {number} in force.",
                "Look at the list of rules.",
                number=number,
            )
        return uow.rules.add(RuleRecord(record.rule, actor, work.clock(), withdrawn=True))


def rule_for_bank_line(uow: UnitOfWork, line_id: int, place: int = 0) -> ExactRule:
    """A rule proposed for bank lines like this one; nothing is kept.

    Its codes are those that were decided, else those suggested, for the line of the entry at
    ``place``.

    Raises:
        Refusal: ``bank_line_unknown``.
    """
    line = uow.bank.get(line_id)
    codes = _decided(uow, line_id) or _suggested(uow, line_id)
    chosen = codes[place] if 0 <= place < len(codes) else {}
    found = {**conditions_for(bank_columns(line, line.amount)), **chosen}
    return ExactRule(0, **found)  # type: ignore[arg-type]  # days have their own type


def _decided(uow: UnitOfWork, line_id: int) -> list[dict[str, str]]:
    return [
        {target: getattr(label, target) for target in TARGETS}
        for label in uow.labels.newest(_LOOKED_AT)
        if (label.subject_kind, label.subject_id) == ("bank_line", line_id)
    ]


def _suggested(uow: UnitOfWork, line_id: int) -> list[dict[str, str]]:
    kept = uow.suggestions.latest("bank_line", line_id)
    lines = kept.content.get("lines") or () if kept else ()
    return [
        {target: str((line.get(target) or {}).get("value") or "") for target in TARGETS}
        for line in lines
    ]


def in_the_past(uow: UnitOfWork, rules: Sequence[ExactRule]) -> list[RuleInPast]:
    """For each rule how the latest bookings compare with it, whatever its days of validity."""
    labels = uow.labels.newest(_LOOKED_AT)
    return [_compared(rule, labels) for rule in rules]


def _compared(rule: ExactRule, labels: Sequence[LabelRecord]) -> RuleInPast:
    meeting = [label for label in labels if rule.holds(_facts(label))]
    same = sum(
        all(getattr(label, target) == code for target, code in rule.codes.items())
        for label in meeting
    )
    return RuleInPast(len(meeting), same)


def _facts(label: LabelRecord) -> dict[str, str]:
    return {
        "supplier_id": label.supplier_id,
        "supplier": label.supplier,
        "description": label.description,
        **(label.columns or {}),
    }


def _check(work: Workplace, uow: UnitOfWork, rule: ExactRule, current: list[ExactRule]) -> None:
    check_rule(
        rule,
        current,
        uow.accounts.chart(),
        uow.cost_centres.all(),
        uow.tax_codes.all(),
        work.clock().date(),
    )
    if any(replace(known, number=rule.number) == rule for known in current):
        raise Refusal(
            "rule_known", "This rule is in force already.", "There is nothing more to do."
        )
