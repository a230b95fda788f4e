"""Quantities that recognition lost or misread by a digit, where price and total prove them.

A lone *1* in its column is what recognition drops most often; *85* becomes *8*, *1,00* becomes *100*.
"""

from __future__ import annotations

from decimal import Decimal

from contor.documents.amounts import one_digit_apart

_MOST = 10_000


def proven_quantity(read: Decimal | None, price: Decimal | None, total: Decimal) -> Decimal | None:
    """The whole number of pieces that makes the total, if what was read may be it; else what was read.

    >>> proven_quantity(None, Decimal("189.00"), Decimal("567.00"))
    Decimal('3')
    >>> proven_quantity(Decimal(8), Decimal("118.00"), Decimal("10030.00"))
    Decimal('85')
    >>> proven_quantity(Decimal(7), Decimal("118.00"), Decimal("10030.00"))
    Decimal('7')
    """
    if not price or not total or (read is not None and read * price == total):
        return read
    pieces = total / price
    if pieces != pieces.to_integral_value() or not 0 < pieces < _MOST:
        return read
    right = pieces.to_integral_value()
    return right if read is None or _may_be(read, right) else read


def _may_be(read: Decimal, right: Decimal) -> bool:
    """Whether one digit was misread or lost, or the mark of decimals."""
    if one_digit_apart(read, right) or read == right * 100:
        return True
    printed, wanted = f"{read.normalize():f}", f"{right:f}"
    return len(wanted) == len(printed) + 1 and any(
        wanted[:place] + wanted[place + 1 :] == printed for place in range(len(wanted))
    )
