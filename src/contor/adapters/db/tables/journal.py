"""The journal and the open items: appended, never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contor.adapters.db.column_types import Instant, JsonText
from contor.adapters.db.tables.base import Base, TenantOwned, owned, within_tenant


class JournalEntryRow(TenantOwned, Base):
    """A posted entry. ``source_use`` counts how often its source was posted (after reversals)."""

    __tablename__ = "journal_entries"
    __table_args__ = owned(
        UniqueConstraint("tenant_id", "fiscal_year", "sequence"),
        UniqueConstraint("tenant_id", "number"),
        UniqueConstraint("tenant_id", "source", "source_use"),
        UniqueConstraint("tenant_id", "reverses"),
        UniqueConstraint("tenant_id", "chain_index"),
        Index(None, "tenant_id", "booking_date"),
    )
    number: Mapped[str] = mapped_column(String(30))
    fiscal_year: Mapped[int]
    sequence: Mapped[int]
    period: Mapped[str] = mapped_column(String(20))
    booking_date: Mapped[date]
    document_date: Mapped[date | None]
    text: Mapped[str]
    reference: Mapped[str]
    source: Mapped[str | None] = mapped_column(String(200))
    source_use: Mapped[int]
    reverses: Mapped[str | None] = mapped_column(String(30))
    actor: Mapped[str]
    posted_at: Mapped[datetime] = mapped_column(Instant)
    chain_index: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class JournalLineRow(TenantOwned, Base):
    """A line of an entry; ``amount_minor`` is signed, debit positive."""

    __tablename__ = "journal_lines"
    __table_args__ = (
        within_tenant("entry_id", "journal_entries"),
        UniqueConstraint("tenant_id", "entry_id", "position"),
        Index(None, "tenant_id", "account"),
    )
    entry_id: Mapped[int]
    position: Mapped[int]
    account: Mapped[str] = mapped_column(String(20))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    text: Mapped[str]
    cost_centre: Mapped[str] = mapped_column(String(60))
    tax_code: Mapped[str] = mapped_column(String(20))
    party: Mapped[str] = mapped_column(String(60))


class OpenItemRow(TenantOwned, Base):
    """An item as it was opened; what remains follows from its clearings."""

    __tablename__ = "open_items"
    __table_args__ = owned(
        UniqueConstraint("tenant_id", "kind", "party_number", "number"),
        Index(None, "tenant_id", "number"),
        Index(None, "tenant_id", "due_date"),
    )
    kind: Mapped[str] = mapped_column(String(20))
    side: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(120))
    party_number: Mapped[str] = mapped_column(String(60))
    party_name: Mapped[str]
    issue_date: Mapped[date]
    due_date: Mapped[date]
    gross_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    account: Mapped[str]
    discount_terms: Mapped[str]
    tax_shares: Mapped[list[Any]] = mapped_column(JsonText)
    order_reference: Mapped[str]
    contract_reference: Mapped[str]
    mandate_id: Mapped[str]
    end_to_end_id: Mapped[str]
    entry_number: Mapped[str]
    opened_minor: Mapped[int] = mapped_column(BigInteger)


class ClearingRow(TenantOwned, Base):
    """What was taken off an open item; ``total_minor`` is money and deductions together."""

    __tablename__ = "clearings"
    __table_args__ = (
        within_tenant("item_id", "open_items"),
        Index(None, "tenant_id", "item_id"),
    )
    item_id: Mapped[int]
    cleared_on: Mapped[date]
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    discount_minor: Mapped[int | None] = mapped_column(BigInteger)
    fee_minor: Mapped[int | None] = mapped_column(BigInteger)
    write_off_minor: Mapped[int | None] = mapped_column(BigInteger)
    total_minor: Mapped[int] = mapped_column(BigInteger)
    payment: Mapped[str] = mapped_column(String(200), index=True)
    entry_number: Mapped[str]
    actor: Mapped[str]
    cleared_at: Mapped[datetime] = mapped_column(Instant)
