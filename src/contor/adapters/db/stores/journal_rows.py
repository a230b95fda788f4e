"""Between journal rows and journal records, and the content that the hash chain covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from contor.adapters.db.tables.journal import JournalEntryRow, JournalLineRow
from contor.adapters.db.tenant_session import CHUNK, TenantSession
from contor.ledger.entry import JournalEntry, JournalLine
from contor.ledger.posting import PostedEntry
from contor.money import Money
from contor.ports.store_ledger import JournalRecord


def entry_content(posted: PostedEntry, actor: str, at: datetime) -> dict[str, Any]:
    """What the chain covers: everything a reader of the journal sees."""
    entry = posted.entry
    return {
        "number": posted.number,
        "period": posted.period,
        "booking_date": entry.booking_date,
        "document_date": entry.document_date,
        "text": entry.text,
        "reference": entry.reference,
        "source": entry.source,
        "reverses": entry.reverses,
        "actor": actor,
        "posted_at": at,
        "lines": [
            [x.account, x.amount, x.text, x.cost_centre, x.tax_code, x.party] for x in entry.lines
        ],
    }


def line_values(entry_id: int, posted: PostedEntry) -> list[dict[str, Any]]:
    """The rows of an entry's lines."""
    return [
        {
            "entry_id": entry_id,
            "position": position,
            "account": line.account,
            "amount_minor": line.amount.minor,
            "currency": line.amount.currency,
            "text": line.text,
            "cost_centre": line.cost_centre,
            "tax_code": line.tax_code,
            "party": line.party,
        }
        for position, line in enumerate(posted.entry.lines, start=1)
    ]


def records(db: TenantSession, rows: Sequence[JournalEntryRow]) -> list[JournalRecord]:
    """The records of entry rows, in their order."""
    lines: defaultdict[int, list[JournalLine]] = defaultdict(list)
    reversed_by: dict[str, str] = {}
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        ids = [row.id for row in chunk]
        found = db.all(
            db.rows(JournalLineRow)
            .where(JournalLineRow.entry_id.in_(ids))
            .order_by(JournalLineRow.entry_id, JournalLineRow.position)
        )
        for line in found:
            lines[line.entry_id].append(_line(line))
        reversals = db.rows(JournalEntryRow).where(
            JournalEntryRow.reverses.in_([row.number for row in chunk])
        )
        reversed_by |= {row.reverses or "": row.number for row in db.all(reversals)}
    return [_record(row, lines[row.id], reversed_by.get(row.number, "")) for row in rows]


def _line(row: JournalLineRow) -> JournalLine:
    return JournalLine(
        account=row.account,
        amount=Money(row.amount_minor, row.currency),
        text=row.text,
        cost_centre=row.cost_centre,
        tax_code=row.tax_code,
        party=row.party,
    )


def _record(row: JournalEntryRow, lines: Sequence[JournalLine], reversed_by: str) -> JournalRecord:
    entry = JournalEntry(
        booking_date=row.booking_date,
        text=row.text,
        lines=tuple(lines),
        source=row.source or "",
        reference=row.reference,
        document_date=row.document_date,
        reverses=row.reverses or "",
    )
    posted = PostedEntry(entry, row.fiscal_year, row.sequence, row.period)
    return JournalRecord(posted, row.actor, row.posted_at, row.hash, reversed_by)
