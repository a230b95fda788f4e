"""Issued invoices of one tenant: appended, hash-chained, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from contor.adapters.db.stores.chains import Chains
from contor.adapters.db.tables.billing import InvoiceRow
from contor.adapters.db.tenant_session import TenantSession
from contor.errors import Refusal
from contor.money import Money
from contor.ports.store_billing import InvoiceKind, InvoiceRecord


class SqlInvoiceStore:
    """Issued invoices."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self._chains = Chains(db)

    def add(self, invoice: InvoiceRecord) -> InvoiceRecord:
        """Append; refuses ``invoice_number_taken``."""
        self._chains.lock("invoices")
        if self.by_number(invoice.number) is not None:
            raise Refusal(
                "invoice_number_taken",
                "The invoice number {number} is taken.",
                "Take the next number of the series.",
                number=invoice.number,
            )
        link = self._chains.append("invoices", invoice_content(invoice))
        row = self._db.append(
            InvoiceRow(
                number=invoice.number,
                series=invoice.series or None,
                sequence=invoice.sequence or None,
                kind=invoice.kind,
                customer_number=invoice.customer_number,
                issue_date=invoice.issue_date,
                gross_minor=invoice.gross.minor,
                currency=invoice.gross.currency,
                content=dict(invoice.content),
                entry_number=invoice.entry_number,
                draft_id=invoice.draft_id,
                corrects=invoice.corrects,
                actor=invoice.actor,
                issued_at=invoice.issued_at,
                chain_index=link.index,
                hash=link.hash,
            )
        )
        return replace(invoice, id=row.id, sha256=link.hash)

    def get(self, invoice_id: int) -> InvoiceRecord:
        """The invoice; refuses ``invoice_unknown``."""
        row = self._db.by_id(InvoiceRow, invoice_id)
        if row is None:
            raise Refusal(
                "invoice_unknown",
                "There is no invoice {invoice}.",
                "Look it up in the list of invoices.",
                invoice=invoice_id,
            )
        return invoice_from(row)

    def by_number(self, number: str) -> InvoiceRecord | None:
        """The invoice of this number, or None."""
        row = self._db.first(self._db.rows(InvoiceRow).where(InvoiceRow.number == number))
        return None if row is None else invoice_from(row)

    def all(
        self, *, customer_number: str | None = None, limit: int | None = None
    ) -> Sequence[InvoiceRecord]:
        """Invoices in the order they were issued."""
        statement = self._db.rows(InvoiceRow).order_by(InvoiceRow.chain_index).limit(limit)
        if customer_number is not None:
            statement = statement.where(InvoiceRow.customer_number == customer_number)
        return [invoice_from(row) for row in self._db.all(statement)]


def invoice_content(invoice: InvoiceRecord) -> dict[str, Any]:
    """What the chain covers."""
    return {
        "number": invoice.number,
        "series": invoice.series,
        "sequence": invoice.sequence,
        "kind": invoice.kind,
        "customer_number": invoice.customer_number,
        "issue_date": invoice.issue_date,
        "gross": invoice.gross,
        "content": invoice.content,
        "entry_number": invoice.entry_number,
        "draft_id": invoice.draft_id,
        "corrects": invoice.corrects,
        "actor": invoice.actor,
        "issued_at": invoice.issued_at,
    }


def invoice_from(row: InvoiceRow) -> InvoiceRecord:
    """The record of a row."""
    return InvoiceRecord(
        id=row.id,
        number=row.number,
        series=row.series or "",
        sequence=row.sequence or 0,
        kind=cast("InvoiceKind", row.kind),
        customer_number=row.customer_number,
        issue_date=row.issue_date,
        gross=Money(row.gross_minor, row.currency),
        content=row.content,
        issued_at=row.issued_at,
        actor=row.actor,
        entry_number=row.entry_number,
        draft_id=row.draft_id,
        corrects=row.corrects,
        sha256=row.hash,
    )
