"""The journal and the open items: appended, never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
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
    number: Mapped[str]
    fiscal_year: Mapped[int]
    sequence: Mapped[int]
    period: Mapped[str]
    booking_date: Mapped[date]
    document_date: Mapped[date | None]
    text: Mapped[str]
    reference: Mapped[str]
    source: Mapped[str | None]
    source_use: Mapped[int]
    reverses: Mapped[str | None]
    actor: Mapped[str]
    posted_at: Mapped[datetime] = mapped_column(Instant)
    chain_index: Mapped[int]
    hash: Mapped[str]


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
    account: Mapped[str]
    amount_minor: Mapped[int]
    currency: Mapped[str]
    text: Mapped[str]
    cost_centre: Mapped[str]
    tax_code: Mapped[str]
    party: Mapped[str]


class OpenItemRow(TenantOwned, Base):
    """An item as it was opened; what remains follows from its clearings."""

    __tablename__ = "open_items"
    __table_args__ = owned(
        UniqueConstraint("tenant_id", "kind", "party_number", "number"),
        Index(None, "tenant_id", "number"),
        Index(None, "tenant_id", "due_date"),
    )
    kind: Mapped[str]
    side: Mapped[str]
    number: Mapped[str]
    party_number: Mapped[str]
    party_name: Mapped[str]
    issue_date: Mapped[date]
    due_date: Mapped[date]
    gross_minor: Mapped[int]
    currency: Mapped[str]
    account: Mapped[str]
    discount_terms: Mapped[str]
    tax_shares: Mapped[list[Any]] = mapped_column(JsonText)
    order_reference: Mapped[str]
    contract_reference: Mapped[str]
    mandate_id: Mapped[str]
    end_to_end_id: Mapped[str]
    entry_number: Mapped[str]
    opened_minor: Mapped[int]


class ClearingRow(TenantOwned, Base):
    """What was taken off an open item; ``total_minor`` is money and deductions together."""

    __tablename__ = "clearings"
    __table_args__ = (
        within_tenant("item_id", "open_items"),
        Index(None, "tenant_id", "item_id"),
    )
    item_id: Mapped[int]
    cleared_on: Mapped[date]
    currency: Mapped[str]
    amount_minor: Mapped[int]
    discount_minor: Mapped[int | None]
    fee_minor: Mapped[int | None]
    write_off_minor: Mapped[int | None]
    total_minor: Mapped[int]
    payment: Mapped[str] = mapped_column(index=True)
    entry_number: Mapped[str]
    actor: Mapped[str]
    cleared_at: Mapped[datetime] = mapped_column(Instant)
