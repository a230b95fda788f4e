"""An invoice's journal entry and open item: receivable against revenue per line and output tax."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from contor.errors import Refusal
from contor.invoicing.invoice import Invoice, LineTax, TaxLine
from contor.ledger.discount_terms import DiscountTerm
from contor.ledger.entry import JournalEntry, JournalLine
from contor.ledger.open_items import OpenItem, TaxShare, open_credit_note, open_receivable
from contor.ledger.tax_code import TaxCode
from contor.money import Money


@dataclass(frozen=True, slots=True)
class PostingAccounts:
    """Where invoices are booked.

    ``revenue`` overrides the line's own account by VAT category: ``AE``, ``AE-domestic``, ``K``,
    ``G``, ``O``, ``E``, ``OSS`` (taxed in another member state), or ``S-7`` (category and rate).
    """

    receivable: str
    default_revenue: str
    revenue: Mapping[str, str] = field(default_factory=dict)
    oss_tax_account: str = ""
    oss_tax_code: str = ""


def entry_for_invoice(
    invoice: Invoice,
    accounts: PostingAccounts,
    tax_codes: Sequence[TaxCode],
    source: str = "",
) -> JournalEntry:
    """The balanced entry of an issued invoice or credit note (signs reversed).

    Refuses ``invoice_not_issued`` and ``tax_code_missing`` (no output code for category and rate).
    """
    if invoice.status != "issued" or invoice.issue_date is None:
        raise Refusal(
            "invoice_not_issued",
            "The document {key} has no number yet and is not booked.",
            "Issue it first.",
            key=invoice.key,
        )
    sign = 1 if invoice.kind == "credit_note" else -1
    revenue: dict[tuple[str, str, str], Money] = {}
    zero = Money(0, invoice.currency)
    for line in invoice.lines:
        code = _tax_code(invoice, line.tax, accounts, tax_codes)[0]
        key = (_account(invoice, line.tax, line.account, accounts), line.cost_centre, code)
        revenue[key] = revenue.get(key, zero) + line.net
    for row in invoice.allowances:
        code = _tax_code(invoice, row.tax, accounts, tax_codes)[0]
        key = (_account(invoice, row.tax, "", accounts), "", code)
        revenue[key] = revenue.get(key, zero) - row.net
    taxes: dict[tuple[str, str], Money] = {}
    for tax in invoice.tax_breakdown:
        code, account = _tax_code(invoice, tax, accounts, tax_codes)
        taxes[code, account] = taxes.get((code, account), zero) + tax.tax
    text = f"{invoice.number} {invoice.customer.name}"
    gross = invoice.totals.gross
    lines = [
        JournalLine(
            accounts.receivable,
            gross if sign < 0 else -gross,
            text=text,
            party=invoice.customer.number,
        )
    ]
    lines += [
        JournalLine(account, _signed(net, sign), text, centre, code)
        for (account, centre, code), net in revenue.items()
    ]
    lines += [
        JournalLine(account, _signed(amount, sign), text, "", code)
        for (code, account), amount in taxes.items()
    ]
    return JournalEntry(
        invoice.issue_date,
        text,
        tuple(line for line in lines if line.amount),
        source=source,
        reference=invoice.number,
        document_date=invoice.issue_date,
    )


def _signed(amount: Money, sign: int) -> Money:
    return amount if sign > 0 else -amount


def _supplied_on(invoice: Invoice) -> date:
    """The day that decides on the tax code: the last day of service, else the day of issue."""
    assert invoice.issue_date is not None
    return invoice.period.last_day if invoice.period else invoice.issue_date


def _foreign(invoice: Invoice, tax: LineTax | TaxLine) -> bool:
    return tax.category == "S" and tax.taxed_in != invoice.seller.address.country


def _account(invoice: Invoice, tax: LineTax, own: str, accounts: PostingAccounts) -> str:
    if _foreign(invoice, tax):
        keys = ["OSS"]
    elif tax.category == "AE" and tax.taxed_in == invoice.seller.address.country:
        keys = ["AE-domestic", "AE"]
    else:
        keys = [f"{tax.category}-{tax.rate}", tax.category]
    for key in keys:
        if key in accounts.revenue:
            return accounts.revenue[key]
    return own or accounts.default_revenue


def _tax_code(
    invoice: Invoice,
    tax: LineTax | TaxLine,
    accounts: PostingAccounts,
    tax_codes: Sequence[TaxCode],
) -> tuple[str, str]:
    """Code and account of the output tax."""
    if _foreign(invoice, tax):
        if accounts.oss_tax_account:
            return accounts.oss_tax_code, accounts.oss_tax_account
    else:
        on = _supplied_on(invoice)
        for row in tax_codes:
            fits = (row.direction, row.category, row.rate) == ("output", tax.category, tax.rate)
            if fits and row.holds_on(on):
                return row.code, row.tax_account
    raise Refusal(
        "tax_code_missing",
        "There is no output tax code for category {category} at {rate} % in {country}.",
        "Add the tax code, or for another member state the account of its VAT.",
        category=tax.category,
        rate=tax.rate,
        country=tax.taxed_in,
    )


def open_item_for_invoice(
    invoice: Invoice, accounts: PostingAccounts, tax_codes: Sequence[TaxCode]
) -> OpenItem | None:
    """The open item of an issued invoice or credit note; None where nothing is left to pay."""
    if invoice.issue_date is None or invoice.due_date is None or not invoice.totals.payable:
        return None
    number, customer = invoice.number, invoice.customer
    payable = abs(invoice.totals.payable)
    if invoice.kind == "credit_note" or invoice.totals.payable.minor < 0:
        item = open_credit_note(
            number, customer.number, customer.name, invoice.issue_date, payable, "receivable"
        )
    else:
        item = open_receivable(
            number, customer.number, customer.name, invoice.issue_date, invoice.due_date, payable
        )
    return replace(
        item,
        account=accounts.receivable,
        discount_terms=tuple(
            DiscountTerm(term.days, term.percent) for term in invoice.payment.discounts
        ),
        tax_shares=tuple(
            TaxShare(_tax_code(invoice, row, accounts, tax_codes)[0], row.rate, row.base + row.tax)
            for row in invoice.tax_breakdown
        ),
        order_reference=invoice.references.order,
        contract_reference=invoice.references.contract or invoice.contract,
        mandate_id=invoice.payment.mandate_id,
    )
