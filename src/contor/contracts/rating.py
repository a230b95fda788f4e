"""Rating: what a quantity costs under a charge. Exact decimals; rounding comes on the line.

Tiers are walked in order; an amount of a tier is a part of its own, so that the invoice shows every
price that was used.

>>> tiers = (Tier(Decimal("1.5"), Decimal(10)), Tier(Decimal("1.0"), Decimal(110)), Tier(Decimal("0.5")))
>>> charge = Charge("gb", "usage", "graduated", tiers=tiers)
>>> str(sum(part.amount for part in rate(charge, Decimal(111))))
'115.5'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from contor.contracts.price_plan import Charge, RatingModel, Tier
from contor.errors import Refusal
from contor.money import round_half_up

_QUANTITY_DIGITS = 6


@dataclass(frozen=True, slots=True)
class RatedPart:
    """``quantity`` at ``unit_price``; ``what`` says which step of the charge it is."""

    quantity: Decimal
    unit_price: Decimal
    what: str = ""

    @property
    def amount(self) -> Decimal:
        """Quantity times price, exact."""
        return self.quantity * self.unit_price


def rate(
    charge: Charge,
    quantity: Decimal,
    *,
    used_before: Decimal = Decimal(0),
    events: int = 0,
    packages_billed: int = 0,
    share: Fraction = Fraction(1),
) -> list[RatedPart]:
    """The priced parts of a quantity.

    ``used_before`` already ate from the included quantity; ``packages_billed`` were charged
    before; ``share`` of a full period shrinks the included quantity and the minimum.
    Parts of a quantity of zero are left out, flat fees of a tier reached are not.
    """
    share = share if charge.prorate else Fraction(1)
    included = charge.included
    if share != 1:
        included = round_half_up(_times(included, share), _QUANTITY_DIGITS)
    billable = max(Decimal(0), quantity - max(Decimal(0), included - used_before))
    parts = _MODELS[charge.model](charge, billable, packages_billed)
    chargeable_events = max(0, events - charge.free_events)
    if charge.event_fee and chargeable_events:
        parts.append(RatedPart(Decimal(chargeable_events), charge.event_fee, "event_fee"))
    if charge.minimum is not None:
        least = _times(charge.minimum, share)
        reached = sum((part.amount for part in parts), Decimal(0))
        if reached < least:
            parts.append(RatedPart(Decimal(1), least - reached, "minimum"))
    return parts


def _times(value: Decimal, share: Fraction) -> Decimal:
    return value if share == 1 else value * share.numerator / share.denominator


def _flat(charge: Charge, quantity: Decimal, billed: int) -> list[RatedPart]:
    del quantity, billed
    return [RatedPart(Decimal(1), charge.price)]


def _per_unit(charge: Charge, quantity: Decimal, billed: int) -> list[RatedPart]:
    del billed
    return [RatedPart(quantity, charge.price)] if quantity else []


def _graduated(charge: Charge, quantity: Decimal, billed: int) -> list[RatedPart]:
    del billed
    parts: list[RatedPart] = []
    lower = Decimal(0)
    for number, tier in enumerate(charge.tiers, 1):
        in_tier = (quantity if tier.up_to is None else min(quantity, tier.up_to)) - lower
        if in_tier <= 0:
            break
        parts.append(RatedPart(in_tier, tier.price, f"tier_{number}"))
        if tier.flat:
            parts.append(RatedPart(Decimal(1), tier.flat, f"tier_{number}_flat"))
        lower += in_tier
    if lower < quantity:
        raise _no_tier(charge, quantity)
    return parts


def _volume(charge: Charge, quantity: Decimal, billed: int) -> list[RatedPart]:
    del billed
    number, tier = _tier_of(charge, quantity)
    parts = [RatedPart(quantity, tier.price, f"tier_{number}")] if quantity else []
    if tier.flat:
        parts.append(RatedPart(Decimal(1), tier.flat, f"tier_{number}_flat"))
    return parts


def _package(charge: Charge, quantity: Decimal, billed: int) -> list[RatedPart]:
    whole, rest = divmod(quantity, charge.package_size)
    packages = whole + (1 if rest else 0) - billed
    return [RatedPart(packages, charge.price, "package")] if packages > 0 else []


def _percentage(charge: Charge, quantity: Decimal, billed: int) -> list[RatedPart]:
    if charge.tiers:
        return [
            part if part.what.endswith("flat") else _percent(part)
            for part in _graduated(charge, quantity, billed)
        ]
    return [_percent(RatedPart(quantity, charge.price))] if quantity else []


def _percent(part: RatedPart) -> RatedPart:
    return RatedPart(part.quantity, part.unit_price / 100, part.what or "percentage")


def _tier_of(charge: Charge, quantity: Decimal) -> tuple[int, Tier]:
    for number, tier in enumerate(charge.tiers, 1):
        if tier.up_to is None or quantity <= tier.up_to:
            return number, tier
    raise _no_tier(charge, quantity)


def _no_tier(charge: Charge, quantity: Decimal) -> Refusal:
    return Refusal(
        "tier_missing",
        "The charge {charge} has no price for a quantity of {quantity}.",
        "Leave up_to away on the last tier.",
        charge=charge.id,
        quantity=quantity,
    )


_MODELS: Mapping[RatingModel, Callable[[Charge, Decimal, int], list[RatedPart]]] = {
    "flat": _flat,
    "per_unit": _per_unit,
    "graduated": _graduated,
    "volume": _volume,
    "package": _package,
    "percentage": _percentage,
}
