"""Contracts, usage, drafts, invoices and number series."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contor.adapters.db.column_types import ExactDecimal, Instant, JsonText
from contor.adapters.db.tables.base import Base, TenantOwned, owned


class ContractVersionRow(TenantOwned, Base):
    """One version of a contract."""

    __tablename__ = "contract_versions"
    __table_args__ = (UniqueConstraint("tenant_id", "number", "version"),)
    number: Mapped[str]
    version: Mapped[int]
    customer_number: Mapped[str]
    valid_from: Mapped[date]
    text: Mapped[str]
    actor: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)


class UsageEventRow(TenantOwned, Base):
    """A metered event."""

    __tablename__ = "usage_events"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        Index(None, "tenant_id", "contract", "happened_at"),
    )
    key: Mapped[str]
    happened_at: Mapped[datetime] = mapped_column(Instant)
    contract: Mapped[str]
    meter: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(ExactDecimal)


class InvoiceDraftRow(TenantOwned, Base):
    """An invoice not issued yet."""

    __tablename__ = "invoice_drafts"
    __table_args__ = owned(UniqueConstraint("tenant_id", "key"))
    key: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JsonText)
    created_at: Mapped[datetime] = mapped_column(Instant)


class InvoiceRow(TenantOwned, Base):
    """An issued invoice or credit note."""

    __tablename__ = "invoices"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number"),
        UniqueConstraint("tenant_id", "series", "sequence"),
        UniqueConstraint("tenant_id", "draft_id"),
        UniqueConstraint("tenant_id", "chain_index"),
        Index(None, "tenant_id", "customer_number"),
    )
    number: Mapped[str]
    series: Mapped[str | None]
    sequence: Mapped[int | None]
    kind: Mapped[str]
    customer_number: Mapped[str]
    issue_date: Mapped[date]
    gross_minor: Mapped[int]
    currency: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JsonText)
    entry_number: Mapped[str]
    draft_id: Mapped[int | None]
    corrects: Mapped[str]
    actor: Mapped[str]
    issued_at: Mapped[datetime] = mapped_column(Instant)
    chain_index: Mapped[int]
    hash: Mapped[str]


class NumberSeriesRow(TenantOwned, Base):
    """A number series: the number taken last."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("tenant_id", "series"),)
    series: Mapped[str]
    first: Mapped[int]
    last: Mapped[int]


class VoidNumberRow(TenantOwned, Base):
    """A number taken and not used, with the cause."""

    __tablename__ = "void_numbers"
    __table_args__ = (UniqueConstraint("tenant_id", "series", "number"),)
    series: Mapped[str]
    number: Mapped[int]
    cause: Mapped[str]
    actor: Mapped[str]
    voided_at: Mapped[datetime] = mapped_column(Instant)
