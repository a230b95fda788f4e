"""Special territories: parts of a member state outside the VAT area, or with rates of their own.

>>> territory_of("ES", "35001").treated_as
'third'
>>> territory_of("DE", "20457").treated_as
'DE'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contor.rules.pack import read_pack


@dataclass(frozen=True, slots=True)
class Territory:
    """``treated_as`` is a country whose rates apply, or ``third`` outside the VAT area."""

    country: str
    treated_as: str
    name: str = ""


def territory_of(country: str, postcode: str) -> Territory:
    """The territory of an address by country and postcode."""
    plain = re.sub(r"[^0-9A-Z]", "", postcode.upper())
    for row in read_pack("territories")["territories"]:
        if row["country"] == country and re.fullmatch(row["postcode"], plain):
            return Territory(country, row["treated_as"], row["name"])
    return Territory(country, country)
