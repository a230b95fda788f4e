"""A change in the middle of a period that was billed in advance: credit the rest, charge the new.

The credit follows the price actually paid, not today's list, and never exceeds what is left of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from contor.contracts.proration import ProrationPolicy, prorate
from contor.money import Money, round_half_up
from contor.money.money import minor_digits
from contor.periods import Period


@dataclass(frozen=True, slots=True)
class ChangeSettlement:
    """``credit`` (negative or zero) of the old price, ``debit`` of the new, ``share`` left."""

    credit: Money
    debit: Money
    share: Fraction

    @property
    def net(self) -> Money:
        """What the customer pays (positive) or gets (negative)."""
        return self.credit + self.debit


def settle_change(
    paid: Money,
    new_price: Money,
    on: date,
    period: Period,
    *,
    credited_before: Money | None = None,
    restart: bool = False,
    policy: ProrationPolicy = "actual_days",
    months: int = 1,
) -> ChangeSettlement:
    """Settle a change on ``on`` in a ``period`` that was ``paid``.

    ``restart`` begins a new period of the new price at once, charged in full (change of the
    billing cycle); else the new price is charged for the days left.

    >>> june = Period(date(2026, 6, 1), date(2026, 7, 1))
    >>> s = settle_change(Money.of("100", "EUR"), Money.of("300", "EUR"), date(2026, 6, 16), june)
    >>> str(s.credit), str(s.debit)
    ('-50.00 EUR', '150.00 EUR')
    """
    share = Fraction(0)
    if on < period.end:
        share = prorate(Period(max(on, period.start), period.end), period, policy, months)
    left = paid - (credited_before or Money(0, paid.currency))
    credit = min(_share_of(paid, share), left)
    debit = new_price if restart else _share_of(new_price, share)
    return ChangeSettlement(-credit, debit, share)


def _share_of(price: Money, share: Fraction) -> Money:
    digits = minor_digits(price.currency)
    exact = price.amount * share.numerator / share.denominator
    return Money.of(round_half_up(exact, digits), price.currency)
