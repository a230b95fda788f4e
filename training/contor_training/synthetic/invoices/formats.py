"""Numbers and dates as they are printed: each invoice has one way of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from contor_training.synthetic.demo_company.descriptions import MONTHS

_MONTH_KEYS = {"de": "month", "en": "month_en", "it": "month_it"}
# thousands separator, decimal sign
_NUMBERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "de": ((".", ","), (".", ","), ("", ","), (" ", ",")),
    "en": ((",", "."), (",", "."), ("", ".")),
    "it": ((".", ","), (".", ","), ("", ",")),
}
_DATES: Mapping[str, tuple[str, ...]] = {
    "de": ("%d.%m.%Y", "%d.%m.%Y", "%d.%m.%y", "{d}. {month} %Y", "%Y-%m-%d"),
    "en": ("%d/%m/%Y", "{month} {d}, %Y", "{d} {month} %Y", "%Y-%m-%d", "{d} {mon} %Y"),
    "it": ("%d/%m/%Y", "%d/%m/%Y", "%d-%m-%Y", "{d} {month} %Y"),
}
_CURRENCIES = ("{} €", "{} EUR", "EUR {}", "{}", "€ {}")


@dataclass(frozen=True, slots=True)
class Format:
    """One supplier's way of printing figures."""

    language: str
    thousands: str
    decimal: str
    day: str
    currency: str

    def number(self, value: Decimal, places: int = 2) -> str:
        """``1234.5`` as ``1.234,50`` or as the supplier likes it."""
        text = f"{value:,.{places}f}"
        return text.replace(",", "\0").replace(".", self.decimal).replace("\0", self.thousands)

    def money(self, value: Decimal) -> str:
        """An amount with its currency sign, where the supplier prints one."""
        return self.currency.format(self.number(value))

    def plain(self, value: Decimal) -> str:
        """A quantity or rate without needless zeros."""
        text = f"{value.normalize():f}"
        return text.replace(".", self.decimal)

    def date(self, value: date) -> str:
        """A day."""
        month = MONTHS[_MONTH_KEYS[self.language]].split()[value.month - 1]
        text = value.strftime(self.day)
        return text.format(d=value.day, month=month, mon=month[:3])


def choose(language: str, rng: Random) -> Format:
    """A way of printing that is usual in the language."""
    thousands, decimal = rng.choice(_NUMBERS[language])
    return Format(
        language, thousands, decimal, rng.choice(_DATES[language]), rng.choice(_CURRENCIES)
    )
