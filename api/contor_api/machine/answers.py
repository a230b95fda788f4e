"""JSON of the machine door: amounts as decimal strings, dates and instants in ISO 8601."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from contor.money import Money
from contor.ports.desk_views import Page

Row = TypeVar("Row")


def plain(value: Any) -> Any:
    """A value of the house as JSON values.

    >>> plain(Money.of("119.00", "EUR")), plain(date(2026, 11, 2)), plain((1, None))
    ({'amount': '119.00', 'currency': 'EUR'}, '2026-11-02', [1, None])
    """
    if isinstance(value, Money):
        return {"amount": str(value.amount), "currency": value.currency}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {
            part.name: plain(getattr(value, part.name))
            for part in fields(value)
            if not part.name.startswith("_")
        }
    return value


def page_of(page: Page[Row]) -> dict[str, Any]:
    """One page of rows with its place among the others."""
    return {
        "rows": plain(page.rows),
        "page": page.number,
        "size": page.size,
        "pages": page.pages,
        "total": page.total,
    }
