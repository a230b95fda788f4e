"""Open items on 31 October 2026: what customers owe, what suppliers are owed, credit notes.

Invoices of four months; the old ones are settled and stand there with nothing open, as a returned
debit may reopen them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from contor_training.synthetic.demo_company.catalogue import suppliers
from contor_training.synthetic.demo_company.customers import Customer, customers
from contor_training.synthetic.demo_company.ledger import lines

_PRICES = ("9.90", "14.90", "24.90", "39.00", "59.00", "89.00", "149.00", "299.00", "480.00")
_NOT_PAID_BY_TRANSFER = {"70042", "70043", "70044", "70051", "70064", "70065", "70072"}
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open item in the columns of COMMANDS.md."""

    id: str
    kind: str
    number: str
    party_id: str
    party_name: str
    issue_date: date
    due_date: date
    currency: str
    gross: Decimal
    open_amount: Decimal
    party_iban: str = ""
    discount_terms: str = ""
    order_reference: str = ""
    contract_reference: str = ""
    party_aliases: str = ""
    mandate_id: str = ""
    end_to_end_id: str = ""


def open_items(seed: int) -> list[OpenItem]:
    """All items, ordered by day and number."""
    found = [*_receivables(seed), *_payables(seed)]
    return sorted(found, key=lambda item: (item.issue_date, item.number, item.id))


def _receivables(seed: int) -> list[OpenItem]:
    rng = Random(f"{seed}:receivables")
    found: list[OpenItem] = []
    count = 2600
    for month in (7, 8, 9, 10):
        for customer in customers(seed):
            own = Random(f"{seed}:price:{customer.id}")
            net = Decimal(own.choice(_PRICES)) * own.choice((1, 1, 1, 2, 3, 5))
            if own.random() < 0.25:  # usage: another amount each month
                net += Decimal(rng.randint(80, 9000)) / 100
            if rng.random() < 0.12:
                continue
            count += 1
            found.append(_receivable(customer, net, date(2026, month, 1), count, rng))
            if month == 9 and rng.random() < 0.04:
                count += 1
                found.append(_credit_note(found[-1], count))
    return found


def _receivable(customer: Customer, net: Decimal, day: date, count: int, rng: Random) -> OpenItem:
    rate = Decimal("1.19") if customer.country == "DE" else Decimal(1)
    gross = (net * rate).quantize(_CENT, ROUND_HALF_UP)
    issued = day + timedelta(days=rng.randint(0, 3))
    settled = day.month < 9 and rng.random() < 0.9
    number = f"R26-{count:05d}"
    return OpenItem(
        id=f"AR-{count}",
        kind="receivable",
        number=number,
        party_id=customer.id,
        party_name=customer.name,
        issue_date=issued,
        due_date=issued + timedelta(days=14),
        currency="EUR",
        gross=gross,
        open_amount=Decimal("0.00") if settled else gross,
        party_iban=customer.iban,
        discount_terms=customer.discount_terms,
        order_reference=f"PO-{rng.randint(1000, 9999)}" if rng.random() < 0.15 else "",
        contract_reference=f"C-{customer.id}",
        party_aliases=f"{customer.domain};{customer.email}",
        mandate_id=customer.mandate_id,
        end_to_end_id=number if customer.mandate_id else "",
    )


def _credit_note(invoice: OpenItem, count: int) -> OpenItem:
    gross = (invoice.gross / 4).quantize(_CENT, ROUND_HALF_UP)
    day = invoice.issue_date + timedelta(days=9)
    return OpenItem(
        id=f"CN-{count}",
        kind="credit_note",
        number=f"G26-{count:05d}",
        party_id=invoice.party_id,
        party_name=invoice.party_name,
        issue_date=day,
        due_date=day,
        currency="EUR",
        gross=gross,
        open_amount=gross,
        party_iban=invoice.party_iban,
        contract_reference=invoice.contract_reference,
        party_aliases=invoice.party_aliases,
    )


def _payables(seed: int) -> list[OpenItem]:
    """The documents of the ledger's last five weeks that are paid by transfer."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    days: dict[tuple[str, str], date] = {}
    for line in lines(seed):
        known = line.supplier_id and line.supplier_id not in _NOT_PAID_BY_TRANSFER
        if line.date >= date(2026, 9, 25) and known:
            key = (line.supplier_id, line.doc_no)
            sums[key] += line.amount
            days[key] = line.date
    found = []
    for number, (key, gross) in enumerate(sorted(sums.items()), start=1):
        supplier = suppliers(seed)[key[0]]
        found.append(
            OpenItem(
                id=f"AP-{number}",
                kind="payable",
                number=key[1],
                party_id=supplier.id,
                party_name=supplier.name,
                issue_date=days[key],
                due_date=days[key] + timedelta(days=14),
                currency="EUR",
                gross=gross,
                open_amount=gross,
                party_iban=supplier.iban,
                party_aliases=";".join(supplier.also),
            )
        )
    return found
