"""Quantities that are written out: *3:30 h* at 95,00, and together with their price: *12x €9.90*."""

from __future__ import annotations

import re
from decimal import Decimal

_TIME = re.compile(r"(?<![\d:])(\d{1,4}):([0-5]\d)(?::[0-5]\d)?(?![\d:])")
_TIMES = re.compile(r"(?<![\w.,])(\d{1,5})\s?[x×]\s?[€$£]?\s?$")
_SIXTY = Decimal(60)
_CENT = Decimal("0.015")


def hours_in(text: str, price: Decimal, total: Decimal) -> Decimal | None:
    """The hours on a line that make its total at a price, or None.

    >>> hours_in("Firewall  95,00 €  3:30 h  332,50 €", Decimal(95), Decimal("332.50"))
    Decimal('3.5')
    >>> hours_in("Termin 9:30, Pauschale 100,00", Decimal(100), Decimal(100))
    """
    for match in _TIME.finditer(text):
        hours = Decimal(match[1]) + Decimal(match[2]) / _SIXTY
        if abs(hours * price - total) <= _CENT:
            return round(hours, 4).normalize()
    return None


def times_before(text: str) -> Decimal | None:
    """How many times the price that follows is taken, where that is written right before it.

    >>> times_before("Hosting, 12 months  12x €"), times_before("Gehäuse 3 x 5 cm  ")
    (Decimal('12'), None)
    """
    match = _TIMES.search(text)
    return Decimal(match[1]) if match else None
