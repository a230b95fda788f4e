"""Natural keys of documents."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from contor.adapters.db.tables.base import Base, TenantOwned, within_tenant


class DocumentKeyRow(TenantOwned, Base):
    """A key (supplier, number, gross total) and the document that had it first."""

    __tablename__ = "document_keys"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        within_tenant("document_id", "documents"),
    )
    key: Mapped[str]
    document_id: Mapped[int]
