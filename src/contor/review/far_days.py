"""Days of a document that cannot be meant: a slip of the pen decides no tax rate and no due date.

A document is issued, supplied and due within a few years of the day it came in; a period that is
paid for may end ten years ahead (a domain registered for as long as registries allow).

>>> from datetime import date
>>> check_days({"delivery_date": "2026-09-30", "period_end": "2036-09-30"}, date(2026, 11, 2))
>>> check_days({"delivery_date": "9999-12-31"}, date(2026, 11, 2))
Traceback (most recent call last):
...
contor.errors.Refusal: ...date_far_off...
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from contor.documents.reading import DATE_FIELDS
from contor.errors import Refusal

_BACK = 20
_AHEAD = {"period_start": 11, "period_end": 11}
_AHEAD_OTHERWISE = 3


def check_days(values: Mapping[str, str], received: date) -> None:
    """Pass ISO dates of a document's fields that lie within reach of the day it came in.

    Raises:
        Refusal: ``date_far_off``; what is no date is not looked at.
    """
    for name in DATE_FIELDS:
        try:
            day = date.fromisoformat(values.get(name, ""))
        except ValueError:
            continue
        ahead = day.year - received.year
        if not -_BACK <= ahead <= _AHEAD.get(name, _AHEAD_OTHERWISE):
            raise Refusal(
                "date_far_off",
                "{day} lies too far from {received}, the day the document came in.",
                "Correct the date that is wrong.",
                day=day.isoformat(),
                received=received.isoformat(),
            )
