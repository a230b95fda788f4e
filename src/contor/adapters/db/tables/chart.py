"""Accounts, cost centres, tax codes and fiscal periods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contor.adapters.db.column_types import ExactDecimal
from contor.adapters.db.tables.base import Base, TenantOwned


class AccountRow(TenantOwned, Base):
    """A ledger account."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)
    number: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    open: Mapped[bool]
    cost_centre_use: Mapped[str] = mapped_column(server_default="")
    only_tax_code: Mapped[str] = mapped_column(server_default="")


class CostCentreRow(TenantOwned, Base):
    """A cost centre."""

    __tablename__ = "cost_centres"
    __table_args__ = (UniqueConstraint("tenant_id", "code"),)
    code: Mapped[str]
    name: Mapped[str]
    open: Mapped[bool]


class TaxCodeRow(TenantOwned, Base):
    """One row of a tax code with the days it holds on."""

    __tablename__ = "tax_codes"
    __table_args__ = (UniqueConstraint("tenant_id", "code", "valid_from"),)
    code: Mapped[str]
    name: Mapped[str]
    rate: Mapped[Decimal] = mapped_column(ExactDecimal)
    direction: Mapped[str]
    category: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    tax_account: Mapped[str]
    counter_account: Mapped[str]


class FiscalPeriodRow(TenantOwned, Base):
    """A fiscal period; ``end_day`` is the first day after it."""

    __tablename__ = "fiscal_periods"
    __table_args__ = (UniqueConstraint("tenant_id", "name"),)
    name: Mapped[str]
    start_day: Mapped[date]
    end_day: Mapped[date]
    fiscal_year: Mapped[int]
    state: Mapped[str]
