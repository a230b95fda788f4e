"""The issue gate: mandatory content (§ 14 (4), § 14a UStG and what goes with it) and arithmetic.

Codes begin with the gate's rule id. Errors stop the issue of a document, warnings are shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from contor.contracts.billing_party import PostalAddress
from contor.errors import Finding
from contor.invoicing.invoice import Invoice
from contor.invoicing.recomputation import check_recomputed


def check_invoice(invoice: Invoice) -> list[Finding]:
    """Every finding about a document: its mandatory content, then its figures computed again."""
    return [*check_mandatory(invoice), *check_recomputed(invoice)]


def check_mandatory(invoice: Invoice) -> list[Finding]:
    """The mandatory content, rule by rule."""
    rules = (_parties, _document, _lines, _tax, _correction, _delivery)
    return [finding for rule in rules for finding in rule(invoice)]


def _error(code: str, message: str, *fields: str) -> Finding:
    return Finding(code, "error", message, fields)


def _warning(code: str, message: str, *fields: str) -> Finding:
    return Finding(code, "warning", message, fields)


def _complete(address: PostalAddress) -> bool:
    return all((address.street, address.postcode, address.city, address.country))


def _parties(invoice: Invoice) -> Iterator[Finding]:
    seller, customer = invoice.seller, invoice.customer
    if not seller.name.strip() or not _complete(seller.address):
        yield _error("g01_seller", "Name and full address of the seller are missing.", "seller")
    if not customer.name.strip() or not _complete(customer.address):
        yield _error("g02_buyer", "Name and full address of the buyer are missing.", "customer")
    if not seller.vat_id and not seller.tax_number:
        yield _error(
            "g03_seller_tax_id", "The seller has neither VAT-ID nor tax number.", "seller_vat_id"
        )
    if any(row.category == "O" for row in invoice.tax_breakdown) and not seller.tax_number:
        yield _warning(
            "g03_tax_number",
            "An e-invoice outside scope needs the tax number.",
            "seller_tax_number",
        )


def _document(invoice: Invoice) -> Iterator[Finding]:
    if invoice.status == "issued":
        if invoice.issue_date is None:
            yield _error("g04_issue_date", "The day of issue is missing.", "issue_date")
        if not invoice.number.strip():
            yield _error("g05_number", "The number is missing.", "number")
    if invoice.currency != "EUR" and any(row.tax for row in invoice.tax_breakdown):
        yield _error(
            "g17_tax_in_euro", "VAT in another currency has to be stated in EUR too.", "currency"
        )
    if (
        invoice.totals.payable.minor < 0
        and invoice.kind == "invoice"
        and not invoice.totals.prepaid
    ):
        yield _error("g20_negative", "An invoice below zero is a credit note.", "payable")


def _lines(invoice: Invoice) -> Iterator[Finding]:
    if not invoice.lines:
        yield _error("g06_lines", "There is no line.", "lines")
    for line in invoice.lines:
        if not line.text.strip() or not line.quantity:
            yield _error("g06_service", f"Line {line.id} names no quantity or service.", "lines")
        if line.period is None and invoice.period is None and invoice.kind != "prepayment":
            yield _error("g07_period", f"Line {line.id} has no day or period of service.", "lines")
    if any(not row.text.strip() for row in invoice.allowances):
        yield _error("g08_reduction", "A reduction has no reason.", "allowances")


def _tax(invoice: Invoice) -> Iterator[Finding]:
    for line in invoice.lines:
        if line.tax.hold:
            yield _error(
                "g11_vat_id_unconfirmed",
                f"Line {line.id}: the register has not confirmed the buyer's VAT-ID yet.",
                "buyer_vat_id",
            )
            break
    for row in invoice.tax_breakdown:
        if row.category != "S" and not row.legend:
            yield _error("g09_exemption", f"Category {row.category} needs its reason.", "tax")
        if row.category != "S" and row.tax:
            yield _error("g09_tax_amount", f"Category {row.category} carries no tax.", "tax")
        if row.category == "S" and not row.rate:
            yield _error("g09_rate", "A taxed line has no rate.", "tax")
        if row.category in {"AE", "K"}:
            yield from _reverse_charge(invoice, row.taxed_in)
        if row.category == "E" and invoice.seller.small_business and row.tax:
            yield _error("g13_small_business", "A small business states no tax.", "tax")
    categories = {row.category for row in invoice.tax_breakdown}
    if "O" in categories and len(categories) > 1:
        yield _warning(
            "g09_mixed_scope", "Outside-scope lines cannot share an e-invoice with others.", "tax"
        )


def _reverse_charge(invoice: Invoice, taxed_in: str) -> Iterator[Finding]:
    domestic = taxed_in == invoice.seller.address.country
    if domestic and not invoice.customer.reverse_charge_domestic:
        yield _error("g12_evidence", "The buyer's status under § 13b is not evidenced.", "customer")
    if domestic:
        return
    if not invoice.seller.vat_id:
        yield _error("g11_seller_vat_id", "Reverse charge needs the seller's VAT-ID.", "seller")
    if not invoice.customer.vat_id or invoice.customer.vat_id_state != "valid":
        yield _error("g11_buyer_vat_id", "Reverse charge needs a valid VAT-ID.", "customer")


def _correction(invoice: Invoice) -> Iterator[Finding]:
    if invoice.kind == "credit_note" and not invoice.preceding:
        yield _error("g18_original", "A credit note names the original's number.", "preceding")
    if invoice.kind == "final" and not invoice.prepayments:
        yield _error("g15_prepayments", "A final invoice lists its prepayments.", "prepayments")
    worded = " ".join((invoice.reason, *invoice.notes)).lower()
    if "gutschrift" in worded:
        yield _error("g10_gutschrift", "The word Gutschrift is reserved for self-billing.", "notes")


def _delivery(invoice: Invoice) -> Iterator[Finding]:
    customer = invoice.customer
    if customer.public and not customer.buyer_reference:
        yield _error("g16_buyer_reference", "A public buyer needs its Leitweg-ID.", "customer")
    if customer.business and not customer.contact.email:
        yield _warning("g16_channel", "The buyer has no e-mail address for delivery.", "customer")
    direct = invoice.payment.method == "direct_debit"
    if direct and not (invoice.payment.mandate_id and invoice.seller.creditor_id):
        yield _error("g20_mandate", "Direct debit needs mandate and creditor id.", "payment")
