"""The journal of one tenant: checked by the ledger, numbered, chained, appended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func

from contor.adapters.db.stores.chains import Chains
from contor.adapters.db.stores.chart import SqlChartStore, SqlCostCentreStore
from contor.adapters.db.stores.journal_rows import entry_content, line_values, records
from contor.adapters.db.stores.numbers import SqlNumberStore
from contor.adapters.db.stores.periods import SqlPeriodStore
from contor.adapters.db.tables.journal import JournalEntryRow, JournalLineRow
from contor.adapters.db.tenant_session import TenantSession
from contor.errors import Refusal
from contor.ledger.entry import JournalEntry
from contor.ledger.posting import PostedEntry, check_postable, post, reverse
from contor.ports.store_ledger import JournalRecord


class SqlJournalStore:
    """The journal."""

    def __init__(
        self, db: TenantSession, accounts: SqlChartStore, cost_centres: SqlCostCentreStore
    ) -> None:
        self._db = db
        self._accounts = accounts
        self._cost_centres = cost_centres
        self._periods = SqlPeriodStore(db)
        self._numbers = SqlNumberStore(db)
        self._chains = Chains(db)

    def post(self, entry: JournalEntry, *, actor: str, at: datetime) -> PostedEntry:
        """Check, take the number, append.

        Everything that can be refused is refused before the number is taken, and the chain is
        locked before anything is looked up: two posters of one source cannot both succeed.
        """
        self._chains.lock("journal")
        uses = self._uses(entry.source)
        standing = uses > 0 and uses > self._reversals(entry.source)
        facts: dict[str, Any] = {
            "chart": self._accounts.chart(),
            "periods": self._periods.of_day(entry.booking_date),
            "cost_centres": self._cost_centres.all(),
        }
        period = check_postable(entry, **facts)
        checked = post(entry, sequence=0, posted_already=standing, **facts)
        sequence = self._numbers.take(f"journal:{period.fiscal_year}")
        posted = replace(checked, sequence=sequence)
        self._append(posted, uses + 1, actor, at)
        return posted

    def reverse(
        self, number: str, *, on: date, reason: str, actor: str, at: datetime
    ) -> PostedEntry:
        """Post the reversing entry; refuses ``entry_unknown``, ``reversed_already``."""
        self._chains.lock("journal")
        record = self.get(number)
        reversed_already = bool(record.reversed_by)
        reversal = reverse(record.posted, on=on, reason=reason, reversed_already=reversed_already)
        return self.post(reversal, actor=actor, at=at)

    def get(self, number: str) -> JournalRecord:
        """The entry of this number; refuses ``entry_unknown``."""
        row = self._db.first(self._db.rows(JournalEntryRow).where(JournalEntryRow.number == number))
        if row is None:
            raise Refusal(
                "entry_unknown",
                "There is no journal entry {number}.",
                "Look it up in the journal.",
                number=number,
            )
        return records(self._db, [row])[0]

    def by_source(self, source: str) -> JournalRecord | None:
        """The entry posted last for this source, or None."""
        statement = self._db.rows(JournalEntryRow).where(JournalEntryRow.source == source)
        row = self._db.first(statement.order_by(JournalEntryRow.source_use.desc()))
        return None if row is None else records(self._db, [row])[0]

    def all(self, *, start: date | None = None, end: date | None = None) -> Sequence[JournalRecord]:
        """Entries booked in ``[start, end)`` in the order they were posted."""
        statement = self._db.rows(JournalEntryRow).order_by(JournalEntryRow.chain_index)
        if start is not None:
            statement = statement.where(JournalEntryRow.booking_date >= start)
        if end is not None:
            statement = statement.where(JournalEntryRow.booking_date < end)
        return records(self._db, self._db.all(statement))

    def _uses(self, source: str) -> int:
        if not source:
            return 0
        statement = self._db.rows(JournalEntryRow).where(JournalEntryRow.source == source)
        return self._db.session.scalar(statement.with_only_columns(func.count())) or 0

    def _reversals(self, source: str) -> int:
        """How many entries of the source were taken back."""
        numbers = (
            self._db.rows(JournalEntryRow)
            .where(JournalEntryRow.source == source)
            .with_only_columns(JournalEntryRow.number)
        )
        statement = (
            self._db.rows(JournalEntryRow)
            .where(JournalEntryRow.reverses.in_(numbers))
            .with_only_columns(func.count())
        )
        return self._db.session.scalar(statement) or 0

    def _append(self, posted: PostedEntry, source_use: int, actor: str, at: datetime) -> None:
        link = self._chains.append("journal", entry_content(posted, actor, at))
        entry = posted.entry
        row = self._db.append(
            JournalEntryRow(
                number=posted.number,
                fiscal_year=posted.fiscal_year,
                sequence=posted.sequence,
                period=posted.period,
                booking_date=entry.booking_date,
                document_date=entry.document_date,
                text=entry.text,
                reference=entry.reference,
                source=entry.source or None,
                source_use=source_use,
                reverses=entry.reverses or None,
                actor=actor,
                posted_at=at,
                chain_index=link.index,
                hash=link.hash,
            )
        )
        self._db.append_many(JournalLineRow, line_values(row.id, posted))
