"""Numbers, money and dates as people of each language write and read them.

>>> from decimal import Decimal
>>> read_decimal("1.234,56", Locale("de"))
Decimal('1234.56')
>>> write_decimal(Decimal("1234.5"), Locale("it"))
'1.234,50'
"""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation

from babel import dates, numbers
from babel.core import Locale

from contor.errors import Refusal
from contor.money import Money

_TYPED_DAY = re.compile(r"(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMOUNT = re.compile(r"(-?\d{1,15}\.\d{2,3}) ([A-Z]{3})")


def write_money(money: Money | None, locale: Locale) -> str:
    """The amount with its currency, empty for None."""
    if money is None:
        return ""
    return str(numbers.format_currency(money.amount, money.currency, locale=locale))


def write_decimal(value: Decimal, locale: Locale) -> str:
    """A decimal with its digits grouped, at least two decimals, none lost but needless zeros.

    >>> write_decimal(Decimal("959.4000"), Locale("it")), write_decimal(Decimal("0.0125"), Locale("it"))
    ('959,40', '0,0125')
    """
    exponent = value.normalize().as_tuple().exponent
    decimals = max(2, -exponent if isinstance(exponent, int) else 0)
    return str(numbers.format_decimal(value, format=f"#,##0.{'0' * decimals}", locale=locale))


def write_plain(text: str | None, locale: Locale) -> str:
    """A decimal string of the machine (``1190.00``) as people write it; other text as it is."""
    try:
        value = Decimal(text or "")
    except InvalidOperation:
        return text or ""
    return write_decimal(value, locale) if value.is_finite() else str(text)


def write_count(text: str | None, locale: Locale) -> str:
    """A quantity or rate of the machine as people write it, without empty decimals.

    >>> write_count("19.00", Locale("de")), write_count("1234.5", Locale("it"))
    ('19', '1.234,5')
    """
    try:
        value = Decimal(text or "")
    except InvalidOperation:
        return text or ""
    if not value.is_finite():
        return str(text)
    return str(numbers.format_decimal(value, locale=locale, decimal_quantization=False))


def write_share(share: float, locale: Locale) -> str:
    """A share 0..1 in percent; 1 only where it is certain.

    >>> write_share(0.9999, Locale("en")), write_share(1.0, Locale("en"))
    ('99%', '100%')
    """
    shown = min(share, 0.99) if share < 1 else share
    return str(numbers.format_percent(Decimal(str(round(shown, 4))), locale=locale))


def write_rate(share: float, locale: Locale) -> str:
    """A small share 0..1 in percent with a decimal or two: error rates.

    >>> write_rate(0.0046, Locale("en")), write_rate(0.05, Locale("en"))
    ('0.46%', '5.0%')
    """
    pattern = str(locale.percent_formats[None].pattern).replace("#,##0", "#,##0.0#")
    return str(numbers.format_percent(Decimal(str(round(share, 4))), pattern, locale=locale))


def write_date(day: date | str | None, locale: Locale) -> str:
    """The day in middle length; a text that is no ISO date stays as it is."""
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day)
        except ValueError:
            return str(day)
    return str(dates.format_date(day, "medium", locale=locale)) if day else ""


def write_instant(instant: datetime, locale: Locale, zone: tzinfo | None) -> str:
    """Day and time in the zone of the desk's clock."""
    shown = instant.astimezone(zone) if zone and instant.tzinfo else instant
    return str(dates.format_datetime(shown, "short", locale=locale, tzinfo=zone))


def read_decimal(text: str, locale: Locale) -> Decimal:
    """The number a person wrote; refuses ``amount_unreadable`` rather than guess."""
    compact = text.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    try:
        return Decimal(numbers.parse_decimal(compact.lstrip("+"), locale=locale, strict=True))
    except (numbers.NumberFormatError, InvalidOperation):
        raise Refusal(
            "amount_unreadable",
            "{amount} is no amount.",
            "Write it like {example}.",
            amount=text.strip()[:40],
            example=write_decimal(Decimal("1190.50"), locale),
        ) from None


def write_day(day: date, locale: Locale) -> str:
    """The day in digits, as people type it.

    >>> write_day(date(2026, 11, 2), Locale("de")), write_day(date(2026, 11, 2), Locale("it"))
    ('02.11.2026', '02/11/2026')
    """
    return str(dates.format_date(day, "dd.MM.yyyy" if locale.language == "de" else "dd/MM/yyyy"))


def read_day(text: str, locale: Locale) -> date:
    """The day a person typed, day first or in ISO 8601; refuses ``date_unreadable``.

    >>> read_day("2.11.2026", Locale("de")), read_day("2026-11-02", Locale("en"))
    (datetime.date(2026, 11, 2), datetime.date(2026, 11, 2))
    """
    typed = text.strip()
    match = _TYPED_DAY.fullmatch(typed)
    try:
        if match:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        return date.fromisoformat(typed)
    except ValueError:
        raise Refusal(
            "date_unreadable",
            "{text} is no date.",
            "Write it like {example}.",
            text=typed[:40],
            example=write_day(date(2026, 1, 31), locale),
        ) from None


def localised(text: str, locale: Locale) -> str:
    """An ISO date or an amount with its currency as people write it; other text as it is.

    >>> localised("2026-11-02", Locale("de")), localised("R-2026-11-02", Locale("de"))
    ('02.11.2026', 'R-2026-11-02')
    >>> localised("1075.00 EUR", Locale("en"))
    '€1,075.00'
    """
    try:
        if _ISO_DAY.fullmatch(text):
            return write_day(date.fromisoformat(text), locale)
        match = _AMOUNT.fullmatch(text)
        return write_money(Money.of(match[1], match[2]), locale) if match else text
    except (ValueError, Refusal):  # no day, no currency
        return text


def read_money(text: str, currency: str, locale: Locale) -> Money:
    """Money from what a person wrote; refuses amounts finer than the currency."""
    return Money.of(read_decimal(text, locale), currency)


def write_tenths(number: float, locale: Locale) -> str:
    """A count of parts, to the tenth where it is not whole.

    >>> write_tenths(3.0, Locale("de")), write_tenths(1.52, Locale("de"))
    ('3', '1,5')
    """
    return str(numbers.format_decimal(Decimal(str(number)), "#,##0.#", locale=locale))


def write_whole(number: int, locale: Locale) -> str:
    """A count with its digits grouped."""
    return str(numbers.format_decimal(number, locale=locale))
