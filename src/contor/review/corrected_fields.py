"""Fields as a person corrects them: what nobody could read back is refused, not kept.

A date that is none would silently give way to the day the document came in, an amount that is none
to no amount at all. An empty value takes a field away.

>>> check_fields({"issue_date": "2026-02-28", "gross_total": "119.00", "number": ""})
>>> check_fields({"issue_date": "2026-02-30"})
Traceback (most recent call last):
...
contor.errors.Refusal: ...date_unreadable...
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from contor.documents.reading import AMOUNT_FIELDS, DATE_FIELDS, FIELD_NAMES
from contor.errors import Refusal
from contor.money import Money


def check_fields(fields: Mapping[str, str]) -> None:
    """Pass values in the form of a reading: ISO dates, decimal amounts, an ISO 4217 currency.

    Raises:
        Refusal: ``field_unknown``, ``date_unreadable``, ``amount_unreadable``, ``amount_too_large``,
            ``currency_unknown``.
    """
    for name, value in fields.items():
        if name not in FIELD_NAMES:
            raise Refusal(
                "field_unknown",
                "A document has no field {field}.",
                "Use the names of the fields that were read.",
                field=name[:40],
            )
        if value and name in DATE_FIELDS:
            _check_day(value)
        elif value and name in AMOUNT_FIELDS:
            _check_amount(value)
        elif value and name == "currency":
            Money.of("0", value.upper())


def _check_day(value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise Refusal(
            "date_unreadable",
            "{text} is no date.",
            "Write dates as 2026-09-30.",
            text=value[:40],
        ) from None


def _check_amount(value: str) -> None:
    """Amounts may be finer than a cent, as e-invoices write them."""
    try:
        Money.of(value, "EUR")
    except Refusal as refusal:
        if refusal.code != "amount_too_fine":
            raise
