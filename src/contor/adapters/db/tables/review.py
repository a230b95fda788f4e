"""Review items, decisions and labels."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from contor.adapters.db.column_types import Instant, JsonText
from contor.adapters.db.tables.base import Base, TenantOwned, owned, within_tenant


class ReviewItemRow(TenantOwned, Base):
    """A subject that waits (or waited) for a person."""

    __tablename__ = "review_items"
    __table_args__ = owned(Index(None, "tenant_id", "kind", "subject_id", "id"))
    kind: Mapped[str]
    subject_id: Mapped[int]
    title: Mapped[str]
    party: Mapped[str]
    on_day: Mapped[date | None]
    amount_minor: Mapped[int | None]
    currency: Mapped[str | None]
    reasons: Mapped[list[str]] = mapped_column(JsonText)
    confidence: Mapped[float]
    priority: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant)


class DecisionRow(TenantOwned, Base):
    """A person's verdict."""

    __tablename__ = "decisions"
    __table_args__ = (
        within_tenant("item_id", "review_items"),
        Index(None, "tenant_id", "item_id"),
    )
    item_id: Mapped[int]
    verdict: Mapped[str]
    actor: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(Instant)
    what: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    after: Mapped[dict[str, Any] | None] = mapped_column(JsonText)


class LabelRow(TenantOwned, Base):
    """A coded line the models learn from."""

    __tablename__ = "labels"
    __table_args__ = (Index(None, "tenant_id", "day", "id"),)
    day: Mapped[date]
    supplier: Mapped[str]
    supplier_id: Mapped[str]
    description: Mapped[str]
    amount_minor: Mapped[int]
    currency: Mapped[str]
    account: Mapped[str]
    cost_centre: Mapped[str]
    tax_code: Mapped[str]
    source: Mapped[str]
    actor: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int | None]
    columns: Mapped[dict[str, str] | None] = mapped_column(JsonText)
