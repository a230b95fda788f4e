"""Content that the law wants on an invoice (§ 14 (4) UStG, Art. 226 VAT Directive).

These are findings for the bookkeeper, beside the official rules of the format: an invoice without
its mandatory content gives no input tax (§ 15 (1) no. 1 UStG).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from contor.einvoice.model import Invoice, Party
from contor.einvoice.verdict import RuleFinding
from contor.errors import Severity

# A small-amount invoice needs no buyer and no number (§ 33 UStDV), up to this gross total.
_SMALL = Decimal(250)
_REVERSED = {"AE": "reverse charge", "K": "intra-Community supply", "G": "export", "E": "exemption"}


def check_content(invoice: Invoice) -> tuple[RuleFinding, ...]:
    """Findings ``CONTOR-MUST-01`` onwards, and ``CONTOR-VALUE-01`` for unreadable values."""
    return (*_unreadable(invoice), *_head(invoice), *_parties(invoice), *_body(invoice))


def _missing(number: str, term: str, what: str, severity: Severity = "error") -> RuleFinding:
    return RuleFinding(f"CONTOR-MUST-{number}", severity, term, f"{what} is missing.")


def _unreadable(invoice: Invoice) -> Iterator[RuleFinding]:
    for value in invoice.unreadable:
        text = f"{value.term}: {value.text!r} is no value of its kind."
        yield RuleFinding("CONTOR-VALUE-01", "error", value.location, text)


def _head(invoice: Invoice) -> Iterator[RuleFinding]:
    gross = invoice.totals.gross
    small = gross is not None and abs(gross) <= _SMALL
    if not invoice.number:
        yield _missing("01", "BT-1", "The invoice number", "warning" if small else "error")
    if invoice.issue_date is None:
        yield _missing("02", "BT-2", "The date of issue")
    if invoice.currency is None:
        yield _missing("03", "BT-5", "The currency")
    if gross is None:
        yield _missing("04", "BT-112", "The gross total")
    if not invoice.buyer.name and not small:
        yield _missing("05", "BT-44", "The buyer's name")


def _parties(invoice: Invoice) -> Iterator[RuleFinding]:
    seller = invoice.seller
    if not seller.name:
        yield _missing("06", "BT-27", "The seller's name")
    if not (seller.vat_id or seller.tax_number or _representative(invoice)):
        taxed = {vat.category for vat in invoice.vat_breakdown} != {"O"}
        text = "The seller's VAT-ID or tax number"
        yield _missing("07", "BT-31", text, "error" if taxed else "warning")
    if seller.address is None or not (seller.address.city or seller.address.line_1):
        yield _missing("08", "BG-5", "The seller's address", "warning")
    categories = {vat.category for vat in invoice.vat_breakdown}
    if categories & {"AE", "K"} and not (invoice.buyer.vat_id or invoice.buyer.legal_registration):
        yield _missing("09", "BT-48", "The buyer's VAT-ID, needed for this VAT category")


def _representative(invoice: Invoice) -> bool:
    party: Party | None = invoice.tax_representative
    return party is not None and party.vat_id is not None


def _body(invoice: Invoice) -> Iterator[RuleFinding]:
    lines = invoice.lines
    dated = all(line.period is not None for line in lines) if lines else False
    delivered = invoice.delivery is not None and invoice.delivery.date is not None
    # Italian law names the day of supply only where it is not that of the invoice (art. 21 DPR 633).
    if not (delivered or invoice.period or dated or invoice.italy):
        text = "The date or period of supply"
        yield _missing("10", "BT-72", text, "warning")
    for line in lines:
        if not line.item.name and line.net:
            yield _missing("11", f"BG-25 {line.id or '?'}", "The description of what was supplied")
    for vat in invoice.vat_breakdown:
        kind = _REVERSED.get(vat.category or "")
        if kind and not (vat.exemption_reason or vat.exemption_code):
            yield _missing("12", f"BG-23 {vat.category}", f"The note on {kind}", "warning")
