"""What the company's own suppliers send in November 2026, as CII e-invoices.

The same rents and subscriptions that the ledger holds for two years: the documents that memory
should know, beside strangers' ones. The twin also says how they are booked.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from contor.einvoice.cii_writing import write_cii
from contor.einvoice.model import (
    Address,
    Invoice,
    InvoicingPeriod,
    Item,
    Line,
    Party,
    PaymentMeans,
    Price,
    Totals,
    VatBreakdown,
)
from contor_training.synthetic.demo_company.catalogue import (
    Expense,
    Supplier,
    expenses,
    suppliers,
)
from contor_training.synthetic.demo_company.descriptions import fill
from contor_training.synthetic.demo_company.identifiers import vat_id
from contor_training.synthetic.demo_company.ledger import RATES, doc_no, price
from contor_training.synthetic.demo_company.statements import OWNER

SENDERS = ("70007", "70012", "70013", "70026", "70028", "70036", "70050", "70106")
_DAY = date(2026, 11, 2)
_CENT = Decimal("0.01")


def documents(seed: int) -> dict[str, tuple[bytes, dict[str, object]]]:
    """By file name: the XML and the content of its twin."""
    found = {}
    for sender in SENDERS:
        supplier = suppliers(seed)[sender]
        fixed = [
            expense
            for expense in expenses()
            if expense.supplier == sender
            and expense.rhythm == "m1"
            and expense.low == expense.high
            and expense.tax_code == "V19"
        ]
        invoice = _invoice(supplier, fixed, seed)
        found[f"{sender}-2026-11.xml"] = (write_cii(invoice, "en16931"), _twin(invoice, fixed))
    return found


def _invoice(supplier: Supplier, fixed: list[Expense], seed: int) -> Invoice:
    rng = Random(f"{seed}:incoming:{supplier.id}")
    rate = RATES["V19"]
    lines = tuple(
        _line(str(number), expense, rate, rng) for number, expense in enumerate(fixed, start=1)
    )
    net = sum((line.net or Decimal(0) for line in lines), Decimal("0.00"))
    tax = (net * rate / 100).quantize(_CENT, ROUND_HALF_UP)
    address = Address(
        line_1=supplier.street,
        city=supplier.city,
        postcode=supplier.postcode,
        country=supplier.country,
    )
    own = Address(line_1="Speicherkai 7", city="Kiel", postcode="24103", country="DE")
    return Invoice(
        number=doc_no(supplier.id, _DAY),
        issue_date=_DAY,
        type_code="380",
        currency="EUR",
        due_date=_DAY + timedelta(days=14),
        seller=Party(name=supplier.name, vat_id=supplier.vat_id or None, address=address),
        buyer=Party(name=OWNER, vat_id=vat_id("DE", Random(f"{seed}:own")), address=own),
        period=InvoicingPeriod(date(2026, 11, 1), date(2026, 11, 30)),
        payment_means=(PaymentMeans(code="58", account=supplier.iban),),
        totals=Totals(lines=net, net=net, tax=tax, gross=net + tax, payable=net + tax),
        vat_breakdown=(VatBreakdown(taxable=net, tax=tax, category="S", rate=rate),),
        lines=lines,
    )


def _line(number: str, expense: Expense, rate: Decimal, rng: Random) -> Line:
    net = price(expense, _DAY, rng)
    return Line(
        id=number,
        quantity=Decimal(1),
        unit="MON",
        net=net,
        price=Price(net=net),
        vat_category="S",
        vat_rate=rate,
        item=Item(name=fill(expense.texts[0], _DAY, rng)),
    )


def _twin(invoice: Invoice, fixed: list[Expense]) -> dict[str, object]:
    return {
        "route": "einvoice",
        "kind": "invoice",
        "fields": {
            "number": invoice.number,
            "issue_date": _DAY.isoformat(),
            "currency": "EUR",
            "gross_total": str(invoice.totals.gross),
            "seller_name": invoice.seller.name,
        },
        "refusal": None,
        "booking": [
            {"account": one.account, "cost_centre": one.cost_centre, "tax_code": one.tax_code}
            for one in fixed
        ],
    }
