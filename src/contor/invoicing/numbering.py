"""Invoice numbers: a series, a running number, a day; one number once (§ 14 (4) no. 4 UStG).

>>> format_number("RE-{year}-{number:05}", 42, date(2026, 10, 1))
'RE-2026-00042'
"""

from __future__ import annotations

import re
from datetime import date

from contor.errors import Refusal

_FIELD = re.compile(r"\{(year|yy|month|number)(?::(0[1-9][0-9]?))?\}")


def format_number(series: str, number: int, on: date) -> str:
    """The printed number of ``number`` in the ``series`` format on the day of issue.

    Fields: ``{year}``, ``{yy}``, ``{month}``, ``{number}`` (with a width: ``{number:05}``).
    Refuses ``number_format_wrong`` and ``number_not_positive``.
    """
    rest = _FIELD.sub("", series)
    if "{number" not in series or "{" in rest or "}" in rest or len(series) > 60:
        raise Refusal(
            "number_format_wrong",
            "The number format {series} cannot be used.",
            "Use {{year}}, {{yy}}, {{month}} and {{number:05}}; {{number}} must be there.",
            series=series,
        )
    if number < 1:
        raise Refusal(
            "number_not_positive",
            "Invoice numbers start at 1, not at {number}.",
            "Take the next number of the series.",
            number=number,
        )
    values = {"year": on.year, "yy": f"{on.year % 100:02}", "month": f"{on.month:02}"}

    def fill(match: re.Match[str]) -> str:
        name, width = match.groups()
        value = str(number if name == "number" else values[name])
        return value.zfill(int(width)) if width else value

    return _FIELD.sub(fill, series)
