"""Layouts learnt from confirmed documents, and the keys they are found by."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from contor.adapters.db.column_types import Instant, JsonText
from contor.adapters.db.tables.base import Base, TenantOwned, owned, within_tenant


class SupplierLayoutRow(TenantOwned, Base):
    """What one confirmed document taught about its supplier's paper."""

    __tablename__ = "supplier_layouts"
    __table_args__ = owned(within_tenant("document_id", "documents"))
    document_id: Mapped[int]
    supplier: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JsonText)
    actor: Mapped[str]
    learnt_at: Mapped[datetime] = mapped_column(Instant)


class SupplierLayoutKeyRow(TenantOwned, Base):
    """A key (VAT-ID, IBAN, name ...) by which a layout is found."""

    __tablename__ = "supplier_layout_keys"
    __table_args__ = (
        within_tenant("layout_id", "supplier_layouts"),
        Index(None, "tenant_id", "key", "layout_id"),
    )
    key: Mapped[str]
    layout_id: Mapped[int]
