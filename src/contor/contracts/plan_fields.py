"""Price plans in contract files as values; the JSON Schema has checked their shape before."""

from __future__ import annotations

from itertools import pairwise

from contor.contracts.contract_fields import Data, day, day_of, decimal, strings, text
from contor.contracts.price_plan import Charge, PricePlan, PriceVersion, Tier
from contor.errors import Refusal


def _charge(data: Data) -> Charge:
    tiers = tuple(
        Tier(
            decimal(row, "price"),
            decimal(row, "up_to") if "up_to" in row else None,
            decimal(row, "flat"),
        )
        for row in data.get("tiers", ())
    )
    if data["model"] in {"graduated", "volume"} and not tiers:
        raise _incomplete(data, "tiers")
    if data["model"] in {"flat", "per_unit", "package"} and "price" not in data:
        raise _incomplete(data, "price")
    if data["kind"] == "usage" and not data.get("meter"):
        raise _incomplete(data, "meter")
    bounds = [tier.up_to for tier in tiers[:-1]]
    if None in bounds or any(
        a is not None and b is not None and a >= b
        for a, b in pairwise(tier.up_to for tier in tiers)
    ):
        raise _incomplete(data, "rising tier bounds")
    return Charge(
        id=str(data["id"]),
        kind=data["kind"],
        model=data["model"],
        text=text(data.get("text")),
        price=decimal(data, "price"),
        unit=data.get("unit", "C62"),
        tiers=tiers,
        package_size=decimal(data, "package_size", "1"),
        meter=data.get("meter", ""),
        aggregate=data.get("aggregate", "sum"),
        included=decimal(data, "included"),
        minimum=decimal(data, "minimum") if "minimum" in data else None,
        event_fee=decimal(data, "event_fee"),
        free_events=data.get("free_events", 0),
        prorate=data.get("prorate", True),
    )


def _incomplete(data: Data, what: str) -> Refusal:
    return Refusal(
        "charge_incomplete",
        "The charge {charge} of kind {kind} and model {model} lacks {what}.",
        "Add it to the charge.",
        charge=data["id"],
        kind=data["kind"],
        model=data["model"],
        what=what,
    )


def plan(data: Data) -> PricePlan:
    """A price plan with its versions in order of time."""
    versions = tuple(
        PriceVersion(
            str(row["version"]),
            day(row["valid_from"]),
            day_of(row, "valid_to"),
            tuple(map(_charge, row["charges"])),
        )
        for row in data["versions"]
    )
    return PricePlan(
        id=str(data["id"]),
        name=text(data["name"]),
        versions=tuple(sorted(versions, key=lambda version: version.valid_from)),
        supply=data.get("supply", "electronic"),
        **strings(data, "tax_class", "account", "cost_centre"),
    )
