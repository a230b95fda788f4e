"""What all tables share: naming of constraints, the key, and the tenant every row belongs to."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from contor.adapters.db.column_types import Key, StoredText


class Base(DeclarativeBase):
    """Declarative base; constraints have stable names so that migrations can find them."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {int: BigInteger, str: StoredText}
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class TenantOwned:
    """A numbered row of one tenant; ``(tenant_id, id)`` is what children refer to."""

    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True, sort_order=-2)

    @declared_attr
    def tenant_id(self) -> Mapped[int]:
        """The tenant the row belongs to."""
        return mapped_column(ForeignKey("tenants.id"), sort_order=-1)


def owned(*constraints: Any) -> tuple[Any, ...]:
    """Table arguments of a tenant's parent table."""
    return (UniqueConstraint("tenant_id", "id"), *constraints)


def within_tenant(column: str, parent: str) -> ForeignKeyConstraint:
    """A reference that cannot leave the tenant."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{parent}.tenant_id", f"{parent}.id"])
