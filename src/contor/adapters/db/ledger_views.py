"""Sums that the database computes: trial balance and the dashboard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import case, func, select

from contor.adapters.db.stores.open_items import SqlOpenItemStore
from contor.adapters.db.tables.billing import InvoiceRow
from contor.adapters.db.tables.chart import AccountRow
from contor.adapters.db.tables.journal import JournalEntryRow, JournalLineRow
from contor.adapters.db.tables.operations import CurrentStateRow
from contor.adapters.db.tables.review import DecisionRow, LabelRow, ReviewItemRow
from contor.adapters.db.tenant_session import TenantSession
from contor.money import Money
from contor.ports.desk_views import Dashboard, TrialBalanceRow


class LedgerViews:
    """Sums over one tenant's books."""

    def __init__(self, db: TenantSession, currency: str) -> None:
        self._db = db
        self._currency = currency

    def trial_balance(self, start: date | None, end: date | None) -> Sequence[TrialBalanceRow]:
        """Per account and currency, bookings of ``[start, end)``."""
        line = JournalLineRow
        debit = func.sum(case((line.amount_minor > 0, line.amount_minor), else_=0))
        statement = (
            select(line.account, line.currency, debit, func.sum(line.amount_minor))
            .join(JournalEntryRow, JournalEntryRow.id == line.entry_id)
            .where(line.tenant_id == self._db.tenant_id)
            .group_by(line.account, line.currency)
            .order_by(line.account, line.currency)
        )
        if start is not None:
            statement = statement.where(JournalEntryRow.booking_date >= start)
        if end is not None:
            statement = statement.where(JournalEntryRow.booking_date < end)
        accounts = {row.number: row for row in self._db.all(self._db.rows(AccountRow))}
        rows = []
        for number, currency, debits, balance in self._db.session.execute(statement):
            account = accounts.get(number)
            rows.append(
                TrialBalanceRow(
                    account=number,
                    name=account.name if account else "",
                    kind=account.kind if account else "",
                    debit=Money(int(debits), currency),
                    credit=Money(int(debits - balance), currency),
                    balance=Money(int(balance), currency),
                )
            )
        return rows

    def dashboard(self, as_of: date) -> Dashboard:
        """Counts and sums on the day."""
        receivable, payable, overdue = self._open_sums(as_of)
        return Dashboard(
            documents=self._states("document"),
            bank_lines=self._states("bank_line"),
            queue=self._queue(),
            entries=self._count(JournalEntryRow),
            invoices=self._count(InvoiceRow),
            decisions=self._grouped(DecisionRow.verdict, DecisionRow.tenant_id),
            labels=self._count(LabelRow),
            outbox=self._states("outbox_message"),
            receivable=receivable,
            payable=payable,
            overdue=overdue,
        )

    def _states(self, kind: str) -> dict[str, int]:
        return self._grouped(
            CurrentStateRow.state, CurrentStateRow.tenant_id, CurrentStateRow.subject_kind == kind
        )

    def _queue(self) -> dict[str, int]:
        statement = (
            select(ReviewItemRow.kind, func.count())
            .join(
                CurrentStateRow,
                (CurrentStateRow.tenant_id == ReviewItemRow.tenant_id)
                & (CurrentStateRow.subject_kind == "review_item")
                & (CurrentStateRow.subject_id == ReviewItemRow.id),
            )
            .where(ReviewItemRow.tenant_id == self._db.tenant_id, CurrentStateRow.state == "open")
            .group_by(ReviewItemRow.kind)
            .order_by(ReviewItemRow.kind)
        )
        return dict(self._db.session.execute(statement).all())

    def _grouped(self, column: Any, tenant_column: Any, *conditions: Any) -> dict[str, int]:
        statement = (
            select(column, func.count())
            .where(tenant_column == self._db.tenant_id, *conditions)
            .group_by(column)
            .order_by(column)
        )
        return dict(self._db.session.execute(statement).all())

    def _count(self, table: Any) -> int:
        statement = select(func.count()).where(table.tenant_id == self._db.tenant_id)
        return self._db.session.scalar(statement) or 0

    def _open_sums(self, as_of: date) -> tuple[tuple[Money, ...], ...]:
        """Receivable, payable and overdue receivable, credit notes taken off, per currency."""
        items = SqlOpenItemStore(self._db).statement(only_open=True).subquery()
        late = (items.c.kind == "receivable") & (items.c.due_date < as_of)
        signed = case((items.c.kind == "credit_note", -items.c.left), else_=items.c.left)
        statement = (
            select(
                items.c.currency,
                items.c.side,
                func.sum(signed),
                func.sum(case((late, items.c.left), else_=0)),
            )
            .group_by(items.c.currency, items.c.side)
            .order_by(items.c.currency, items.c.side)
        )
        sums: defaultdict[str, list[Money]] = defaultdict(list)
        for currency, side, total, late_total in self._db.session.execute(statement):
            sums[side].append(Money(int(total), currency))
            if side == "receivable" and late_total:
                sums["overdue"].append(Money(int(late_total), currency))
        zero = [Money(0, self._currency)]
        keys = ("receivable", "payable", "overdue")
        return tuple(tuple(sums[key] or zero) for key in keys)
