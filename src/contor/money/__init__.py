"""Money: exact amounts in integer minor units of one currency (ISO 4217).

No float ever becomes money, amounts of different currencies never add up, and every rounding is
named at the place of its rule.

>>> from decimal import Decimal
>>> net = Money.of("13.50", "EUR")
>>> tax = net.times(Decimal("0.19"))          # half away from zero, § 14 UStG practice
>>> str(net + tax)
'16.07 EUR'
>>> [str(part.amount) for part in Money.of("10.00", "EUR").allocate([1, 1, 1])]
['3.34', '3.33', '3.33']
"""

from contor.money.allocation import allocate
from contor.money.money import Money, minor_digits
from contor.money.rounding import round_half_up

__all__ = ["Money", "allocate", "minor_digits", "round_half_up"]
