"""Runs of the service and settings of one tenant; both appended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from contor.adapters.db.stores.states import States
from contor.adapters.db.tables.operations import CurrentStateRow, RunRow, TenantSettingRow
from contor.adapters.db.tenant_session import TenantSession
from contor.errors import Refusal
from contor.ports.store_operations import RunRecord, RunState


class SqlRunStore:
    """Runs; their states are appended, the report comes with the last one."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self._states = States(db, "run")

    def start(
        self, run_id: str, kind: str, at: datetime, parameters: Mapping[str, Any] | None = None
    ) -> RunRecord:
        """Record the start; a known run is returned as it is."""
        known = self.get(run_id)
        if known is not None:
            return known
        row = self._db.append(
            RunRow(run_id=run_id, kind=kind, started_at=at, parameters=dict(parameters or {}))
        )
        self._states.begin([row.id], "started", [at])
        return RunRecord(run_id, kind, "started", at, at, row.parameters)

    def record(
        self, run_id: str, state: RunState, at: datetime, report: Mapping[str, Any] | None = None
    ) -> RunRecord:
        """Append the new state; refuses ``run_unknown``."""
        row = self._db.first(self._db.rows(RunRow).where(RunRow.run_id == run_id))
        if row is None:
            raise Refusal(
                "run_unknown",
                "There is no run {run}.",
                "Start it first.",
                run=run_id,
            )
        self._states.change(row.id, state, at, content=None if report is None else dict(report))
        recorded = self.get(run_id)
        assert recorded is not None
        return recorded

    def get(self, run_id: str) -> RunRecord | None:
        """The run with its present state, or None."""
        row = self._db.first(self._db.rows(RunRow).where(RunRow.run_id == run_id))
        return None if row is None else _run(row, self._states.of(row.id))

    def recent(self, kind: str | None = None, *, limit: int = 50) -> Sequence[RunRecord]:
        """The youngest runs first."""
        statement = self._states.joined(RunRow).order_by(RunRow.id.desc()).limit(limit)
        if kind is not None:
            statement = statement.where(RunRow.kind == kind)
        return [_run(*found) for found in self._db.session.execute(statement)]


class SqlTenantSettingsStore:
    """Settings as JSON objects by name; versions are appended."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def current(self, name: str) -> Mapping[str, Any] | None:
        """The youngest version, or None."""
        row = self._newest(name)
        return None if row is None else row.content

    def add(self, name: str, content: Mapping[str, Any], actor: str, at: datetime) -> int:
        """Append a version; its number."""
        newest = self._newest(name)
        row = self._db.append(
            TenantSettingRow(
                name=name,
                version=1 if newest is None else newest.version + 1,
                content=dict(content),
                actor=actor,
                created_at=at,
            )
        )
        return row.version

    def _newest(self, name: str) -> TenantSettingRow | None:
        statement = self._db.rows(TenantSettingRow).where(TenantSettingRow.name == name)
        return self._db.first(statement.order_by(TenantSettingRow.version.desc()))


def _run(row: RunRow, current: CurrentStateRow) -> RunRecord:
    return RunRecord(
        id=row.run_id,
        kind=row.kind,
        state=cast("RunState", current.state),
        started_at=row.started_at,
        changed_at=current.changed_at,
        parameters=row.parameters,
        report=current.content,
    )
