"""An invoice in the terms of EN 16931: the one mapping that CII, UBL and FatturaPA are written from."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Literal

from contor.contracts.billing_party import PostalAddress
from contor.einvoice import model as en
from contor.invoicing.invoice import Invoice, InvoiceLine, TaxLine
from contor.invoicing.italian_particulars import NATURE, italian_particulars
from contor.invoicing.wording import day_text, number_text, word
from contor.money import Money
from contor.periods import Period
from contor.rules.legends import legend

EInvoiceProfile = Literal["en16931", "xrechnung", "fatturapa"]
TYPE_CODES = {"invoice": "380", "credit_note": "381", "prepayment": "386", "final": "380"}


def map_invoice(invoice: Invoice, profile: EInvoiceProfile = "en16931") -> en.Invoice:
    """The EN 16931 invoice with the same amounts to the cent.

    A draft is mapped too, so that it can be looked at: its number says draft and so does a note.
    """
    outside = any(row.category == "O" for row in invoice.tax_breakdown)
    return en.Invoice(
        number=shown_number(invoice),
        issue_date=invoice.issue_date,
        type_code=TYPE_CODES[invoice.kind],
        currency=invoice.currency,
        due_date=invoice.due_date if invoice.kind != "credit_note" else None,
        buyer_reference=invoice.customer.buyer_reference or invoice.customer.number,
        project_reference=invoice.references.project or None,
        contract_reference=invoice.references.contract or invoice.contract or None,
        order_reference=invoice.references.order or None,
        payment_terms=_payment_terms(invoice, profile),
        notes=tuple(en.Note(text) for text in _notes(invoice)),
        business_process="urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
        if profile == "xrechnung"
        else None,
        preceding_invoices=tuple(
            en.PrecedingInvoice(row.number, row.issue_date)
            for row in (*invoice.preceding, *invoice.prepayments)
        ),
        seller=_seller(invoice, outside=outside),
        buyer=_buyer(invoice, outside=outside),
        delivery=_delivery(invoice),
        period=_period(invoice.period),
        payment_means=_payment_means(invoice),
        remittance_information=shown_number(invoice),
        mandate_reference=invoice.payment.mandate_id or None if _debited(invoice) else None,
        creditor_identifier=invoice.seller.creditor_id or None if _debited(invoice) else None,
        allowances_charges=tuple(
            en.AllowanceCharge(
                amount=row.net.amount,
                vat_category=row.tax.category,
                vat_rate=_rate(row.tax.category, row.tax.rate),
                reason=row.text,
                reason_code="95",
            )
            for row in invoice.allowances
        ),
        totals=_totals(invoice),
        vat_breakdown=tuple(_breakdown(row, profile) for row in invoice.tax_breakdown),
        lines=tuple(_line(invoice, line) for line in invoice.lines),
        italy=italian_particulars(invoice) if profile == "fatturapa" else None,
    )


def shown_number(invoice: Invoice) -> str:
    """The number, or for a draft the word draft and its key."""
    return invoice.number or f"{word('draft', invoice.language)} {invoice.key}"


def _debited(invoice: Invoice) -> bool:
    return invoice.payment.method == "direct_debit" and invoice.kind != "credit_note"


def _address(address: PostalAddress) -> en.Address:
    return en.Address(
        line_1=address.street,
        line_2=address.street2 or None,
        city=address.city,
        postcode=address.postcode,
        subdivision=address.region or None,
        country=address.country,
    )


def _mail(address: str) -> en.Identifier | None:
    return en.Identifier(address, "EM") if address else None


def _seller(invoice: Invoice, *, outside: bool) -> en.Party:
    seller = invoice.seller
    return en.Party(
        name=seller.name,
        identifiers=_own_identifiers(invoice, outside=outside),
        legal_registration=en.Identifier(seller.register) if seller.register else None,
        vat_id=None if outside else seller.vat_id or None,
        tax_number=seller.tax_number or None,
        electronic_address=_mail(seller.contact.email),
        address=_address(seller.address),
        contact=en.Contact(
            name=seller.contact.name or seller.name,
            phone=seller.contact.phone or None,
            email=seller.contact.email or None,
        ),
    )


def _own_identifiers(invoice: Invoice, *, outside: bool) -> tuple[en.Identifier, ...]:
    """BR-CO-26 wants an identifier that every buyer can read; BR-O-02 forbids the VAT-ID."""
    seller = invoice.seller
    if (seller.vat_id and not outside) or seller.register or not seller.tax_number:
        return ()
    return (en.Identifier(seller.tax_number),)


def _buyer(invoice: Invoice, *, outside: bool) -> en.Party:
    customer = invoice.customer
    contact = None
    if customer.contact.name or customer.contact.phone or customer.contact.email:
        contact = en.Contact(
            name=customer.contact.name or None,
            phone=customer.contact.phone or None,
            email=customer.contact.email or None,
        )
    return en.Party(
        name=customer.name,
        identifiers=(en.Identifier(customer.number),),
        vat_id=None if outside else customer.vat_id or None,
        electronic_address=_mail(customer.contact.email),
        address=_address(customer.address),
        contact=contact,
    )


def _delivery(invoice: Invoice) -> en.Delivery | None:
    """EN 16931 wants the place of delivery for intra-Community supplies (BR-IC-12)."""
    if not any(row.category == "K" for row in invoice.tax_breakdown):
        return None
    return en.Delivery(en.Party(address=_address(invoice.customer.address)))


def _period(period: Period | None) -> en.InvoicingPeriod | None:
    return en.InvoicingPeriod(period.start, period.last_day) if period else None


def _payment_means(invoice: Invoice) -> tuple[en.PaymentMeans, ...]:
    if invoice.kind == "credit_note":
        return (en.PaymentMeans(code="97"),)
    if _debited(invoice):
        return (en.PaymentMeans(code="59", debited_account=invoice.payment.debtor_iban or None),)
    bank = invoice.seller.bank
    if bank is None:
        return (en.PaymentMeans(code="1"),)
    return (
        en.PaymentMeans(
            code="58",
            account=bank.iban.replace(" ", ""),
            account_name=invoice.seller.name,
            bic=bank.bic or None,
        ),
    )


def _payment_terms(invoice: Invoice, profile: EInvoiceProfile) -> str | None:
    """BT-20: machine-readable discount lines for XRechnung, a sentence for everyone else."""
    if invoice.kind == "credit_note" or invoice.due_date is None or invoice.issue_date is None:
        return None
    terms = invoice.payment.discounts
    if profile == "xrechnung" and terms:
        return "".join(f"#SKONTO#TAGE={term.days}#PROZENT={term.percent:.2f}#\n" for term in terms)
    language = invoice.language
    lines = [f"{word('due_date', language)}: {day_text(invoice.due_date, language)}"]
    for term in terms:
        off = invoice.totals.payable.times(term.percent / 100)
        lines.append(
            word(
                "discount",
                language,
                date=day_text(invoice.issue_date + timedelta(days=term.days), language),
                percent=number_text(term.percent, language),
                amount=amount_text(off, language),
                rest=amount_text(invoice.totals.payable - off, language),
            )
        )
    return "\n".join(lines)


def amount_text(money: Money, language: str) -> str:
    """An amount with its currency, as printed."""
    return f"{number_text(money.amount, language)} {money.currency}"


def _notes(invoice: Invoice) -> list[str]:
    texts = list(invoice.notes)
    if invoice.status == "draft":
        texts.append(legend("draft", invoice.language))
    if invoice.reason:
        texts.append(invoice.reason)
    exempt = {row.legend for row in invoice.tax_breakdown}
    return texts + [text for text in invoice.legends if text not in exempt]


def _rate(category: str, rate: Decimal) -> Decimal | None:
    return None if category == "O" else rate


def _breakdown(row: TaxLine, profile: EInvoiceProfile) -> en.VatBreakdown:
    code = NATURE.get(row.category, "") if profile == "fatturapa" else row.exemption_code
    return en.VatBreakdown(
        taxable=row.base.amount,
        tax=row.tax.amount,
        category=row.category,
        rate=row.rate,
        exemption_reason=row.legend or None,
        exemption_code=code or None,
    )


def _totals(invoice: Invoice) -> en.Totals:
    totals = invoice.totals
    return en.Totals(
        lines=totals.lines.amount,
        allowances=totals.allowances.amount if totals.allowances else None,
        net=totals.net.amount,
        tax=totals.tax.amount,
        gross=totals.gross.amount,
        prepaid=totals.prepaid.amount if totals.prepaid else None,
        rounding=totals.rounding.amount if totals.rounding else None,
        payable=totals.payable.amount,
    )


def _line(invoice: Invoice, line: InvoiceLine) -> en.Line:
    """Prices are never negative (BR-27): a deduction is a negative quantity."""
    sign = -1 if line.net_price < 0 else 1
    allowances: tuple[en.AllowanceCharge, ...] = ()
    if invoice.price_mode == "net":
        allowances = tuple(
            en.AllowanceCharge(
                amount=row.amount.amount,
                base=row.base.amount if row.base else None,
                percent=row.percent,
                reason=row.text,
                reason_code="95",
            )
            for row in line.discounts
        )
    return en.Line(
        id=line.id,
        quantity=line.quantity * sign,
        unit=line.unit,
        net=line.net.amount,
        period=_period(line.period),
        allowances_charges=allowances,
        price=en.Price(net=line.net_price * sign),
        vat_category=line.tax.category,
        vat_rate=_rate(line.tax.category, line.tax.rate),
        item=en.Item(name=line.text, description=line.note or None),
    )
