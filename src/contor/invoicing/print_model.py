"""The print model: an invoice as texts in its language, ready for a page; nothing is computed later.

Every amount is the invoice's own figure formatted once, so that page, XML and JSON show the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from contor.contracts.billing_party import PostalAddress
from contor.invoicing.invoice import Invoice, InvoiceLine, TaxLine
from contor.invoicing.line_text import plain
from contor.invoicing.to_einvoice import amount_text, shown_number
from contor.invoicing.wording import day_text, number_text, unit_text, word
from contor.money import Money
from contor.periods import Period
from contor.rules.legends import legend


def lay_out(invoice: Invoice) -> dict[str, Any]:
    """Texts by place on the page, as plain values for the template."""
    language = invoice.language
    draft = invoice.status == "draft"
    return {
        "language": language,
        "title": word(invoice.kind, language),
        "number": shown_number(invoice),
        "draft": legend("draft", language) if draft else "",
        "sender": _one_line(invoice.seller.name, invoice.seller.address),
        "recipient": _address_lines(invoice),
        "facts": [[label, text] for label, text in _facts(invoice) if text],
        "heading": _heading(invoice),
        "columns": [
            word(key, language)
            for key in ("position", "description", "quantity", "unit_price", "tax_rate", "amount")
        ],
        "rows": list(_rows(invoice)),
        "carried": word("carried", language),
        "totals": [[label, text, weight] for label, text, weight in _totals(invoice)],
        "gross_hint": word("included_tax", language) if invoice.price_mode == "gross" else "",
        "payment_title": word("payment", language),
        "payment": _payment(invoice),
        "account": [[label, text] for label, text in _account(invoice) if text],
        "scan": word("scan", language),
        "legends": [*invoice.legends, *invoice.notes],
        "footer": _footer(invoice),
        "page": word("page", language, page="{page}", pages="{pages}"),
    }


def _one_line(name: str, address: PostalAddress) -> str:
    return f"{name} · {address.street} · {address.postcode} {address.city}"


def _address_lines(invoice: Invoice) -> list[str]:
    customer = invoice.customer
    address = customer.address
    lines = [customer.name]
    if customer.business and customer.contact.name:
        lines.append(customer.contact.name)
    lines += [address.street, address.street2, f"{address.postcode} {address.city}"]
    if address.country != invoice.seller.address.country:
        lines.append(address.country)
    return [line for line in lines if line]


def _facts(invoice: Invoice) -> Iterator[tuple[str, str]]:
    language, credit = invoice.language, invoice.kind == "credit_note"
    dates = {"issue": invoice.issue_date, "due": None if credit else invoice.due_date}
    issued, due = (day_text(d, language) if d else "" for d in dates.values())
    yield word("credit_number" if credit else "number", language), shown_number(invoice)
    yield word("credit_date" if credit else "issue_date", language), issued
    yield word("due_date", language), due
    yield word("service_period", language), period_text(invoice.period, language)
    yield word("customer_number", language), invoice.customer.number
    yield word("customer_vat_id", language), invoice.customer.vat_id
    yield word("contract", language), invoice.references.contract or invoice.contract
    yield word("order", language), invoice.references.order
    yield word("project", language), invoice.references.project
    yield word("buyer_reference", language), invoice.customer.buyer_reference


def _heading(invoice: Invoice) -> list[str]:
    language = invoice.language
    lines = [
        word("corrects", language, number=row.number, date=day_text(row.issue_date, language))
        for row in invoice.preceding
    ]
    if invoice.reason:
        lines.append(f"{word('reason', language)}: {invoice.reason}")
    return lines


def period_text(period: Period | None, language: str) -> str:
    """First and last day, or the one day."""
    if period is None:
        return ""
    first, last = day_text(period.start, language), day_text(period.last_day, language)
    return first if first == last else f"{first} – {last}"


def _rows(invoice: Invoice) -> Iterator[dict[str, Any]]:
    """Lines with the running total that is carried over to the next page."""
    running = Money(0, invoice.currency)
    for line in invoice.lines:
        running = running + line.charged
        yield {
            "cells": _cells(invoice, line),
            "details": [text for text in _details(invoice, line) if text],
            "discounts": [
                [
                    _discount_label(row.text, row.percent, invoice.language),
                    _amount(-row.amount, invoice),
                ]
                for row in line.discounts
            ],
            "running": _amount(running, invoice),
        }


def _cells(invoice: Invoice, line: InvoiceLine) -> list[str]:
    language = invoice.language
    rate = f"{number_text(plain(line.tax.rate), language)} %"
    return [
        line.id,
        line.text,
        f"{number_text(plain(line.quantity), language)} {unit_text(line.unit, language)}",
        number_text(plain(line.unit_price, 2), language),
        "–" if line.tax.category == "O" else rate,
        _amount(line.amount, invoice),
    ]


def _details(invoice: Invoice, line: InvoiceLine) -> tuple[str, str]:
    return period_text(line.period, invoice.language), line.note


def _discount_label(text: str, percent: object, language: str) -> str:
    if percent is None:
        return text
    return word("discount_line", language, text=text, percent=number_text(percent, language))


def _amount(money: Money, invoice: Invoice) -> str:
    return number_text(money.amount, invoice.language)


def _totals(invoice: Invoice) -> Iterator[tuple[str, str, str]]:
    """Label, amount, weight (plain or strong)."""
    language, totals = invoice.language, invoice.totals
    gross_mode = invoice.price_mode == "gross"
    if invoice.allowances:
        zero = Money(0, invoice.currency)
        charged = sum((line.charged for line in invoice.lines), zero)
        yield word("lines_total", language), _amount(charged, invoice), "plain"
        for row in invoice.allowances:
            yield row.text, _amount(-row.amount, invoice), "plain"
    taxes = [
        (_tax_label(invoice, tax), _amount(tax.tax, invoice), "plain")
        for tax in invoice.tax_breakdown
    ]
    net = _amount(totals.net, invoice)
    if not gross_mode:
        yield word("net_total", language), net, "plain"
        yield from taxes
    credit = invoice.kind == "credit_note"
    label = word("gross_total_credit" if credit else "gross_total", language)
    yield label, amount_text(totals.gross, language), "strong"
    if gross_mode:
        yield word("contained_net", language), net, "plain"
        yield from taxes
    for paid in invoice.prepayments:
        label = word(
            "prepaid", language, number=paid.number, date=day_text(paid.issue_date, language)
        )
        if paid.net is not None and paid.tax is not None:
            taxed = f"{amount_text(paid.net, language)} + {amount_text(paid.tax, language)}"
            yield label, _amount(-(paid.net + paid.tax), invoice) + f" ({taxed})", "plain"
    if totals.prepaid and not invoice.prepayments:
        yield word("prepaid_plain", language), _amount(-totals.prepaid, invoice), "plain"
    if totals.rounding:
        yield word("rounding", language), _amount(totals.rounding, invoice), "plain"
    if totals.payable != totals.gross:
        yield word("payable", language), amount_text(totals.payable, language), "strong"


def _tax_label(invoice: Invoice, tax: TaxLine) -> str:
    language, base = invoice.language, amount_text(tax.base, invoice.language)
    if tax.category != "S":
        return word("tax_row_none", language, base=base)
    rate = number_text(plain(tax.rate), language)
    if tax.taxed_in != invoice.seller.address.country:
        return word("tax_row_country", language, rate=rate, country=tax.taxed_in, base=base)
    return word("tax_row", language, rate=rate, base=base)


def _payment(invoice: Invoice) -> list[str]:
    language, payable = invoice.language, invoice.totals.payable
    amount = amount_text(abs(payable), language)
    if invoice.status == "draft":
        return []
    if invoice.kind == "credit_note" or payable.minor < 0:
        return [word("pay_credit", language, amount=amount)]
    if not payable or invoice.due_date is None or invoice.issue_date is None:
        return [word("pay_now", language, amount=amount_text(invoice.totals.gross, language))]
    due = day_text(invoice.due_date, language)
    if invoice.payment.method == "direct_debit":
        account = invoice.payment.debtor_iban
        masked = f"{account[:4]} … {account[-4:]}" if account else "…"
        return [
            word(
                "pay_debit",
                language,
                amount=amount,
                date=due,
                account=masked,
                mandate=invoice.payment.mandate_id,
                creditor=invoice.seller.creditor_id,
            )
        ]
    lines = [word("pay_by", language, amount=amount, date=due, reference=shown_number(invoice))]
    for term in invoice.payment.discounts:
        off = payable.times(term.percent / 100)
        lines.append(
            word(
                "discount",
                language,
                date=day_text(invoice.issue_date + timedelta(days=term.days), language),
                percent=number_text(term.percent, language),
                amount=amount_text(off, language),
                rest=amount_text(payable - off, language),
            )
        )
    return lines


def transfer_wanted(invoice: Invoice) -> bool:
    """Whether the customer is asked to transfer money, so that a payment code makes sense."""
    return (
        invoice.kind != "credit_note"
        and invoice.status == "issued"
        and invoice.payment.method == "transfer"
        and invoice.totals.payable.minor > 0
        and invoice.currency == "EUR"
        and invoice.seller.bank is not None
    )


def _account(invoice: Invoice) -> Iterator[tuple[str, str]]:
    bank, language = invoice.seller.bank, invoice.language
    wanted = invoice.kind != "credit_note" and invoice.status == "issued"
    if bank is None or not wanted or invoice.payment.method != "transfer":
        return
    iban = bank.iban.replace(" ", "")
    yield word("recipient", language), invoice.seller.name
    yield "IBAN", " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))
    yield "BIC", bank.bic
    yield word("bank", language), bank.name
    yield word("reference", language), shown_number(invoice)


def _footer(invoice: Invoice) -> list[list[str]]:
    seller, language = invoice.seller, invoice.language
    address = seller.address
    ids = [
        f"{word('vat_id', language)}: {seller.vat_id}" if seller.vat_id else "",
        f"{word('tax_number', language)}: {seller.tax_number}" if seller.tax_number else "",
        seller.register,
    ]
    columns = [
        [seller.name, address.street, f"{address.country}-{address.postcode} {address.city}"],
        [seller.contact.phone, seller.contact.email, seller.website],
        ids,
    ]
    return [[text for text in column if text] for column in columns]
