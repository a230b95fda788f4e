"""Accounts, cost centres and tax codes of one tenant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from contor.adapters.db.tables.chart import AccountRow, CostCentreRow, TaxCodeRow
from contor.adapters.db.tenant_session import TenantSession
from contor.ledger.accounts import Account, AccountKind, Chart, CostCentreUse
from contor.ledger.cost_centre import CostCentre
from contor.ledger.tax_code import Direction, TaxCategory, TaxCode, find_tax_code


class SqlChartStore:
    """The chart of accounts; read once per unit of work."""

    def __init__(self, db: TenantSession, name: str) -> None:
        self._db = db
        self._name = name
        self._chart: Chart | None = None

    def save(self, accounts: Sequence[Account]) -> int:
        """Insert accounts, or replace those of the same number; how many."""
        values = [
            {
                "number": account.number,
                "name": account.name,
                "kind": account.kind,
                "open": account.open,
                "cost_centre_use": account.cost_centre_use,
                "only_tax_code": account.only_tax_code,
            }
            for account in accounts
        ]
        self._chart = None
        return self._db.upsert(AccountRow, values, ("number",))

    def chart(self) -> Chart:
        """The whole chart."""
        if self._chart is None:
            rows = self._db.all(self._db.rows(AccountRow).order_by(AccountRow.number))
            accounts = tuple(
                Account(
                    row.number,
                    row.name,
                    cast("AccountKind", row.kind),
                    row.open,
                    cast("CostCentreUse", row.cost_centre_use),
                    row.only_tax_code,
                )
                for row in rows
            )
            self._chart = Chart(self._name, accounts)
        return self._chart

    def get(self, number: str) -> Account:
        """The account; refuses ``account_unknown``."""
        return self.chart().find(number)


class SqlCostCentreStore:
    """Cost centres; read once per unit of work."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self._all: tuple[CostCentre, ...] | None = None

    def save(self, cost_centres: Sequence[CostCentre]) -> int:
        """Insert, or replace those of the same code; how many."""
        values = [{"code": c.code, "name": c.name, "open": c.open} for c in cost_centres]
        self._all = None
        return self._db.upsert(CostCentreRow, values, ("code",))

    def all(self) -> Sequence[CostCentre]:
        """All by code."""
        if self._all is None:
            rows = self._db.all(self._db.rows(CostCentreRow).order_by(CostCentreRow.code))
            self._all = tuple(CostCentre(row.code, row.name, row.open) for row in rows)
        return self._all


class SqlTaxCodeStore:
    """Tax codes with their validity; read once per unit of work."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self._all: tuple[TaxCode, ...] | None = None

    def save(self, tax_codes: Sequence[TaxCode]) -> int:
        """Insert, or replace those of the same code and first day; how many."""
        values = [
            {
                "code": t.code,
                "name": t.name,
                "rate": t.rate,
                "direction": t.direction,
                "category": t.category,
                "valid_from": t.valid_from,
                "valid_to": t.valid_to,
                "tax_account": t.tax_account,
                "counter_account": t.counter_account,
            }
            for t in tax_codes
        ]
        self._all = None
        return self._db.upsert(TaxCodeRow, values, ("code", "valid_from"))

    def all(self) -> Sequence[TaxCode]:
        """All by code, then first day."""
        if self._all is None:
            statement = self._db.rows(TaxCodeRow).order_by(TaxCodeRow.code, TaxCodeRow.valid_from)
            self._all = tuple(_tax_code(row) for row in self._db.all(statement))
        return self._all

    def get(self, code: str, on: date) -> TaxCode:
        """The row that holds on the day; refuses where there is none."""
        return find_tax_code(self.all(), code, on)


def _tax_code(row: TaxCodeRow) -> TaxCode:
    return TaxCode(
        code=row.code,
        name=row.name,
        rate=row.rate,
        direction=cast("Direction", row.direction),
        category=cast("TaxCategory", row.category),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        tax_account=row.tax_account,
        counter_account=row.counter_account,
    )
