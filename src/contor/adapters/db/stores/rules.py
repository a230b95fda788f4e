"""Exact rules of one tenant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from contor.account_assignment.exact_rules import ExactRule
from contor.adapters.db.tables.rules import BookingRuleRow
from contor.adapters.db.tenant_session import TenantSession
from contor.ports.store_rules import RuleRecord

_CELLS = tuple(field.name for field in fields(ExactRule))


class SqlRuleStore:
    """Rules; versions are appended."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def add(self, record: RuleRecord) -> RuleRecord:
        """Append a version; a rule with the number 0 is new and gets the next number."""
        number = record.rule.number or self._last_number() + 1
        rule = replace(record.rule, number=number)
        row = self._db.append(
            BookingRuleRow(
                version=len(self.versions(number)) + 1,
                withdrawn=record.withdrawn,
                actor=record.actor,
                created_at=record.at,
                **{name: getattr(rule, name) for name in _CELLS},
            )
        )
        return _record(row)

    def current(self) -> Sequence[RuleRecord]:
        """The youngest version of every rule that was not withdrawn, by number."""
        statement = self._db.rows(BookingRuleRow).order_by(BookingRuleRow.id)
        youngest = {row.number: row for row in self._db.all(statement)}
        return [_record(row) for _, row in sorted(youngest.items()) if not row.withdrawn]

    def versions(self, number: int) -> Sequence[RuleRecord]:
        """Every version of a rule, oldest first."""
        statement = self._db.rows(BookingRuleRow).where(BookingRuleRow.number == number)
        return [_record(row) for row in self._db.all(statement.order_by(BookingRuleRow.version))]

    def last_id(self) -> int:
        """The youngest version's id, 0 without rules."""
        return self._highest(BookingRuleRow.id)

    def _last_number(self) -> int:
        return self._highest(BookingRuleRow.number)

    def _highest(self, column: InstrumentedAttribute[int]) -> int:
        statement = select(func.max(column)).where(BookingRuleRow.tenant_id == self._db.tenant_id)
        return int(self._db.session.scalar(statement) or 0)


def _record(row: BookingRuleRow) -> RuleRecord:
    rule = ExactRule(**{name: getattr(row, name) for name in _CELLS})
    return RuleRecord(rule, row.actor, row.created_at, row.withdrawn, row.version, row.id)
