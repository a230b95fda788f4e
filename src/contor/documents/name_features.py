"""Features of name candidates: how they read, where they stand, what is around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from contor.documents.address_blocks import Block, has_street
from contor.documents.candidates import Candidate
from contor.documents.context import Contexts
from contor.documents.document_text import DocumentText
from contor.documents.labelled_values import Side, labelled_values
from contor.documents.labels import fold
from contor.documents.name_candidates import NameCandidate, clean_name
from contor.documents.party_names import LEGAL_FORM, domains_of, name_in_domain
from contor.documents.text_scores import TextScores
from contor.documents.towns import has_postcode

_FILLED = 3
_LEGAL_END = re.compile(LEGAL_FORM.pattern + r"\)?$", re.IGNORECASE)
_CONCEPTS = [
    "seller_label",
    "buyer_label",
    "advertiser_label",
    "agency_label",
    "ship_label",
    "contact",
    "number",
    "issue_date",
    "buyer_number",
    "order_reference",
    "bank",
    "phone",
    "email",
    "vat_label",
    "tax_number_label",
    "description",
    "period",
    "invoice_word",
    "contract_reference",
    "line_total",
    "due_date",
]
_BOUND = ("advertiser_label", "agency_label", "buyer_label", "seller_label")
_SIDES: dict[Side, float] = {"behind": 1.0, "beside": 0.9, "below": 0.8}
_SHAPE = [
    "x0",
    "x1",
    "y",
    "centre",
    "line",
    "height",
    "page",
    "rows",
    "trimmed",
    "length",
    "words",
    "digits",
    "uppercase",
    "titlecase",
    "legal",
    "legal_end",
    "domain",
    "repeated",
    "own_label",
    "ends_colon",
    "separators",
    "street",
    "postcode",
    "next_street",
    "next_postcode",
    "second_postcode",
    "before_count",
    "block_name",
    "sender",
    "block_seller",
    "block_buyer",
    "block_ship",
    "block_rank",
    "line_labels",
    "quoted",
    "cells",
    "cell",
    "narrow",
    "ocr",
    "lines",
    "mdy",
]


def name_feature_names(classes: Sequence[str]) -> tuple[str, ...]:
    """Names of the columns, in order; ``classes`` are those of the text scores."""
    return (
        *(f"left_{c}" for c in _CONCEPTS), *(f"above_{c}" for c in _CONCEPTS), *_SHAPE,
        *(f"bound_{c}" for c in _BOUND), "bound_rows", "bound_often",
        *(f"text_{c}" for c in classes), *(f"next_{c}" for c in classes),
        *(f"before_{c}" for c in classes),
    )  # fmt: skip


def name_features(
    document: DocumentText,
    candidates: Sequence[NameCandidate],
    blocks: Sequence[Block],
    contexts: Contexts,
    texts: TextScores | NDArray[np.float32],
) -> NDArray[np.float32]:
    """One row per candidate; ``texts`` scores candidates and lines, or holds their scores."""
    scores = texts if isinstance(texts, np.ndarray) else text_scores(document, candidates, texts)
    domains = domains_of(document)
    folded = [fold(line.text) for line in document.lines]
    whole = "\n".join(folded)
    around = _Around(document, folded)
    bound = _Bound(document)
    rows = []
    for index, candidate in enumerate(candidates):
        context = contexts.of(_as_value(candidate))
        rows.append(
            [
                *(context.left.get(c, 0.0) for c in _CONCEPTS),
                *(context.above.get(c, 0.0) for c in _CONCEPTS),
                *_shape(document, candidate, domains, whole),
                *around.of(candidate),
                *_block(candidate, blocks),
                *_line(document, candidate),
                *bound.of(candidate),
                *scores[index],
            ]
        )
    width = 2 * len(_CONCEPTS) + len(_SHAPE) + len(_BOUND) + 2 + scores.shape[1]
    return np.array(rows, dtype=np.float32).reshape(len(rows), width)


def text_scores(
    document: DocumentText, candidates: Sequence[NameCandidate], model: TextScores
) -> NDArray[np.float32]:
    """Scores of each candidate's text, of the line after it and of the line before it."""
    texts = surrounding_texts(document, candidates)
    flat = sorted({text for three in texts for text in three})
    known = dict(zip(flat, model.of(flat), strict=True))
    classes = len(model.names)
    rows = [np.concatenate([known[text] for text in three]) for three in texts]
    return np.array(rows, dtype=np.float32).reshape(len(rows), 3 * classes)


def surrounding_texts(
    document: DocumentText, candidates: Sequence[NameCandidate]
) -> list[tuple[str, str, str]]:
    """The text of each candidate, of the line after it, of the line before it."""
    found = []
    for candidate in candidates:
        after = candidate.line + candidate.rows
        below = document.lines[after].text if after < len(document.lines) else ""
        above = document.lines[candidate.line - 1].text if candidate.line else ""
        found.append((candidate.text, below, above))
    return found


def _as_value(candidate: NameCandidate) -> Candidate:
    return Candidate(
        "code", "", candidate.text, candidate.line, candidate.start, candidate.start,
        candidate.page, candidate.box, 1.0,
    )  # fmt: skip


def _shape(
    document: DocumentText, candidate: NameCandidate, domains: set[str], whole: str
) -> list[float]:
    page = document.layout.page(candidate.page)
    x0, y0, x1, y1 = candidate.box
    text = candidate.text
    words = text.split()
    letters = sum(map(str.isalpha, text))
    legal = bool(LEGAL_FORM.search(text))
    return [
        x0 / page.width,
        x1 / page.width,
        y0 / page.height,
        abs((x0 + x1) / 2 / page.width - 0.5),
        float(candidate.line),
        (y1 - y0) / candidate.rows / page.width * 100,
        float(candidate.page),
        float(candidate.rows),
        float(candidate.trimmed),
        float(len(text)),
        float(len(words)),
        sum(map(str.isdigit, text)) / len(text),
        sum(map(str.isupper, text)) / max(1, letters),
        sum(word[:1].isupper() for word in words) / max(1, len(words)),
        float(legal),
        float(legal and bool(_LEGAL_END.search(text))),
        float(name_in_domain(text, domains)),
        float(whole.count(fold(text))),
    ]


class _Around:
    """What stands around a candidate; what each line says of itself is found out once."""

    def __init__(self, document: DocumentText, folded: Sequence[str]) -> None:
        self._lines = document.lines
        self._filled = [0, *accumulate(len(text) > _FILLED for text in folded)]
        self._addresses: dict[int, tuple[bool, bool]] = {}

    def of(self, candidate: NameCandidate) -> list[float]:
        """Features of the candidate's own text, of the three lines after it, of those before."""
        text = candidate.text
        labels = self._lines[candidate.line].labels
        end = candidate.start + len(text)
        after = candidate.line + candidate.rows
        first, second, third = (self._address(after + step) for step in range(3))
        return [
            float(sum(1 for label in labels if candidate.start <= label.start < end)),
            float(text.endswith(":")),
            float(sum(map(text.count, "|•·,/"))),
            float(has_street(text)),
            float(has_postcode(text)),
            float(first[0]),
            float(first[1]),
            float(second[1] or third[1]),
            float(self._filled[candidate.line]),
        ]

    def _address(self, index: int) -> tuple[bool, bool]:
        """Whether a line holds a street, and a postcode; no line holds neither."""
        if index >= len(self._lines):
            return (False, False)
        if index not in self._addresses:
            text = self._lines[index].text
            self._addresses[index] = (has_street(text), has_postcode(text))
        return self._addresses[index]


class _Bound:
    """Whether a candidate is the value of a party's label, here and on other pages."""

    def __init__(self, document: DocumentText) -> None:
        self._sides: dict[tuple[str, int, str], float] = {}
        self._texts: Counter[str] = Counter()
        for concept in _BOUND:
            for value in labelled_values(document, concept):
                text = clean_name(value.text)
                self._sides[concept, value.line, text] = _SIDES[value.side]
                if concept == _BOUND[0]:
                    self._texts[text] += 1

    def of(self, candidate: NameCandidate) -> list[float]:
        """Side by concept, rows of the value, how often the label has this value."""
        line, text = candidate.line, candidate.text
        sides = [self._sides.get((concept, line, text), 0.0) for concept in _BOUND]
        return [
            *sides,
            float(candidate.rows) if any(sides) else 0.0,
            float(self._texts[text]),
        ]


def _block(candidate: NameCandidate, blocks: Sequence[Block]) -> list[float]:
    page_values: list[float] = [0.0, 0.0, 0.0, 0.0, 0.0, -1.0]
    for rank, block in enumerate(blocks):
        if block.first_line == candidate.line and abs(block.name_box[0] - candidate.box[0]) < 6:
            page_values = [
                1.0,
                float(block.sender),
                float("seller_label" in block.labels),
                float("buyer_label" in block.labels),
                float("ship_label" in block.labels),
                float(rank),
            ]
            break
    return page_values


def _line(document: DocumentText, candidate: NameCandidate) -> list[float]:
    line = document.lines[candidate.line]
    first = document.layout.pages[0]
    return [
        float(len(line.labels)),
        float("'" in candidate.text or '"' in candidate.text),
        float(len(line.line.cells)),
        float(candidate.cell),
        float(first.narrow),
        float(not first.typeset),
        float(len(document.lines)),
        float(document.order == "mdy"),
    ]
