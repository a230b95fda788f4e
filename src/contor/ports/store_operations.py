"""The archive's index, the outbox, the runs and the settings of a tenant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

OutboxState = Literal["waiting", "sending", "sent", "failed", "dropped"]
RunState = Literal["started", "resumed", "stopped", "done", "failed"]


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """A file in the archive: what it is and what it belongs to (``document:17``)."""

    sha256: str
    size: int
    media_type: str
    kind: str
    subject: str
    archived_at: datetime
    filename: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """Something to be sent after commit. ``key`` makes sending twice impossible."""

    key: str
    kind: str
    payload: Mapping[str, Any]
    created_at: datetime
    state: OutboxState = "waiting"
    attempts: int = 0
    detail: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run of the service; ``id`` is its meaning, such as ``billing:demo:2026-10``."""

    id: str
    kind: str
    state: RunState
    started_at: datetime
    changed_at: datetime
    parameters: Mapping[str, Any]
    report: Mapping[str, Any] | None = None


class ArchiveIndexStore(Protocol):
    """Index of archived files, appended, hash-chained."""

    def add(self, file: ArchivedFile) -> ArchivedFile:
        """Append; the same file for the same subject is indexed once."""
        ...

    def by_sha256(self, sha256: str) -> Sequence[ArchivedFile]:
        """What is known about these bytes."""
        ...

    def about(self, subject: str) -> Sequence[ArchivedFile]:
        """Files of a subject, oldest first."""
        ...

    def all(self) -> Sequence[ArchivedFile]:
        """The whole index in order."""
        ...


class OutboxStore(Protocol):
    """Messages to send; their states are appended."""

    def add(self, message: OutboxMessage) -> OutboxMessage:
        """Append; the stored message where the key is known already."""
        ...

    def waiting(self, kind: str | None = None, *, limit: int = 100) -> Sequence[OutboxMessage]:
        """Messages that wait (or failed and may be tried again), oldest first."""
        ...

    def set_state(
        self, message_id: int, state: OutboxState, at: datetime, detail: str = ""
    ) -> OutboxMessage:
        """Append the new state."""
        ...

    def all(self) -> Sequence[OutboxMessage]:
        """Every message, oldest first."""
        ...


class RunStore(Protocol):
    """Runs of the service; their states are appended."""

    def start(
        self, run_id: str, kind: str, at: datetime, parameters: Mapping[str, Any] | None = None
    ) -> RunRecord:
        """Record the start; a known run is returned as it is."""
        ...

    def record(
        self,
        run_id: str,
        state: RunState,
        at: datetime,
        report: Mapping[str, Any] | None = None,
    ) -> RunRecord:
        """Append the new state; refuses ``run_unknown``."""
        ...

    def get(self, run_id: str) -> RunRecord | None:
        """The run with its present state, or None."""
        ...

    def recent(self, kind: str | None = None, *, limit: int = 50) -> Sequence[RunRecord]:
        """The youngest runs first."""
        ...


class TenantSettingsStore(Protocol):
    """Settings of a tenant as JSON objects by name; versions are appended."""

    def current(self, name: str) -> Mapping[str, Any] | None:
        """The youngest version, or None."""
        ...

    def add(self, name: str, content: Mapping[str, Any], actor: str, at: datetime) -> int:
        """Append a version; its number."""
        ...
