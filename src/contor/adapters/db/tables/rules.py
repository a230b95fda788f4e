"""A tenant's exact rules."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contor.adapters.db.column_types import Instant
from contor.adapters.db.tables.base import Base, TenantOwned


class BookingRuleRow(TenantOwned, Base):
    """One version of a rule."""

    __tablename__ = "booking_rules"
    __table_args__ = (UniqueConstraint("tenant_id", "number", "version"),)
    number: Mapped[int]
    version: Mapped[int]
    supplier_id: Mapped[str]
    supplier: Mapped[str]
    vat_id: Mapped[str]
    iban: Mapped[str]
    words: Mapped[str]
    account: Mapped[str]
    cost_centre: Mapped[str]
    tax_code: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    withdrawn: Mapped[bool]
    actor: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)
