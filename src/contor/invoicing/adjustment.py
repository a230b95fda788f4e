"""Adjustments: what a change of the contract does to periods that were invoiced already.

The recurring charges of each billed period are priced again under the contract as it is now; per
item the difference to what was billed (less what was credited) is credited on the lines it was
billed with, or charged as a line of its own. Usage is not touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from contor.contracts.contract import Contract
from contor.contracts.schedule import DuePeriod, due_periods, identity
from contor.invoicing.credit_note import remaining
from contor.invoicing.discounts import apply_discounts
from contor.invoicing.draft import build_draft
from contor.invoicing.invoice import Invoice, InvoiceLine
from contor.invoicing.lines import build_lines
from contor.invoicing.wording import word
from contor.money import Money


@dataclass(frozen=True, slots=True)
class Adjustments:
    """``credits`` by invoice number and line id, for :func:`credit`; ``charge`` is a draft."""

    credits: Mapping[str, Mapping[str, Money]]
    charge: Invoice | None


def propose_adjustments(
    contract: Contract, invoices: Sequence[Invoice], credit_notes: Sequence[Invoice], on: date
) -> Adjustments:
    """What is to be credited and charged on the day for the contract's issued ``invoices``."""
    notes: dict[str, list[Invoice]] = {}
    for note in credit_notes:
        notes.setdefault(note.preceding[0].number, []).append(note)
    taken_back: dict[str, dict[str, Money]] = {}
    extra: list[InvoiceLine] = []
    for invoice in invoices:
        left = remaining(invoice, notes.get(invoice.number, ()))
        for item, now in _priced_again(contract, invoice).items():
            lines = [n for n in invoice.lines if n.kind == "recurring" and n.item == item]
            zero = Money(0, invoice.currency)
            billed = sum((left[line.id] for line in lines), zero)
            due = sum((line.charged for line in now), zero)
            if due < billed:
                taken = _spread(billed - due, lines, left)
                taken_back.setdefault(invoice.number, {}).update(taken)
            elif billed < due:
                extra.append(_extra(contract, due - billed, now[0], invoice))
    charge = None
    if extra:
        charge = replace(
            build_draft(replace(contract, campaigns=()), on, (), extra),
            key=f"{contract.id}:{on.isoformat()}:adjustment",
        )
    return Adjustments(taken_back, charge)


def _priced_again(contract: Contract, invoice: Invoice) -> dict[str, list[InvoiceLine]]:
    """Recurring lines of the invoice's periods by item, under the contract as it is now."""
    wanted = {identity(key.partition("#")[0]) for key in invoice.periods}
    known = replace(contract, billing=replace(contract.billing, billed_until=None))
    latest = max((line.period.end for line in invoice.lines if line.period), default=contract.start)
    periods: list[DuePeriod] = [
        period for period in due_periods(known, latest) if identity(period.key) in wanted
    ]
    found: dict[str, list[InvoiceLine]] = {
        line.item: [] for line in invoice.lines if line.kind == "recurring"
    }
    for period in periods:
        for line in apply_discounts(contract, build_lines(contract, period, ())):
            if line.kind == "recurring" and line.item in found:
                found[line.item].append(line)
    return found


def _spread(
    amount: Money, lines: Sequence[InvoiceLine], left: Mapping[str, Money]
) -> dict[str, Money]:
    """The amount taken from the lines in their order, never more than is left of one."""
    taken: dict[str, Money] = {}
    for line in lines:
        part = min(amount, left[line.id])
        if part.minor > 0:
            taken[line.id] = part
            amount = amount - part
    return taken


def _extra(contract: Contract, amount: Money, of: InvoiceLine, invoice: Invoice) -> InvoiceLine:
    """A line that charges the difference; it names the invoice it completes."""
    note = word("completes", contract.language, number=invoice.number)
    return replace(
        of,
        quantity=Decimal(1),
        unit="C62",
        unit_price=amount.amount,
        amount=amount,
        charged=amount,
        net=amount,
        net_price=amount.amount,
        note=note,
        discounts=(),
    )
