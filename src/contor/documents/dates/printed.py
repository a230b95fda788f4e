"""Dates as printed, and the order of day and month in a document.

``03/04/2026`` is decided once per document: by dates that leave no doubt, else by what the country
writes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Order = Literal["dmy", "mdy"]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari enero jän january januar jänner janvier janv gennaio gen jaenner",
            "feb februari febrero february februar février fevrier fév fev febbraio févr fevr feber",
            "mar maart mär mrz march märz maerz mars marzo",
            "apr abril april avril avr aprile",
            "may mei mayo mai maggio mag",
            "jun junio june juni juin giugno giu",
            "jul julio july juli juillet juil luglio lug",
            "aug augustus august août aout agosto ago",
            "sep septiembre sept september septembre settembre set",
            "oct octubre okt october oktober octobre ottobre ott",
            "nov noviembre november novembre",
            "dec diciembre dez dic déc december dezember décembre decembre dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH_STARTS = frozenset(name[:3] for name in MONTHS)
_WITH_NAME = frozenset({"name", "mname"})
_WITH_YEAR = frozenset({"ymd", "compact"})
_NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d{2}"
_PATTERNS = (
    (
        "ymd",
        re.compile(rf"(?<![\d.,/-])({_YEAR}) ?([-/.]) ?(\d{{1,2}}) ?\2 ?(\d{{1,2}})(?![\d])"),
    ),
    (
        "num",
        re.compile(
            # A date may end where another begins: 05/24/20-05/26/20 is a period.
            rf"(?:(?<![\d.,/-])|(?<=[./]\d\d-)|(?<=[./]\d{{4}}-))(\d{{1,2}}) ?([./-]) ?(\d{{1,2}})"
            rf" ?\2 ?({_YEAR}|\d{{2}})(?!\d|/\d|[.,]\d|-\d(?!\d?[./]\d{{1,2}}[./]\d))"
        ),
    ),
    (
        "name",
        re.compile(
            rf"(?<![\d.,/-])(\d{{1,2}})(?:st|nd|rd|th|er|º|°)?(?:[\s.\-/,]{{0,3}}| de )({_NAME})"
            rf"(?:[\s.\-/,']{{0,3}}| del? )({_YEAR}|\d{{2}}(?![\d:]))(?!\d)",
            re.IGNORECASE,
        ),
    ),
    (
        "mname",
        re.compile(
            rf"(?<![A-Za-zäöü])({_NAME})\.?[\s/-]{{0,2}}(\d{{1,2}})(?:st|nd|rd|th)?"
            rf"(?:\s?,\s?|[\s/-]{{1,2}})({_YEAR}|\d{{2}}(?![\d:]))(?!\d)",
            re.IGNORECASE,
        ),
    ),
    (
        "compact",
        re.compile(
            r"(?<![\w/-])(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\w-]|/(?!\d{6}\b))"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date found in a text, with the place it takes there; ``sure`` when only one order fits."""

    value: dt.date
    start: int
    end: int
    sure: bool


def day_order(texts: Iterable[str], default: Order = "dmy") -> Order:
    """Whether day or month comes first in this document.

    >>> day_order(["02/13/20 - 02/19/20"]), day_order(["03/04/2026"]), day_order(["25/12/2018"])
    ('mdy', 'dmy', 'dmy')
    """
    pattern = _PATTERNS[1][1]
    votes = {"dmy": 0, "mdy": 0}
    for text in texts:
        for match in pattern.finditer(text):
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second >= 1:
                votes["dmy"] += 1
            elif second > 12 >= first >= 1:
                votes["mdy"] += 1
    if votes["dmy"] == votes["mdy"]:
        return default
    return "dmy" if votes["dmy"] > votes["mdy"] else "mdy"


def find_dates(text: str, order: Order) -> list[PrintedDate]:
    """Dates of a text from left to right, none overlapping.

    >>> [str(d.value) for d in find_dates("vom 5. März 2026 bis 31.12.26, print Feb 3, 2026", "dmy")]
    ['2026-03-05', '2026-12-31', '2026-02-03']
    """
    if not any(c.isdigit() for c in text):
        return []
    found: list[PrintedDate] = []
    for date in _matches(text, order):
        if all(date.end <= other.start or date.start >= other.end for other in found):
            found.append(date)
    return sorted(found, key=lambda date: date.start)


def _matches(text: str, order: Order) -> Iterator[PrintedDate]:
    lower = text.lower()
    named = any(name in lower for name in _MONTH_STARTS)
    years = "20" in text or "19" in text
    for kind, pattern in _PATTERNS:
        if not (years if kind in _WITH_YEAR else named if kind in _WITH_NAME else True):
            continue
        for match in pattern.finditer(text):
            if kind == "num" and _is_article(match):
                continue
            date, sure = _date(kind, match, order)
            if date:
                yield PrintedDate(date, match.start(), match.end(), sure)


def _is_article(match: re.Match[str]) -> bool:
    """Whether figures with dashes belong to an article (*HC03-7 - 15*): a date is set evenly."""
    if match[2] == "." or len(match[4]) == len("2026"):
        return False
    before = match.string[max(0, match.start() - 1) : match.start()]
    first = match.string[match.end(1) : match.start(3)]
    second = match.string[match.end(3) : match.start(4)]
    return first != second or (match[2] == "-" and before.isalpha())


def _date(kind: str, match: re.Match[str], order: Order) -> tuple[dt.date | None, bool]:
    if kind == "ymd":
        return _valid(match[1], match[3], match[4]), True
    if kind == "compact":
        return _valid(match[1], match[2], match[3]), False
    if kind == "name":
        return _valid(match[3], str(MONTHS[match[2].lower()]), match[1]), True
    if kind == "mname":
        return _valid(match[3], str(MONTHS[match[1].lower()]), match[2]), True
    dotted = match[2] == "."
    day, month = (match[1], match[3]) if order == "dmy" or dotted else (match[3], match[1])
    date = _valid(match[4], month, day)
    other = _valid(match[4], day, month)
    return date or other, date is None or other is None


def _valid(year: str, month: str, day: str) -> dt.date | None:
    number = int(year) if len(year) == 4 else 2000 + int(year)
    if not 1990 <= number <= 2060:
        return None
    try:
        return dt.date(number, int(month), int(day))
    except ValueError:
        return None
