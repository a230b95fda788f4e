"""Addresses as runs of lines in one column, for papers without a postal block (till receipts)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.documents.address_blocks import has_street
from contor.documents.document_text import DocumentText
from contor.documents.layout import Cell
from contor.documents.page import Box
from contor.documents.text_scores import TextScores
from contor.documents.towns import has_postcode

_MOST_LINES = 45
_MOST_ROWS = 7
_FOREIGN = re.compile(
    r"[\s,]*\b(?:tel|fax|phone|gst|hp|h/p|email|e-mail|website|www|tax invoice|telefon|co\.? reg)\b.*$",
    re.IGNORECASE,
)
_STARTS = re.compile(
    r"^(?:no\b|lot\b|\d|[a-z]?-?\d|unit|level|suite|block|blk|jalan|jln|ground)", re.IGNORECASE
)
_SPAN_FEATURES = [
    "rows",
    "first_line",
    "chars",
    "digits",
    "postcode",
    "postcode_last",
    "postcode_after",
    "street",
    "street_first",
    "starts",
    "ends_stop",
    "ends_comma",
    "labels",
    "colon",
    "doubled",
    "height_change",
    "centre_shift",
    "previous_empty",
    "cut",
    "cells",
]


@dataclass(frozen=True, slots=True)
class AddressSpan:
    """A run of cells below one another; ``text`` joins them with spaces."""

    cells: tuple[Cell, ...]
    text: str
    box: Box
    page: int
    cut: bool


def address_spans(document: DocumentText) -> list[AddressSpan]:
    """Runs of one to seven lines in the upper part of the first page."""
    spans: list[AddressSpan] = []
    for index, line in enumerate(document.lines[:_MOST_LINES]):
        if line.line.page > 1:
            break
        for cell in line.line.cells:
            column = [cell]
            if len(cell.text) < 3 or cell.text.endswith(":"):
                continue
            for lower in document.lines[index + 1 : index + _MOST_ROWS + 1]:
                spans.append(_span(column))
                below = _below(lower.line.cells, column[-1]) if lower.line.page == 1 else None
                if below is None or len(column) == _MOST_ROWS:
                    break
                column.append(below)
            else:
                spans.append(_span(column))
    return spans


def _below(cells: Sequence[Cell], above: Cell) -> Cell | None:
    height = above.y1 - above.y0
    for cell in cells:
        centred = abs((cell.x0 + cell.x1) - (above.x0 + above.x1)) < 4 * height
        if (abs(cell.x0 - above.x0) < 1.5 * height or centred) and cell.y0 - above.y1 < 2 * height:
            return cell
    return cells[0] if len(cells) == 1 and cells[0].y0 - above.y1 < height else None


def _span(column: Sequence[Cell]) -> AddressSpan:
    last = column[-1].text
    cut = _FOREIGN.sub("", last)
    parts = [*(cell.text for cell in column[:-1]), cut]
    return AddressSpan(
        tuple(column),
        " ".join(part for part in parts if part),
        (
            min(cell.x0 for cell in column), column[0].y0,
            max(cell.x1 for cell in column), column[-1].y1,
        ),
        column[0].page,
        cut != last,
    )  # fmt: skip


def span_feature_names(classes: Sequence[str]) -> tuple[str, ...]:
    """Names of the columns, in order."""
    places = ("first", "last", "mean", "least", "before", "before2", "after")
    return (*_SPAN_FEATURES, *(f"{place}_{c}" for place in places for c in classes))


def span_features(
    document: DocumentText,
    spans: Sequence[AddressSpan],
    texts: TextScores | dict[str, NDArray[np.float32]],
) -> NDArray[np.float32]:
    """One row per span; ``texts`` scores lines, or holds their scores."""
    known = texts if isinstance(texts, dict) else line_scores(document, spans, texts)
    rows = [_row(document, span, known) for span in spans]
    classes = len(next(iter(known.values()))) if known else 0
    width = len(_SPAN_FEATURES) + 7 * classes
    return np.array(rows, dtype=np.float32).reshape(len(rows), width)


def line_scores(
    document: DocumentText, spans: Sequence[AddressSpan], model: TextScores
) -> dict[str, NDArray[np.float32]]:
    """Scores of every text that the features of the spans ask for."""
    texts = sorted(span_texts(document, spans))
    return dict(zip(texts, model.of(texts), strict=True))


def span_texts(document: DocumentText, spans: Sequence[AddressSpan]) -> set[str]:
    """The texts that the features of the spans ask for."""
    texts = {cell.text for span in spans for cell in span.cells} | {""}
    return texts | {line.text for line in document.lines[: _MOST_LINES + _MOST_ROWS + 2]}


def _row(
    document: DocumentText, span: AddressSpan, known: dict[str, NDArray[np.float32]]
) -> list[float]:
    first, last = span.cells[0], span.cells[-1]
    lines = document.lines
    inside = np.array([known[cell.text] for cell in span.cells])
    blank = known[""]
    before = known.get(lines[first.line - 1].text, blank) if first.line else blank
    before2 = known.get(lines[first.line - 2].text, blank) if first.line > 1 else blank
    after_text = lines[last.line + 1].text if last.line + 1 < len(lines) else ""
    after = known.get(after_text, blank)
    labels = sum(len(lines[cell.line].labels) for cell in span.cells)
    height = max(0.1, first.y1 - first.y0)
    above = lines[first.line - 1].line if first.line else None
    return [
        float(len(span.cells)),
        float(first.line),
        float(len(span.text)),
        sum(c.isdigit() for c in span.text) / max(1, len(span.text)),
        float(any(has_postcode(cell.text) for cell in span.cells)),
        float(has_postcode(last.text)),
        float(has_postcode(after_text)),
        float(any(has_street(cell.text) for cell in span.cells)),
        float(has_street(first.text)),
        float(bool(_STARTS.match(first.text))),
        float(span.text.endswith(".")),
        float(span.text.endswith(",")),
        float(labels),
        float(":" in span.text),
        float(span.text.count("(")),
        (last.y1 - last.y0) / height,
        abs((last.x0 + last.x1) - (first.x0 + first.x1)) / height,
        float(above is None or first.y0 - above.y1 > height),
        float(span.cut),
        float(max(len(lines[cell.line].line.cells) for cell in span.cells)),
        *inside[0], *inside[-1], *inside.mean(axis=0), *inside.min(axis=0),
        *before, *before2, *after,
    ]  # fmt: skip
