"""Our bank accounts, statements, lines and match proposals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contor.adapters.db.column_types import Instant, JsonText
from contor.adapters.db.tables.base import Base, TenantOwned, owned, within_tenant


class BankAccountRow(TenantOwned, Base):
    """A bank account of the tenant."""

    __tablename__ = "bank_accounts"
    __table_args__ = (UniqueConstraint("tenant_id", "iban"),)
    iban: Mapped[str]
    name: Mapped[str]
    ledger_account: Mapped[str]
    currency: Mapped[str]
    bic: Mapped[str]
    provider: Mapped[str]


class BankStatementRow(TenantOwned, Base):
    """A statement as imported."""

    __tablename__ = "bank_statements"
    __table_args__ = owned()
    account_iban: Mapped[str]
    number: Mapped[str]
    currency: Mapped[str]
    start_day: Mapped[date | None]
    end_day: Mapped[date | None]
    opening_minor: Mapped[int | None]
    closing_minor: Mapped[int | None]
    sha256: Mapped[str]
    imported_at: Mapped[datetime] = mapped_column(Instant)


class BankLineRow(TenantOwned, Base):
    """A bank line; the natural key and its occurrence make it unique."""

    __tablename__ = "bank_lines"
    __table_args__ = owned(
        within_tenant("statement_id", "bank_statements"),
        UniqueConstraint("tenant_id", "natural_key", "occurrence"),
        Index(None, "tenant_id", "booking_date"),
    )
    statement_id: Mapped[int]
    natural_key: Mapped[str]
    occurrence: Mapped[int]
    account_iban: Mapped[str]
    booking_date: Mapped[date]
    value_date: Mapped[date | None]
    amount_minor: Mapped[int]
    currency: Mapped[str]
    counterparty_name: Mapped[str]
    counterparty_iban: Mapped[str]
    remittance: Mapped[str]
    end_to_end_id: Mapped[str]
    mandate_id: Mapped[str]
    creditor_id: Mapped[str]
    transaction_code: Mapped[str]
    return_reason: Mapped[str]
    bank_reference: Mapped[str]


class MatchProposalRow(TenantOwned, Base):
    """What the matching proposed for a line."""

    __tablename__ = "match_proposals"
    __table_args__ = (
        within_tenant("bank_line_id", "bank_lines"),
        Index(None, "tenant_id", "bank_line_id", "id"),
    )
    bank_line_id: Mapped[int]
    run_id: Mapped[str]
    status: Mapped[str]
    confidence: Mapped[float]
    content: Mapped[dict[str, Any]] = mapped_column(JsonText)
    proposed_at: Mapped[datetime] = mapped_column(Instant)
