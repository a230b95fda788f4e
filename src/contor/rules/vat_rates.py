"""VAT rates by country, class and day; special territories have rates of their own.

>>> from datetime import date
>>> str(vat_rate("DE", "standard", date(2020, 8, 1)).percent)
'16'
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contor.errors import Refusal
from contor.rules.pack import read_pack, row_on


@dataclass(frozen=True, slots=True)
class VatRate:
    """A rate in percent with the rule pack's version it comes from."""

    country: str
    tax_class: str
    percent: Decimal
    valid_from: date
    pack_version: str


def vat_rate(country: str, tax_class: str, on: date) -> VatRate:
    """The rate valid on the day of supply; refuses where the pack has none."""
    pack = read_pack("vat_rates")
    rows = pack["rates"].get(country, {}).get(tax_class)
    if rows is None:
        raise Refusal(
            "vat_rate_unknown",
            "There is no {tax_class} VAT rate for {country}.",
            "Load a rule pack with the rate of that country.",
            country=country,
            tax_class=tax_class,
        )
    row = row_on(rows, on, f"{tax_class} VAT rate of {country}")
    return VatRate(
        country,
        tax_class,
        Decimal(row["percent"]),
        date.fromisoformat(row["valid_from"]),
        str(pack["version"]),
    )


def is_rate_of(country: str, percent: Decimal, on: date) -> bool:
    """Whether a country charges this rate on the day, in any class the pack knows.

    >>> is_rate_of("CY", Decimal(19), date(2026, 9, 1)), is_rate_of("LU", Decimal(19), date(2026, 9, 1))
    (True, False)
    """
    classes = read_pack("vat_rates")["rates"].get(country, {})
    for tax_class in classes:
        try:
            if vat_rate(country, tax_class, on).percent == percent:
                return True
        except Refusal:
            continue
    return False


def in_vat_area(country: str) -> bool:
    """Whether the pack knows the country as a member state."""
    return country in read_pack("vat_rates")["rates"]
