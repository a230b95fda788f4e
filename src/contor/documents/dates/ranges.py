"""Ranges of dates: *01.08.2026 - 31.08.2026*, *vom 1. bis 31. August*, also over two lines of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText

_WORD = r"(?:[-–—]|bis(?: zum)?|to|until|through|thru|al?|au|fino al|t/m|tot)"
_BETWEEN = re.compile(rf"^\s*(?:\(?(?:incl|inkl)\.?\)?)?\s*{_WORD}\s*$", re.IGNORECASE)
_FLUSH = 8.0
_MOST = 7


def date_ranges(
    document: DocumentText, candidates: Sequence[Candidate]
) -> Iterator[tuple[int, int]]:
    """Indexes of the first and the last date of each range, in reading order."""
    dates = [(i, c) for i, c in enumerate(candidates) if c.kind == "date"]
    for place, (first, start) in enumerate(dates):
        ends = [
            (last, end)
            for last, end in dates[place + 1 : place + _MOST]
            if start.value <= end.value and _runs_on(document, start, end)
        ]
        if ends:
            # What goes on below in the same cell is nearer than what stands in the next column.
            yield first, min(ends, key=lambda one: _crosses(document, start, one[1]))[0]


def _crosses(document: DocumentText, start: Candidate, end: Candidate) -> bool:
    """Whether the end stands in another cell of the same line."""
    same = start.line == end.line
    return same and "\t" in document.lines[start.line].text[start.end : end.start]


def _runs_on(document: DocumentText, start: Candidate, end: Candidate) -> bool:
    line = document.lines[start.line]
    if start.line == end.line:
        return bool(_BETWEEN.match(line.text[start.end : end.start]))
    if start.page != end.page or not 0 < end.line - start.line < 3:
        return False
    rest = line.text[start.end :].split("\t", 1)[0]
    left = line.line.cells[line.cell_at(start.start)].x0
    return bool(_BETWEEN.match(rest)) and abs(end.box[0] - left) < _FLUSH
