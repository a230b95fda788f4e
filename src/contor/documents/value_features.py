"""Features of amounts, dates and codes: what is said around them, where they stand, what they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from contor.documents.amount_evidence import AmountEvidence
from contor.documents.candidates import Candidate
from contor.documents.context import Context
from contor.documents.document_text import DocumentText
from contor.documents.labels import lexicon

_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[AP]M)?", re.IGNORECASE)
_RANGE = re.compile(r"^\s*(?:-|–|to|bis|au|al|thru|through)\s*\d", re.IGNORECASE)
_RANGE_BEFORE = re.compile(r"\d\s*(?:-|–|to|bis|au|al|thru|through)\s*$", re.IGNORECASE)
_SHAPE = [
    "x0",
    "x1",
    "y",
    "page",
    "last_page",
    "line_share",
    "line_end",
    "height",
    "same_on_line",
    "place_in_line",
    "narrow",
    "lines",
    "pages",
    "kinds",
    "ocr",
    "mdy",
    "point",
    "score_1",
    "score_2",
    "score_3",
    "score_4",
    "score_5",
    "same_value",
    "value_rank",
    "value_share",
    "bottom",
    "valid",
    "money",
    "negative",
    "is_sum",
    "is_difference",
    "is_max",
    "time",
    "range_start",
    "range_end",
    "length",
    "digits",
    "letters",
    "marks",
    "line_letters",
    "doubled_line",
    "after_colon",
    "column_sum",
    "before_percent",
    "after_percent",
    "percent_on_line",
    "value_pages",
]


def feature_names() -> tuple[str, ...]:
    """Names of the columns, in order."""
    concepts = lexicon().concepts
    return (*(f"left_{c}" for c in concepts), *(f"above_{c}" for c in concepts), *_SHAPE)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is true of the document as a whole."""

    values: Counter[str]
    ranks: Mapping[str, float]
    numbers: Sequence[Decimal]
    sums: frozenset[Decimal]
    differences: frozenset[Decimal]
    lines: int
    pages: int


def value_features(
    document: DocumentText,
    candidates: Sequence[Candidate],
    contexts: Mapping[int, Context],
    scores: Mapping[int, Sequence[float]],
    evidence: AmountEvidence,
) -> NDArray[np.float32]:
    """One row per candidate (all of one kind), in their order; ``contexts`` by position."""
    columns = {name: i for i, name in enumerate(lexicon().concepts)}
    width = len(columns)
    rows = np.zeros((len(candidates), 2 * width + len(_SHAPE)), dtype=np.float32)
    whole = _whole(document, candidates)
    on_line: dict[int, list[int]] = {}
    pages: dict[str, set[int]] = {}
    for index, candidate in enumerate(candidates):
        on_line.setdefault(candidate.line, []).append(index)
        pages.setdefault(candidate.value, set()).add(candidate.page)
    for index, candidate in enumerate(candidates):
        for concept, strength in contexts[index].left.items():
            rows[index, columns[concept]] = strength
        for concept, strength in contexts[index].above.items():
            rows[index, width + columns[concept]] = strength
        row = on_line[candidate.line]
        shape = _place(document, candidate, whole)
        rows[index, 2 * width :] = (
            *shape,
            len(row),
            row.index(index),
            *_document(document, whole),
            *_padded(scores[index]),
            *_value(candidate, whole),
            *_text(document, candidate),
            *_evidence(candidate, evidence),
            float(candidate.line in evidence.percent_lines),
            float(len(pages[candidate.value])),
        )
    return rows


def _place(document: DocumentText, candidate: Candidate, whole: _Whole) -> list[float]:
    page = document.layout.page(candidate.page)
    line = document.lines[candidate.line]
    x0, y0, x1, y1 = candidate.box
    return [
        x0 / page.width,
        x1 / page.width,
        y0 / page.height,
        float(candidate.page),
        float(candidate.page == whole.pages),
        candidate.line / max(1, whole.lines),
        float(candidate.end >= len(line.text) - 1),
        (y1 - y0) / page.width * 100,
    ]


def _document(document: DocumentText, whole: _Whole) -> tuple[float, ...]:
    first = document.layout.pages[0]
    return (
        float(first.narrow),
        float(whole.lines),
        float(whole.pages),
        float(len(whole.values)),
        float(not first.typeset),
        float(document.order == "mdy"),
        float(document.mark == "."),
    )


def _padded(scores: Sequence[float]) -> tuple[float, ...]:
    return (*scores, *(0.0,) * (5 - len(scores)))


def _value(candidate: Candidate, whole: _Whole) -> tuple[float, ...]:
    number = candidate.number
    top = whole.numbers[0] if whole.numbers else None
    return (
        float(whole.values[candidate.value]),
        whole.ranks.get(candidate.value, 0.0),
        float(number / top) if number is not None and top else 0.0,
        float(candidate.line / max(1, whole.lines) > 0.5),
        float(candidate.valid),
        float(candidate.money),
        float(number is not None and number < 0),
        float(number in whole.sums),
        float(number in whole.differences),
        float(number is not None and number == top),
    )


def _evidence(candidate: Candidate, evidence: AmountEvidence) -> tuple[float, ...]:
    number = candidate.number
    return (
        float(number in evidence.column_sums),
        float(number in evidence.before_percent),
        float(number in evidence.after_percent),
    )


def _text(document: DocumentText, candidate: Candidate) -> tuple[float, ...]:
    line = document.lines[candidate.line].text
    before, after = line[: candidate.start], line[candidate.end :]
    text = candidate.text
    return (
        float(bool(_TIME.match(after.lstrip(" ,-T")))),
        float(bool(_RANGE.match(after))),
        float(bool(_RANGE_BEFORE.search(before))),
        float(len(text)),
        float(sum(map(str.isdigit, text))),
        float(sum(map(str.isalpha, text))),
        float(sum(c in "-/." for c in text)),
        float(sum(map(str.isalpha, line))),
        float(len(document.lines[candidate.line].line.cells)),
        float(before.rstrip().endswith(":")),
    )


def _whole(document: DocumentText, candidates: Sequence[Candidate]) -> _Whole:
    values = Counter(c.value for c in candidates)
    numbers = sorted(
        {c.number for c in candidates if c.number is not None and c.valid and not c.percent},
        reverse=True,
    )
    ordered = [str(n) for n in numbers] if numbers else sorted(values)
    few = numbers[:40]
    sums = frozenset(a + b for i, a in enumerate(few) for b in few[i:] if a and b)
    differences = frozenset(a - b for i, a in enumerate(few) for b in few[i + 1 :] if a != b)
    ranks = {value: i / max(1, len(ordered) - 1) for i, value in enumerate(ordered)}
    return _Whole(
        values,
        ranks,
        numbers,
        sums,
        differences,
        len(document.lines),
        len(document.layout.pages),
    )
