"""Periods: two dates that stand as one (*02/13/20 - 02/19/20*), and which of them is the document's.

A contract prints many periods, one for every line and week; the one that counts has a label of its
own, comes back on every page, or embraces the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from contor.documents.candidates import Candidate
from contor.documents.context import Context
from contor.documents.dates.ranges import date_ranges
from contor.documents.document_text import DocumentText
from contor.documents.labels import lexicon

_MOST = 60
_SHAPE = (
    "ranged", "columns", "x0", "y", "page", "line_share", "first_on_line", "place", "distinct",
    "occurrences", "pages", "page_share", "inside", "hull", "starts_first", "ends_last", "days",
    "start_weekday", "end_weekday", "rank_days", "colon", "line_letters", "end_term", "end_period",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """A start and an end as printed next to one another; indexes among the candidates."""

    start: int
    end: int
    ranged: bool
    occurrences: int
    pages: int


def period_feature_names() -> tuple[str, ...]:
    """Names of the columns, in order."""
    concepts = lexicon().concepts
    return (*(f"left_{c}" for c in concepts), *(f"above_{c}" for c in concepts), *_SHAPE)


def find_periods(
    document: DocumentText, candidates: Sequence[Candidate], contexts: Mapping[int, Context]
) -> list[Period]:
    """The periods of a document, each of the same dates once, where its label is strongest."""
    ranges = set(date_ranges(document, candidates))
    dates = [i for i, candidate in enumerate(candidates) if candidate.kind == "date"]
    columns = {pair for pair in pairwise(dates) if _side_by_side(document, candidates, *pair)}
    found: dict[tuple[str, str], list[tuple[float, int, int, bool]]] = {}
    for i, j in sorted(ranges | columns):
        context = contexts[i]
        label = max(context.strength("term"), 0.9 * context.strength("period"))
        dated = (candidates[i].value, candidates[j].value)
        found.setdefault(dated, []).append((-label, i, j, (i, j) in ranges))
    periods = []
    for places in list(found.values())[:_MOST]:
        _, i, j, ranged = min(places)
        pages = {candidates[place[1]].page for place in places}
        periods.append(Period(i, j, ranged, len(places), len(pages)))
    return periods


def _side_by_side(
    document: DocumentText, candidates: Sequence[Candidate], first: int, last: int
) -> bool:
    """Whether nothing but room is between two dates of a line."""
    start, end = candidates[first], candidates[last]
    if start.line != end.line or start.value > end.value:
        return False
    return not document.lines[start.line].text[start.end : end.start].strip()


def period_features(
    document: DocumentText,
    candidates: Sequence[Candidate],
    contexts: Mapping[int, Context],
    periods: Sequence[Period],
) -> NDArray[np.float32]:
    """One row per period, in their order."""
    columns = {name: i for i, name in enumerate(lexicon().concepts)}
    width = len(columns)
    rows = np.zeros((len(periods), 2 * width + len(_SHAPE)), dtype=np.float32)
    spans = [_span(candidates[p.start], candidates[p.end]) for p in periods]
    for index, period in enumerate(periods):
        context = contexts[period.start]
        for concept, strength in context.left.items():
            rows[index, columns[concept]] = strength
        for concept, strength in context.above.items():
            rows[index, width + columns[concept]] = strength
        rows[index, 2 * width :] = (
            *_place(document, candidates, period),
            float(index),
            float(len(periods)),
            float(period.occurrences),
            float(period.pages),
            period.pages / len(document.layout.pages),
            *_among(spans, index),
            *_text(document, candidates[period.start]),
            contexts[period.end].left.get("term", 0.0),
            contexts[period.end].left.get("period", 0.0),
        )
    return rows


def _place(
    document: DocumentText, candidates: Sequence[Candidate], period: Period
) -> tuple[float, ...]:
    start = candidates[period.start]
    page = document.layout.page(start.page)
    line = document.lines[start.line]
    return (
        float(period.ranged),
        float(line.cell_at(candidates[period.end].start) - line.cell_at(start.start)),
        start.box[0] / page.width,
        start.box[1] / page.height,
        float(start.page),
        start.line / max(1, len(document.lines)),
        float(start.start == 0),
    )


def _span(start: Candidate, end: Candidate) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(start.value), dt.date.fromisoformat(end.value)


def _among(spans: Sequence[tuple[dt.date, dt.date]], index: int) -> tuple[float, ...]:
    """How a period lies among the others: how many it embraces, whether all; its days."""
    start, end = spans[index]
    inside = sum(start <= other and last <= end for other, last in spans)
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    length = end - start
    return (
        inside / len(spans),
        float(start == first and end == last),
        float(start == first),
        float(end == last),
        float(length.days),
        float(start.weekday()),
        float(end.weekday()),
        float(sum(other_end - other > length for other, other_end in spans)),
    )


def _text(document: DocumentText, start: Candidate) -> tuple[float, float]:
    line = document.lines[start.line].text
    return (
        float(line[: start.start].rstrip().endswith(":")),
        float(sum(map(str.isalpha, line))),
    )
