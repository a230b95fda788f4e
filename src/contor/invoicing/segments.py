"""Segments: the stretches of a due period in which an item's plan, version and quantity hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from contor.contracts.contract import Contract, Item
from contor.contracts.price_plan import PricePlan, PriceVersion
from contor.contracts.schedule import DuePeriod
from contor.periods import Period


@dataclass(frozen=True, slots=True)
class Segment:
    """Days of one item under one plan version and one quantity."""

    item: Item
    plan: PricePlan
    version: PriceVersion
    quantity: Decimal
    period: Period


def segments(
    contract: Contract, item: Item, due: DuePeriod, *, by_quantity: bool = True
) -> Iterator[Segment]:
    """The segments of an item in the days served, in order of time.

    The price version is that of the first day of the item's days in the period, or each for its
    own days where the contract says ``price_of: split``. Without ``by_quantity`` a change of the
    quantity alone makes no border: usage is metered over the whole stretch of a price.
    """
    end = due.served.end if item.end is None else min(item.end, due.served.end)
    start = max(item.start, due.served.start)
    if start >= end:
        return
    served = Period(start, end)
    borders = {start, end, *(change.start for change in item.changes if change.start in served)}
    if contract.billing.price_of == "split":
        borders |= {
            version.valid_from
            for plan in contract.plans.values()
            for version in plan.versions
            if version.valid_from in served
        }
    merged: list[Segment] = []
    for part_start, part_end in pairwise(sorted(borders)):
        plan_id, quantity = _state_on(item, part_start)
        plan = contract.plans[plan_id]
        priced_on = part_start if contract.billing.price_of == "split" else start
        segment = Segment(
            item, plan, plan.version_on(priced_on), quantity, Period(part_start, part_end)
        )
        if merged and _same(merged[-1], segment, by_quantity=by_quantity):
            last = merged.pop()
            segment = Segment(
                item, plan, last.version, quantity, Period(last.period.start, part_end)
            )
        merged.append(segment)
    yield from merged


def _state_on(item: Item, day: date) -> tuple[str, Decimal]:
    """Plan and quantity after all changes up to the day."""
    plan, quantity = item.plan, item.quantity
    for change in item.changes:
        if change.start <= day:
            plan = change.plan if change.plan is not None else plan
            quantity = change.quantity if change.quantity is not None else quantity
    return plan, quantity


def _same(left: Segment, right: Segment, *, by_quantity: bool) -> bool:
    if by_quantity and left.quantity != right.quantity:
        return False
    return (left.plan.id, left.version.version) == (right.plan.id, right.version.version)
