"""Export the journal as rows of text: everything an auditor needs to follow an entry."""

from __future__ import annotations

from collections.abc import Iterator

from contor.ports.store import UnitOfWork

COLUMNS = (
    "number", "date", "document_date", "reference", "account", "debit", "credit", "currency",
    "cost_centre", "tax_code", "party", "text", "source", "reverses", "actor", "posted_at", "hash",
)  # fmt: skip


def journal_rows(uow: UnitOfWork) -> Iterator[tuple[str, ...]]:
    """A row per journal line in the order of posting; columns as in ``COLUMNS``."""
    for record in uow.journal.all():
        entry = record.posted.entry
        for line in entry.lines:
            yield (
                record.posted.number,
                entry.booking_date.isoformat(),
                entry.document_date.isoformat() if entry.document_date else "",
                entry.reference,
                line.account,
                str(line.debit.amount) if line.debit else "",
                str(line.credit.amount) if line.credit else "",
                line.amount.currency,
                line.cost_centre,
                line.tax_code,
                line.party,
                line.text or entry.text,
                entry.source,
                entry.reverses,
                record.actor,
                record.posted_at.isoformat(),
                record.hash,
            )
