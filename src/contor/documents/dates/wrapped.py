"""Dates that a narrow column breaks before the year: *18. September* and *2026* below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contor.documents.dates.printed import PrintedDate, find_dates
from contor.documents.document_text import DocumentText, TextLine

_YEAR = re.compile(r"(?:19|20)\d{2}\b")
_OPEN = re.compile(r"(?:[A-Za-zäéûôÄ]{3}\.?|\d),?$")
_FLUSH = 3.0


def wrapped_dates(document: DocumentText, line: TextLine) -> Iterator[PrintedDate]:
    """Dates that begin on this line and end with the year on the next; they end with their cell."""
    following = document.lines[line.line.number + 1 : line.line.number + 2]
    years = [
        (cell.x0, match[0])
        for lower in following
        if lower.line.page == line.line.page
        and lower.line.y0 - line.line.y1 < 0.8 * line.line.height
        for cell in lower.line.cells
        if (match := _YEAR.match(cell.text))
    ]
    if not years:
        return
    start = 0
    for cell in line.line.cells:
        text = cell.text
        if _OPEN.search(text):
            for x0, year in years:
                if abs(x0 - cell.x0) < _FLUSH:
                    for date in find_dates(f"{text} {year}", document.order):
                        if date.end > len(text) > date.start:
                            end = start + len(text)
                            yield PrintedDate(date.value, start + date.start, end, date.sure)
        start += len(text) + 1
