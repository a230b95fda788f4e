"""How many decimals a price needs so that quantity times price gives the line to the cent.

A prorated price is a fraction without end; what is printed and sent has the fewest decimals that
still reproduce the line amount (EN 16931 allows any number of decimals in BT-146).
"""

from __future__ import annotations

from decimal import Decimal

from contor.errors import Refusal
from contor.money import round_half_up

_MOST_DIGITS = 14


def fitting_price(quantity: Decimal, exact: Decimal, amount: Decimal, digits: int) -> Decimal:
    """The shortest rounding of ``exact`` with ``quantity`` x price = ``amount`` at ``digits``.

    >>> fitting_price(Decimal(3), Decimal("18.387096774193"), Decimal("55.16"), 2)
    Decimal('18.387')
    """
    for decimals in range(digits, _MOST_DIGITS):
        price = round_half_up(exact, decimals)
        if round_half_up(quantity * price, digits) == amount:
            return price
    raise Refusal(
        "price_does_not_fit",
        "No price near {exact} times {quantity} gives {amount}.",
        "Check quantity, price and amount of the line.",
        exact=exact,
        quantity=quantity,
        amount=amount,
    )
