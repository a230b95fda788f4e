"""Exact rules from the rows of a table, in the form that ``contor rule list`` writes.

>>> rule_of({"supplier": "RIPE NCC", "account": "4380", "valid_from": "2026-01-01"}, 1).account
'4380'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from contor.account_assignment.exact_rules import CONDITIONS, ExactRule
from contor.account_assignment.rule_check import check_by_itself
from contor.account_assignment.targets import TARGETS
from contor.errors import Refusal


def rules_of(rows: Sequence[Mapping[str, str]], table: str = "row") -> list[ExactRule]:
    """The rules of a table; a rule without a ``number`` gets that of its row (from 1).

    Raises:
        Refusal: ``date_unreadable``, ``rule_without_condition``, ``rule_without_code``,
            ``rule_period_empty``, ``rule_contradicts``; its note says which row of which ``table``.
    """
    rules: list[ExactRule] = []
    for place, row in enumerate(rows, 1):
        try:
            rule = rule_of(row, place)
            check_by_itself(rule, rules)
        except Refusal as refusal:
            refusal.add_note(f"{table}:{place + 1}")
            raise
        rules.append(rule)
    return rules


def rule_of(row: Mapping[str, str], place: int) -> ExactRule:
    """One rule; refuses ``date_unreadable``."""
    cells = {name: (row.get(name) or "").strip() for name in (*CONDITIONS, *TARGETS)}
    number = (row.get("number") or "").strip()
    return ExactRule(
        int(number) if number.isdigit() else place,
        **cells,
        valid_from=_day(row.get("valid_from")),
        valid_to=_day(row.get("valid_to")),
    )


def _day(cell: str | None) -> date | None:
    text = (cell or "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(
            "date_unreadable",
            "The date {date} is not an ISO date.",
            "Write it as YYYY-MM-DD.",
            date=text[:40],
        ) from None
