"""Archive index, outbox, runs, settings, states of everything, and the tails of the chains."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from contor.adapters.db.column_types import Instant, JsonText
from contor.adapters.db.tables.base import Base, TenantOwned, owned


class ArchivedFileRow(TenantOwned, Base):
    """A file in the archive and what it belongs to."""

    __tablename__ = "archived_files"
    __table_args__ = (
        UniqueConstraint("tenant_id", "sha256", "kind", "subject"),
        UniqueConstraint("tenant_id", "chain_index"),
        Index(None, "tenant_id", "subject"),
    )
    sha256: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    filename: Mapped[str]
    archived_at: Mapped[datetime] = mapped_column(Instant)
    chain_index: Mapped[int]
    hash: Mapped[str]


class OutboxMessageRow(TenantOwned, Base):
    """Something to be sent."""

    __tablename__ = "outbox_messages"
    __table_args__ = owned(UniqueConstraint("tenant_id", "key"))
    key: Mapped[str]
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JsonText)
    created_at: Mapped[datetime] = mapped_column(Instant)


class RunRow(TenantOwned, Base):
    """A run of the service."""

    __tablename__ = "runs"
    __table_args__ = owned(UniqueConstraint("tenant_id", "run_id"))
    run_id: Mapped[str]
    kind: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(Instant)
    parameters: Mapped[dict[str, Any]] = mapped_column(JsonText)


class TenantSettingRow(TenantOwned, Base):
    """One version of a named setting."""

    __tablename__ = "tenant_settings"
    __table_args__ = (UniqueConstraint("tenant_id", "name", "version"),)
    name: Mapped[str]
    version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JsonText)
    actor: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Instant)


class CurrentStateRow(TenantOwned, Base):
    """The present state of a subject: what the appended events come to."""

    __tablename__ = "current_states"
    __table_args__ = (
        UniqueConstraint("tenant_id", "subject_kind", "subject_id"),
        Index(None, "tenant_id", "subject_kind", "state", "subject_id"),
    )
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    state: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(Instant)
    detail: Mapped[str]
    content: Mapped[dict[str, Any] | None] = mapped_column(JsonText)


class StateEventRow(TenantOwned, Base):
    """A change of state, appended."""

    __tablename__ = "state_events"
    __table_args__ = (Index(None, "tenant_id", "subject_kind", "subject_id"),)
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    state: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str]
    detail: Mapped[str]
    content: Mapped[dict[str, Any] | None] = mapped_column(JsonText)


class ChainTailRow(TenantOwned, Base):
    """The last hash of a chain and how many rows it has; locked while a row is appended."""

    __tablename__ = "chain_tails"
    __table_args__ = (UniqueConstraint("tenant_id", "chain"),)
    chain: Mapped[str]
    count: Mapped[int]
    hash: Mapped[str]
