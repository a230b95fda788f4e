"""Default interest and costs (§§ 286, 288 BGB).

Base rate plus nine points between businesses, plus five for consumers, by the day, cut wherever the
base rate changes.

A business is in default 30 days after due date and receipt, a consumer only where the invoice said
so (§ 286 (3)); both from the day after a first reminder. Interest is on a year of 365 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from contor.dunning.procedure import Level, read_pack
from contor.ledger.open_items import OpenItem
from contor.money import Money, round_half_up
from contor.money.money import minor_digits
from contor.periods import Period
from contor.rules.base_rates import base_rate_stretches
from contor.rules.pack import row_on

_YEAR = 365
_DEFAULT_AFTER = 30


@dataclass(frozen=True, slots=True)
class Debtor:
    """What the law asks about the customer; ``reminded_on`` is the first reminder's day."""

    business: bool
    notice_printed: bool = False
    reminded_on: date | None = None


@dataclass(frozen=True, slots=True)
class InterestStretch:
    """Interest over a stretch of one rate."""

    period: Period
    percent: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Charges:
    """What a reminder adds to the items."""

    interest: Money
    lump_sum: Money
    fee: Money
    stretches: tuple[InterestStretch, ...] = ()

    @property
    def total(self) -> Money:
        """All of it."""
        return self.interest + self.lump_sum + self.fee


def in_default_from(item: OpenItem, debtor: Debtor) -> date | None:
    """The first day of default, or None while there is none."""
    days: list[date] = []
    if debtor.reminded_on is not None and debtor.reminded_on > item.due_date:
        days.append(debtor.reminded_on + timedelta(days=1))
    if debtor.business or debtor.notice_printed:
        days.append(item.due_date + timedelta(days=_DEFAULT_AFTER + 1))
    return min(days, default=None)


def charge(
    level: Level,
    items: tuple[OpenItem, ...],
    debtor: Debtor,
    as_of: date,
    lump_sum_charged: bool = False,
) -> Charges:
    """Interest up to and including ``as_of``, the lump sum once per claim, the level's fee.

    Refuses ``no_value_for_date`` where the base rate of a half-year is not loaded.
    """
    currency = items[0].gross.currency
    stretches: list[InterestStretch] = []
    claims = 0
    for item in items:
        begin = in_default_from(item, debtor)
        if begin is None or begin > as_of:
            continue
        claims += 1
        if level.interest == "statutory":
            period = Period(begin, as_of + timedelta(days=1))
            stretches += default_interest(item.open_amount, period, business=debtor.business)
    exact = sum((stretch.amount for stretch in stretches), Decimal(0))
    lump = Decimal(0)
    if level.lump_sum and debtor.business and not lump_sum_charged:
        row = row_on(read_pack("statutory_interest")["rows"], as_of, "lump sum of § 288 (5) BGB")
        lump = Decimal(row["lump_sum"]) * claims
    return Charges(
        Money.rounded(exact, currency),
        Money.rounded(lump, currency),
        Money.rounded(level.fee, currency),
        tuple(stretches),
    )


def default_interest(
    open_amount: Money, period: Period, *, business: bool
) -> list[InterestStretch]:
    """Interest of a sum over the days of default, a stretch per base rate.

    >>> parts = default_interest(Money.of("1000", "EUR"), Period(date(2025, 6, 1), date(2025, 8, 1)),
    ...                          business=True)
    >>> [(p.period.days, str(p.percent), str(p.amount)) for p in parts]
    [(30, '11.27', '9.263'), (31, '10.27', '8.7225')]
    """
    found: list[InterestStretch] = []
    for part, base in base_rate_stretches(period):
        row = row_on(read_pack("statutory_interest")["rows"], part.start, "points of § 288 BGB")
        percent = base + Decimal(row["business" if business else "consumer"])
        exact = Fraction(open_amount.amount) * Fraction(percent) * part.days / (100 * _YEAR)
        amount = Decimal(exact.numerator) / Decimal(exact.denominator)
        digits = minor_digits(open_amount.currency) + 2
        found.append(InterestStretch(part, percent, round_half_up(amount, digits).normalize()))
    return found
