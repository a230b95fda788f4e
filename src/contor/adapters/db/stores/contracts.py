"""Contracts and usage of one tenant, appended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func

from contor.adapters.db.tables.billing import ContractVersionRow, UsageEventRow
from contor.adapters.db.tenant_session import CHUNK, TenantSession
from contor.errors import Refusal
from contor.ports.store_billing import ContractVersion, UsageEvent


class SqlContractStore:
    """Contracts; versions are appended."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def add(self, version: ContractVersion) -> ContractVersion:
        """Append the next version of the contract."""
        newest = (
            self._db.rows(ContractVersionRow)
            .where(ContractVersionRow.number == version.number)
            .with_only_columns(func.max(ContractVersionRow.version))
        )
        return _version(
            self._db.append(
                ContractVersionRow(
                    number=version.number,
                    version=(self._db.session.scalar(newest) or 0) + 1,
                    customer_number=version.customer_number,
                    valid_from=version.valid_from,
                    text=version.text,
                    actor=version.actor,
                    created_at=version.created_at,
                )
            )
        )

    def current(self, number: str, on: date | None = None) -> ContractVersion | None:
        """The version that holds on the day, or None."""
        return _holding(self.versions(number), on)

    def all(self, on: date | None = None) -> Sequence[ContractVersion]:
        """The version of every contract that holds on the day, by number."""
        statement = self._db.rows(ContractVersionRow).order_by(
            ContractVersionRow.number, ContractVersionRow.version
        )
        by_number: dict[str, list[ContractVersion]] = {}
        for row in self._db.all(statement):
            by_number.setdefault(row.number, []).append(_version(row))
        holding = (_holding(versions, on) for versions in by_number.values())
        return [version for version in holding if version is not None]

    def versions(self, number: str) -> Sequence[ContractVersion]:
        """Every version, oldest first."""
        statement = self._db.rows(ContractVersionRow).where(ContractVersionRow.number == number)
        return [
            _version(row) for row in self._db.all(statement.order_by(ContractVersionRow.version))
        ]


class SqlUsageStore:
    """Usage, appended; an event sent twice counts once."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def add(self, events: Sequence[UsageEvent]) -> int:
        """Append in bulk; the number that was new. Refuses ``usage_conflict``."""
        fresh: dict[str, UsageEvent] = {}
        for event in events:
            _same_or_refuse(fresh.setdefault(event.key, event), event)
        for known in self._known(list(fresh)):
            _same_or_refuse(known, fresh.pop(known.key))
        return self._db.append_many(
            UsageEventRow,
            [
                {
                    "key": e.key,
                    "happened_at": e.timestamp,
                    "contract": e.contract,
                    "meter": e.meter,
                    "quantity": e.quantity,
                }
                for e in fresh.values()
            ],
        )

    def of_contract(self, contract: str, start: datetime, end: datetime) -> Sequence[UsageEvent]:
        """Events of ``[start, end)`` by time."""
        statement = self._db.rows(UsageEventRow).where(
            UsageEventRow.contract == contract,
            UsageEventRow.happened_at >= start,
            UsageEventRow.happened_at < end,
        )
        ordered = statement.order_by(UsageEventRow.happened_at, UsageEventRow.id)
        return [_event(row) for row in self._db.all(ordered)]

    def _known(self, keys: Sequence[str]) -> list[UsageEvent]:
        found: list[UsageEvent] = []
        for start in range(0, len(keys), CHUNK):
            wanted = UsageEventRow.key.in_(keys[start : start + CHUNK])
            rows = self._db.all(self._db.rows(UsageEventRow).where(wanted))
            found += [_event(row) for row in rows]
        return found


def _holding(versions: Sequence[ContractVersion], on: date | None) -> ContractVersion | None:
    """Of the versions already valid on the day, the one agreed last."""
    valid = [version for version in versions if on is None or version.valid_from <= on]
    return valid[-1] if valid else None


def _same_or_refuse(known: UsageEvent, event: UsageEvent) -> None:
    facts = [(e.timestamp, e.contract, e.meter, e.quantity) for e in (known, event)]
    if facts[0] != facts[1]:
        raise Refusal(
            "usage_conflict",
            "The usage event {key} came before with another content.",
            "Send a correction under an id of its own.",
            key=event.key,
        )


def _version(row: ContractVersionRow) -> ContractVersion:
    return ContractVersion(
        id=row.id,
        number=row.number,
        version=row.version,
        customer_number=row.customer_number,
        valid_from=row.valid_from,
        text=row.text,
        actor=row.actor,
        created_at=row.created_at,
    )


def _event(row: UsageEventRow) -> UsageEvent:
    return UsageEvent(
        id=row.id,
        key=row.key,
        timestamp=row.happened_at,
        contract=row.contract,
        meter=row.meter,
        quantity=row.quantity,
    )
