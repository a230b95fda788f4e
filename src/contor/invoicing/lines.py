"""Lines of an invoice: what a due period of a contract costs, priced, prorated and taxed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from contor.contracts.contract import Contract, Item
from contor.contracts.metering import metered_quantity
from contor.contracts.price_plan import Charge
from contor.contracts.proration import prorate
from contor.contracts.rating import RatedPart, rate
from contor.contracts.schedule import DuePeriod
from contor.contracts.usage import UsageEvent, in_period, usage_of
from contor.invoicing.invoice import InvoiceLine, PriceSource
from contor.invoicing.line_text import line_text, prorated_note, usage_note
from contor.invoicing.price_digits import fitting_price
from contor.invoicing.segments import Segment, segments
from contor.invoicing.tax import determine_tax
from contor.money import Money, minor_digits, round_half_up
from contor.periods import Period


@dataclass(frozen=True, slots=True)
class _Charged:
    """A charge over a segment with its share of the full period and the metered quantity."""

    segment: Segment
    charge: Charge
    period: Period
    share: Fraction
    quantity: Decimal


def build_lines(
    contract: Contract, due: DuePeriod, usage: Sequence[UsageEvent]
) -> list[InvoiceLine]:
    """The lines of one due period, in the order of items and charges; ids are given later."""
    lines: list[InvoiceLine] = []
    for item in contract.items:
        for metered in (False, True):
            for segment in segments(contract, item, due, by_quantity=not metered):
                for charge in segment.version.charges:
                    if (charge.kind == "usage") == metered and _belongs(
                        contract, item, segment, charge, due
                    ):
                        lines.extend(_lines_of(contract, due, segment, charge, usage))
    return lines


def _belongs(
    contract: Contract, item: Item, segment: Segment, charge: Charge, due: DuePeriod
) -> bool:
    if charge.kind == "usage":
        return due.phase == "arrears"
    if due.phase != contract.billing.timing:
        return False
    if charge.kind == "recurring":
        return True
    begins = segment.period.start
    return begins == item.start or any(
        change.start == begins and change.plan is not None for change in item.changes
    )


def _lines_of(
    contract: Contract,
    due: DuePeriod,
    segment: Segment,
    charge: Charge,
    usage: Sequence[UsageEvent],
) -> Iterator[InvoiceLine]:
    terms = contract.billing
    policy = "none" if charge.kind == "one_time" else terms.proration
    share = prorate(segment.period, due.full, policy, terms.months)
    if charge.kind == "usage":
        charged, parts = _metered(contract, due, segment, charge, share, usage)
    else:
        charged = _Charged(segment, charge, segment.period, share, segment.quantity)
        parts = rate(charge, segment.quantity, share=share)
    for part in parts:
        line = _line(contract, due, charged, part)
        if line.amount or charge.kind != "usage":
            yield line


def _metered(
    contract: Contract,
    due: DuePeriod,
    segment: Segment,
    charge: Charge,
    share: Fraction,
    usage: Sequence[UsageEvent],
) -> tuple[_Charged, list[RatedPart]]:
    """Usage of the segment; what earlier segments of the period used ate from what is included."""
    zone = contract.billing.time_zone
    events = usage_of(usage, contract.id, charge.meter, zone, segment.period.end)
    quantity = metered_quantity(events, segment.period, due.full, charge.aggregate)
    count = len(in_period(events, segment.period))
    parts = rate(charge, quantity, events=count, share=share)
    return _Charged(segment, charge, segment.period, share, quantity), parts


def _line(contract: Contract, due: DuePeriod, charged: _Charged, part: RatedPart) -> InvoiceLine:
    segment, charge = charged.segment, charged.charge
    currency = contract.currency
    digits = minor_digits(currency)
    price = part.unit_price
    prorated = charge.kind == "recurring" and charged.share != 1 and part.what != "minimum"
    if prorated:
        price = price * charged.share.numerator / charged.share.denominator
    amount = round_half_up(part.quantity * price, digits)
    money = Money.of(amount, currency)
    shown = fitting_price(part.quantity, price, amount, digits) if part.quantity else price
    item, plan = segment.item, segment.plan
    return InvoiceLine(
        id="",
        text=line_text(contract.language, plan, item, charge, part),
        note=_note(contract, due, charged, part) if prorated or charge.kind == "usage" else "",
        quantity=part.quantity,
        unit=charge.unit,
        unit_price=shown,
        amount=money,
        charged=money,
        net=money,
        net_price=shown,
        period=charged.period,
        item=item.id,
        kind=charge.kind,
        account=item.account or plan.account,
        cost_centre=item.cost_centre or plan.cost_centre,
        price=PriceSource(plan.id, segment.version.version, charge.id, part.what),
        tax=determine_tax(contract, plan, charged.period.last_day),
    )


def _note(contract: Contract, due: DuePeriod, charged: _Charged, part: RatedPart) -> str:
    if charged.charge.kind == "recurring":
        return prorated_note(contract, part.unit_price, charged.period, due.full)
    return usage_note(contract.language, charged.charge, charged.quantity, charged.share)
