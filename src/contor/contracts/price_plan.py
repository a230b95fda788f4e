"""Price plans: versions that follow one another and are never edited, each with its charges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from contor.errors import Refusal

ChargeKind = Literal["recurring", "one_time", "usage"]
RatingModel = Literal["flat", "per_unit", "graduated", "volume", "package", "percentage"]
Aggregate = Literal["sum", "max", "last", "p95", "time_weighted"]
Text = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tier:
    """Price up to and including ``up_to`` (None: without end); ``flat`` once when reached."""

    price: Decimal
    up_to: Decimal | None = None
    flat: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Charge:
    """One price element of a plan version."""

    id: str
    kind: ChargeKind
    model: RatingModel
    text: Text = field(default_factory=dict)
    price: Decimal = Decimal(0)
    unit: str = "C62"
    tiers: tuple[Tier, ...] = ()
    package_size: Decimal = Decimal(1)
    meter: str = ""
    aggregate: Aggregate = "sum"
    included: Decimal = Decimal(0)
    minimum: Decimal | None = None
    event_fee: Decimal = Decimal(0)
    free_events: int = 0
    prorate: bool = True


@dataclass(frozen=True, slots=True)
class PriceVersion:
    """The prices of ``[valid_from, valid_to)``."""

    version: str
    valid_from: date
    valid_to: date | None
    charges: tuple[Charge, ...]


@dataclass(frozen=True, slots=True)
class PricePlan:
    """What is sold, how it is taxed and booked, and its price versions in order of time."""

    id: str
    name: Text
    versions: tuple[PriceVersion, ...]
    supply: Literal["electronic", "service", "goods"] = "electronic"
    tax_class: str = "standard"
    account: str = ""
    cost_centre: str = ""

    def __post_init__(self) -> None:
        for before, after in zip(self.versions, self.versions[1:], strict=False):
            if before.valid_to is None or before.valid_to > after.valid_from:
                raise Refusal(
                    "price_versions_overlap",
                    "The versions {before} and {after} of the plan {plan} overlap.",
                    "End the older one on the day the younger one begins.",
                    before=before.version,
                    after=after.version,
                    plan=self.id,
                )

    def version_on(self, on: date) -> PriceVersion:
        """The prices of the day; refuses ``price_missing``."""
        for version in self.versions:
            if version.valid_from <= on and (version.valid_to is None or on < version.valid_to):
                return version
        raise Refusal(
            "price_missing",
            "The plan {plan} has no price on {on}.",
            "Add a price version that covers the day.",
            plan=self.id,
            on=on,
        )


def text_in(texts: Text, language: str) -> str:
    """The text in the language, else in any language it has, else empty.

    >>> text_in({"de": "Miete", "en": "Rent"}, "it")
    'Rent'
    """
    for key in (language, "*", "en", "de", "it"):
        if key in texts:
            return texts[key]
    return ""
