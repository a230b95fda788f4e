"""Issuing: a draft that passes the gate gets its number and day, and never changes again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from contor.errors import Refusal
from contor.invoicing.checks import check_invoice
from contor.invoicing.invoice import Invoice


def issue(draft: Invoice, number: str, issue_date: date) -> Invoice:
    """The issued invoice; the draft stays what it was.

    Refuses ``invoice_already_issued`` and ``invoice_incomplete`` (with every error of the gate).
    """
    if draft.status == "issued":
        raise Refusal(
            "invoice_already_issued",
            "The invoice {number} has been issued.",
            "Correct it by a credit note.",
            number=draft.number,
        )
    invoice = dated(replace(draft, status="issued", number=number), issue_date)
    errors = [finding for finding in check_invoice(invoice) if finding.severity == "error"]
    if errors:
        raise Refusal(
            "invoice_incomplete",
            "The document {key} cannot be issued: {reasons}",
            "Complete the contract's data and draft it again.",
            key=draft.key,
            reasons="; ".join(f"{finding.code}: {finding.message}" for finding in errors),
        )
    return invoice


def dated(invoice: Invoice, issue_date: date) -> Invoice:
    """The invoice with its day of issue and the due date that follows."""
    due = issue_date + timedelta(days=invoice.payment.due_days)
    return replace(invoice, issue_date=issue_date, due_date=due)
