"""Mapped tables, one module per room; known to the database adapter alone."""

from contor.adapters.db.tables import (
    bank,
    billing,
    chart,
    document_keys,
    documents,
    journal,
    operations,
    parties,
    people,
    review,
    rules,
    supplier_layouts,
)
from contor.adapters.db.tables.base import Base

__all__ = [
    "Base",
    "bank",
    "billing",
    "chart",
    "document_keys",
    "documents",
    "journal",
    "operations",
    "parties",
    "people",
    "review",
    "rules",
    "supplier_layouts",
]
