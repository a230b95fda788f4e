"""Tenants, users and who may enter which tenant."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contor.adapters.db.column_types import Instant, Key
from contor.adapters.db.tables.base import Base, TenantOwned


class TenantRow(Base):
    """A company whose books are kept."""

    __tablename__ = "tenants"
    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    country: Mapped[str]
    currency: Mapped[str]
    language: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)


class UserRow(Base):
    """A person; the e-mail address is kept in lower case."""

    __tablename__ = "users"
    id: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str]
    password_hash: Mapped[str]


class MembershipRow(TenantOwned, Base):
    """A person's role in a tenant."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("tenant_id", "user_id"),)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[str]
    active: Mapped[bool]
