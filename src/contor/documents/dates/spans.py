"""Periods written short: *1.-31. März 2026*, *15.06. - 26.06.2026*, *March 1 - March 31, 2026*, *Februar 2026*.

Only the end has its year, or a month stands for its days. They are asked for where no pair of whole
dates was found (``dates.fields``).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from contor.documents.dates.printed import MONTHS
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.labels import fold

_NAME = "|".join(sorted({fold(name) for name in MONTHS}, key=len, reverse=True))
_TO = r"\s?(?:[-–—]|bis(?: zum)?|to|until|through|au|al)\s?"
_DAY = r"(\d{1,2})(?:\.|st|nd|rd|th|er)?"
_YEAR = r"(20\d\d)(?![\d.,])"
_FIGURES = re.compile(
    rf"(?<![\d.,/-])(\d{{1,2}})\.\s?(?:(\d{{1,2}})\.)?{_TO}(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?{_YEAR}"
)
_DAY_FIRST = re.compile(
    rf"(?<![\d.,/-]){_DAY}\s?(?:({_NAME})\.?)?{_TO}{_DAY}\s?({_NAME})\.?\s{_YEAR}"
)
_MONTH_FIRST = re.compile(rf"\b({_NAME})\.?\s{_DAY}{_TO}(?:({_NAME})\.?\s)?{_DAY},?\s{_YEAR}")
_MONTHS_ONLY = re.compile(
    rf"(?<!\d\s)(?<!\d\.\s)\b(?:({_NAME})\.?(?:\s{_YEAR})?{_TO})?({_NAME})\.?\s{_YEAR}"
)
_FIGURE_MONTH = re.compile(rf"(?<![\d./-])(0[1-9]|1[0-2])[/.]{_YEAR}")
_QUARTER = re.compile(rf"(?:\bq\s?([1-4])|\b([1-4])\.\s?quartal)[\s/]{{1,3}}{_YEAR}")
_FOR = re.compile(r"\b(?:fur|for|pour|per)\s(?:den monat\s|the month of\s)?$")
_NEAR = 3
_CALLED = frozenset({"period", "delivery_date"})


@dataclass(frozen=True, slots=True)
class Span:
    """A period with its place in a line; ``named`` where a label calls it the period of supply."""

    start: dt.date
    end: dt.date
    line: int
    begin: int
    finish: int
    named: bool


def find_spans(document: DocumentText) -> list[Span]:
    """The short periods of a document in reading order; whole months only where they are named."""
    found: list[Span] = []
    for index, line in enumerate(document.lines):
        if "20" in line.text:
            found.extend(_of_line(document, index, line))
    return found


def _of_line(document: DocumentText, index: int, line: TextLine) -> Iterator[Span]:
    text = "".join(fold(sign)[:1] or " " for sign in line.text)
    taken: list[tuple[int, int]] = []
    for dates, begin, finish, whole_months in _spans(text):
        if any(begin < end and finish > start for start, end in taken):
            continue
        taken.append((begin, finish))
        named = _is_named(document, line, begin) or _goes_on(line, finish)
        titled = bool(_FOR.search(text[:begin])) and _speaks_of_bill(line)
        if named or titled or not whole_months:
            yield Span(*dates, index, begin, finish, named)


def _spans(text: str) -> Iterator[tuple[tuple[dt.date, dt.date], int, int, bool]]:
    for match in _FIGURES.finditer(text):
        day, month, last_day, last_month, year = match.groups()
        yield from _span(match, (day, int(month or last_month)), (last_day, int(last_month)), year)
    for match in _DAY_FIRST.finditer(text):
        day, name, last_day, last_name, year = match.groups()
        first = (day, _month(name or last_name))
        yield from _span(match, first, (last_day, _month(last_name)), year)
    for match in _MONTH_FIRST.finditer(text):
        name, day, last_name, last_day, year = match.groups()
        yield from _span(match, (day, _month(name)), (last_day, _month(last_name or name)), year)
    for match in _MONTHS_ONLY.finditer(text):
        name, first_year, last_name, year = match.groups()
        yield from _months(match, _month(name or last_name), _month(last_name), first_year, year)
    for match in _QUARTER.finditer(text):
        month = 3 * int(match[1] or match[2]) - 2
        yield from _months(match, month, month + 2, None, match[3])
    for match in _FIGURE_MONTH.finditer(text):
        yield from _months(match, int(match[1]), int(match[1]), None, match[2])


def _span(
    match: re.Match[str], first: tuple[str, int], last: tuple[str, int], year: str
) -> Iterator[tuple[tuple[dt.date, dt.date], int, int, bool]]:
    try:
        end = dt.date(int(year), last[1], int(last[0]))
        start = dt.date(int(year), first[1], int(first[0]))
        if start > end:  # over the turn of the year
            start = start.replace(year=start.year - 1)
    except ValueError:
        return
    yield (start, end), match.start(), match.end(), False


def _months(
    match: re.Match[str], first: int, last: int, first_year: str | None, year: str
) -> Iterator[tuple[tuple[dt.date, dt.date], int, int, bool]]:
    end = dt.date(int(year), last, calendar.monthrange(int(year), last)[1])
    start = dt.date(int(first_year or year), first, 1)
    if start <= end:
        yield (start, end), match.start(), match.end(), True


def _month(name: str) -> int:
    return _BY_NAME[name]


def _is_named(document: DocumentText, line: TextLine, begin: int) -> bool:
    """Whether a label before it, or at the head of its column, speaks of period or supply."""
    before = [label for label in line.labels if label.end <= begin]
    if any(label.concept in _CALLED for label in before):
        return True
    if before:
        return False
    x0, _, x1, _ = line.box(begin, begin + 1)
    return any(
        label.concept in _CALLED and label.x0 < x1 + 1 and label.x1 > x0 - 1
        for upper in document.above(line, 2)
        for label in upper.labels
    )


def _goes_on(line: TextLine, finish: int) -> bool:
    """Whether the label follows: *the April 2026 billing period*."""
    return any(
        label.concept == "period" and 0 < label.start - finish < _NEAR for label in line.labels
    )


def _speaks_of_bill(line: TextLine) -> bool:
    return any(label.concept == "invoice_word" for label in line.labels) or bool(
        re.search(r"rechnung|invoice|facture|fattura", fold(line.text))
    )


_BY_NAME = {fold(name): number for name, number in MONTHS.items()}
