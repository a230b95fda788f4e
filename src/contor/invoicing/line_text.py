"""The words of a line: what it is, and how its figure came about."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from contor.contracts.contract import Contract, Item
from contor.contracts.price_plan import Charge, PricePlan, text_in
from contor.contracts.rating import RatedPart
from contor.invoicing.wording import number_text, unit_text, word
from contor.money import round_half_up
from contor.periods import Period


def line_text(language: str, plan: PricePlan, item: Item, charge: Charge, part: RatedPart) -> str:
    """Plan, charge, step and what it is for, such as ``Server M, Traffic, Tier 2 (srv-1)``."""
    words = [text_in(plan.name, language), text_in(charge.text, language)]
    step, _, flat = part.what.partition("_flat")
    del flat
    if step.startswith("tier_"):
        words.append(word("tier", language, number=step.removeprefix("tier_")))
        if part.what.endswith("_flat"):
            words.append(word("flat", language))
    elif step == "package":
        size = number_text(plain(charge.package_size), language)
        words.append(word("package", language, size=size))
    elif step == "percentage":
        percent = number_text(plain(charge.price), language)
        words.append(word("percentage", language, percent=percent))
    elif step in {"event_fee", "minimum"}:
        words.append(word(step, language))
    purpose = text_in(item.text, language)
    return ", ".join(filter(None, words)) + (f" ({purpose})" if purpose else "")


def prorated_note(contract: Contract, price: Decimal, period: Period, full: Period) -> str:
    """``pro rata 17 of 30 days, 12.90 EUR per month``."""
    language = contract.language
    months = contract.billing.months
    length = word("month", language) if months == 1 else word("months", language, months=months)
    amount = f"{number_text(plain(price, 2), language)} {contract.currency}"
    days, of = _days(contract, period, full)
    return word("prorated", language, days=days, of=of, price=amount, period=length)


def usage_note(language: str, charge: Charge, quantity: Decimal, share: Fraction) -> str:
    """``Usage 2250.5 GB, 566.67 of it included``."""
    used = f"{number_text(plain(quantity), language)} {unit_text(charge.unit, language)}"
    note = word("total_usage", language, quantity=used)
    if charge.included:
        part = share if charge.prorate else Fraction(1)
        included = charge.included * part.numerator / part.denominator
        shown = number_text(plain(round_half_up(included, 2)), language)
        note += ", " + word("included", language, included=shown)
    return note


def _days(contract: Contract, period: Period, full: Period) -> tuple[int, int]:
    """Days served and of the full period as the proration policy counts them."""
    policy = contract.billing.proration
    if policy in {"fixed_30", "fixed_28"}:
        length = int(policy[-2:])
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
        days = months * length + min(period.end.day, length) - min(period.start.day, length)
        return days, contract.billing.months * length
    return period.days, full.days


def plain(value: Decimal, least: int = 0) -> str:
    """A decimal without needless zeros, with at least ``least`` decimals.

    >>> plain(Decimal("250.000")), plain(Decimal("12.9"), 2), plain(Decimal("1E+3"))
    ('250', '12.90', '1000')
    """
    text = f"{value:f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0").ljust(least, "0")
    return f"{whole}.{fraction}" if fraction else whole
