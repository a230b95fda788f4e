"""Issue: number, invoice, journal entry, open item and outbox message in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from contor.invoicing.invoice import Invoice
from contor.invoicing.invoice_json import invoice_value
from contor.invoicing.issue import issue
from contor.invoicing.journal import entry_for_invoice, open_item_for_invoice
from contor.invoicing.numbering import format_number
from contor.ports.store import UnitOfWork
from contor.ports.store_billing import InvoiceRecord
from contor.ports.store_operations import OutboxMessage
from contor.ports.workplace import Workplace
from contor.review.posting_accounts import from_json

DEFAULT_SERIES = "RE-{year}-{number:05}"


def issue_invoice(
    work: Workplace, uow: UnitOfWork, draft: Invoice, issue_date: date, actor: str
) -> InvoiceRecord:
    """Issue a draft; everything or nothing of it happens.

    Raises:
        Refusal: ``invoice_incomplete``, ``tax_code_missing``, or a refusal of the ledger; the
            number is then not spent.
    """
    at = work.clock()
    settings = uow.settings.current("billing") or {}
    pattern = str(settings.get("series", DEFAULT_SERIES))
    series = f"{pattern}/{issue_date.year}" if "{year}" in pattern else pattern
    count = uow.numbers.take(series)
    invoice = issue(draft, format_number(pattern, count, issue_date), issue_date)
    accounts = from_json(uow.settings.current("posting_accounts") or {})
    tax_codes = uow.tax_codes.all()
    source = f"invoice:{invoice.number}"
    entry = entry_for_invoice(invoice, accounts, tax_codes, source)
    # An invoice over nothing has a number, but no line to post.
    number = uow.journal.post(entry, actor=actor, at=at).number if entry.lines else ""
    item = open_item_for_invoice(invoice, accounts, tax_codes)
    if item is not None:
        uow.open_items.add(replace(item, entry_number=number))
    record = uow.invoices.add(
        InvoiceRecord(
            invoice.number,
            "credit_note" if invoice.kind == "credit_note" else "invoice",
            invoice.customer.number,
            issue_date,
            invoice.totals.gross,
            invoice_value(invoice),
            at,
            actor,
            number,
            corrects=invoice.preceding[0].number if invoice.preceding else "",
            series=series,
            sequence=count,
        )
    )
    uow.outbox.add(
        OutboxMessage(f"invoice:{invoice.number}", "invoice", {"number": invoice.number}, at)
    )
    return record
