"""Customers and suppliers with addresses, VAT-IDs and bank accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contor.adapters.db.column_types import JsonText
from contor.adapters.db.tables.base import Base, TenantOwned, owned, within_tenant


class PartyRow(TenantOwned, Base):
    """A customer, a supplier, or both."""

    __tablename__ = "parties"
    __table_args__ = owned(UniqueConstraint("tenant_id", "number"))
    number: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    email: Mapped[str]
    tax_number: Mapped[str]
    language: Mapped[str]
    aliases: Mapped[list[str]] = mapped_column(JsonText)
    details: Mapped[dict[str, Any]] = mapped_column(JsonText)


class PartyAddressRow(TenantOwned, Base):
    """A postal address of a party."""

    __tablename__ = "party_addresses"
    __table_args__ = (within_tenant("party_id", "parties"),)
    party_id: Mapped[int] = mapped_column(index=True)
    street: Mapped[str]
    postcode: Mapped[str]
    city: Mapped[str]
    country: Mapped[str]
    seen_at: Mapped[date | None]


class PartyVatIdRow(TenantOwned, Base):
    """A VAT-ID of a party."""

    __tablename__ = "party_vat_ids"
    __table_args__ = (within_tenant("party_id", "parties"),)
    party_id: Mapped[int] = mapped_column(index=True)
    vat_id: Mapped[str] = mapped_column(index=True)


class PartyBankAccountRow(TenantOwned, Base):
    """A bank account of a party."""

    __tablename__ = "party_bank_accounts"
    __table_args__ = (
        within_tenant("party_id", "parties"),
        UniqueConstraint("tenant_id", "party_id", "iban"),
    )
    party_id: Mapped[int]
    iban: Mapped[str] = mapped_column(index=True)
    bic: Mapped[str]
    first_seen: Mapped[date | None]
    last_seen: Mapped[date | None]
    blocked: Mapped[bool]
