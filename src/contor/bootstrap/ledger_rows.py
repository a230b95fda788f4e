"""Rows of coded ledgers and of rules: which can be used, and what is wrong with the others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from contor.account_assignment.lines import Lines, parse_day
from contor.errors import Refusal
from contor.periods import BOOK_YEARS

if TYPE_CHECKING:
    from contor.account_assignment.exact_rules import ExactRule

Row = Mapping[str, str]
_DECADE = 3653
_TIME = re.compile(r"([T ]\d{2}(:?\d{2}){0,2}([.,]\d+)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?")
"""What may stand behind a day: nothing, or a time of day and its zone, which say nothing here."""


def sound_rows(
    rows: Sequence[Row],
) -> tuple[list[tuple[int, dict[str, str]]], list[tuple[int, Refusal]]]:
    """Rows of a past that can be used, each with its place, and why the others cannot.

    Their cells have no blanks around them and their dates are ISO days.
    """
    refused = slips(rows)
    useless = {place for place, _ in refused}
    kept = []
    for place, row in enumerate(rows):
        if place not in useless:
            day = _day(row)
            cells = {name: (cell or "").strip() for name, cell in row.items()}
            kept.append((place, {**cells, "date": day.isoformat() if day else ""}))
    return kept, refused


def rules_in(
    rows: Sequence[Row], table: str, chart: Sequence[tuple[str, str]] = ()
) -> list[ExactRule]:
    """Exact rules, a row each; refused where they make no sense, with ``table`` and row as note.

    Where there is a ``chart``, a rule names an account of it: another would never be heard.
    """
    from contor.account_assignment.rule_table import rules_of

    rules, numbers = rules_of(rows, table), {number for number, _ in chart}
    for place, (row, rule) in enumerate(zip(rows, rules, strict=True), 2):
        refused = _surplus(row) if row.get("surplus") else None
        if numbers and rule.account and rule.account not in numbers:
            refused = Refusal(
                "account_unknown",
                "There is no account {number} in the chart.",
                "Choose another account or add it to the chart.",
                number=rule.account[:40],
            )
        if refused is not None:
            refused.add_note(f"{table}:{place}")
            raise refused
    return rules


def slips(rows: Sequence[Row]) -> list[tuple[int, Refusal]]:
    """Rows of a past that are no use: unreadable ones, and such as lie decades from all others.

    One day of 2062 among those of 2026 would make yesterday old, and every habit with it.
    """
    import numpy as np

    refused = dict(refused_in(rows))
    days = np.array(
        [
            day.toordinal() if place not in refused and (day := _day(row)) else 0
            for place, row in enumerate(rows)
        ]
    )
    known = days[days > 0]
    if len(known):
        early, late = np.quantile(known, (0.1, 0.9), method="nearest")
        reach = late - early + _DECADE
        far = (days > 0) & ((days < early - reach) | (days > late + reach))
        for place in np.flatnonzero(far).tolist():
            refused[place] = _far_off(str(rows[place]["date"]))
    return sorted(refused.items())


def refused_in(rows: Sequence[Row]) -> list[tuple[int, Refusal]]:
    """Rows that cannot be coded, by their place."""
    return [(place, bad) for place, row in enumerate(rows) if (bad := refusal_of(row))]


def refusal_of(row: Row) -> Refusal | None:
    """Why a line cannot be coded, where its date or amount cannot be read."""
    if row.get("surplus"):
        return _surplus(row)
    date, amount = (row.get("date") or "").strip(), (row.get("amount") or "").strip()
    if date and (parse_day(date[:10]) is None or not _TIME.fullmatch(date[10:])):
        return Refusal(
            "date_unreadable",
            "The date {date} is not an ISO date.",
            "Write it as YYYY-MM-DD.",
            date=date[:40],
        )
    if date and int(date[:4]) not in BOOK_YEARS:
        return _far_off(date)
    if amount and not Lines.readable_amount(amount):
        return Refusal(
            "amount_unreadable",
            "The amount {amount} is not a decimal number.",
            "Write it with a point and without thousands separators.",
            amount=amount[:40],
        )
    return None


def _day(row: Row) -> dt.date | None:
    """The day of a row, whatever time stands behind it."""
    return parse_day((row.get("date") or "").strip()[:10])


def _surplus(row: Row) -> Refusal:
    return Refusal(
        "cells_surplus",
        "The row has more cells than the first row has names: {surplus}.",
        "Put cells that contain a comma in quotation marks.",
        surplus=row["surplus"][:40],
    )


def _far_off(date: str) -> Refusal:
    return Refusal(
        "date_far_off",
        "The date {date} lies too far from those of other lines.",
        "Check the year.",
        date=date[:40],
    )
