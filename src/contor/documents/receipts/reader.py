"""Seller and total of a till receipt by the model of receipts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from contor.documents.address_spans import AddressSpan, address_spans, span_features
from contor.documents.candidates import Candidate
from contor.documents.context import Contexts
from contor.documents.document_text import DocumentText
from contor.documents.name_candidates import NameCandidate
from contor.documents.name_features import name_features
from contor.documents.party_names import Party
from contor.documents.receipts.addresses import (
    SPAN_EXTRAS,
    SellerAddress,
    address_extras,
    address_spellings,
    span_extras,
)
from contor.documents.receipts.edge_lines import edge_extras
from contor.documents.receipts.model import ReceiptModel
from contor.documents.receipts.names import (
    LINE_EXTRAS,
    ChosenName,
    line_extras,
    name_extras,
    receipt_names,
    spellings,
)
from contor.documents.receipts.recall import HeadMemory, remember
from contor.documents.receipts.rivals import rival_extras
from contor.documents.receipts.totals import total_extras
from contor.documents.scored_values import Scored, rows_of
from contor.documents.text_scores import TextScores

_AMOUNT = re.compile(r"\W*\d{1,4}[.,]\d\d ?(?:€|EUR)?(?: ?[A-D])?")
_MOST_START = 30
_LEAST_NAME = 0.02
_LEAST_ADDRESS = 0.05
_LEAST_TOTAL = 0.02
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ReceiptTotal:
    """The total: the amount chosen and how sure it is."""

    candidate: Candidate
    probability: float
    confidence: float


def receipt_spans(document: DocumentText) -> list[AddressSpan]:
    """Runs of lines that begin in the head of a receipt, each text of one beginning once."""
    found: dict[tuple[str, int, int], AddressSpan] = {}
    for span in address_spans(document):
        first = span.cells[0]
        if any(_AMOUNT.fullmatch(cell.text) for cell in span.cells):
            continue
        if span.text and first.line < _MOST_START:
            found.setdefault((span.text, first.line, first.index), span)
    return list(found.values())


def printed_name_rows(
    document: DocumentText,
    names: Sequence[NameCandidate],
    finder: Contexts,
    texts: TextScores,
    memory: HeadMemory,
) -> Floats:
    """One row per printed name: how it reads, where it stands, what its lines were before."""
    rows = name_features(document, names, (), finder, texts)
    return np.hstack([rows, line_extras(document, names, memory)])


def address_line_rows(
    document: DocumentText, spans: Sequence[AddressSpan], texts: TextScores, memory: HeadMemory
) -> Floats:
    """One row per run of lines."""
    return np.hstack([span_features(document, spans, texts), span_extras(document, spans, memory)])


def address_rows(
    document: DocumentText,
    name: ChosenName,
    spans: Sequence[AddressSpan],
    rows: Floats,
    scores: Floats,
    written: Sequence[SellerAddress],
    memory: HeadMemory,
) -> Floats:
    """One row per spelling of an address; ``rows`` and ``scores`` are those of the runs of lines."""
    lines = rows[:, -len(SPAN_EXTRAS) :]
    extras = address_extras(document, name.end, spans, scores, written, memory, lines)
    rivals = rival_extras([one.text for one in written], memory.addresses, memory.count_address)
    edges = edge_extras([spans[one.span] for one in written], name.text)
    return np.hstack([extras, rivals, edges])


def total_rows(
    document: DocumentText, scored: Scored, amounts: Sequence[Candidate], texts: TextScores
) -> Floats:
    """One row per amount; ``scored`` by the wordings alone."""
    return np.hstack([rows_of(document, scored, "amount"), total_extras(document, amounts, texts)])


def receipt_seller(document: DocumentText, finder: Contexts, model: ReceiptModel) -> Party | None:
    """Name and address of the seller, written as people confirmed them where that is known."""
    memory = remember(document, model.directory)
    names = receipt_names(document)
    if not names:
        return None
    rows = printed_name_rows(document, names, finder, model.lines, memory)
    scores = model.heads["printed_name"].probability(rows)
    written = spellings(names, memory)
    lines = rows[:, -len(LINE_EXTRAS) :]
    found = model.heads["name"].shares(name_extras(names, scores, written, memory, lines))
    best = int(np.argmax(found))
    if found[best] < _LEAST_NAME:
        return None
    printed = names[written[best].printed]
    confidence = model.confidence("name", float(found[best])) * (0.5 + 0.5 * printed.confidence)
    party = Party(written[best].text, printed.box, printed.page, confidence)
    return _with_address(document, party, printed.line + printed.rows, model, memory)


def _with_address(
    document: DocumentText, party: Party, name_end: int, model: ReceiptModel, memory: HeadMemory
) -> Party:
    spans = receipt_spans(document)
    if not spans:
        return party
    named = ChosenName(party.name, name_end)
    rows = address_line_rows(document, spans, model.lines, memory)
    scores = model.heads["address_lines"].shares(rows)
    written = address_spellings(spans, scores, memory)
    extras = address_rows(document, named, spans, rows, scores, written, memory)
    found = model.heads["address"].shares(extras)
    best = int(np.argmax(found))
    if found[best] < _LEAST_ADDRESS:
        return party
    return Party(
        party.name, party.name_box, party.page, party.score,
        written[best].text, spans[written[best].span].box,
        model.confidence("address", float(found[best])),
    )  # fmt: skip


def receipt_total(
    document: DocumentText, scored: Scored, model: ReceiptModel
) -> ReceiptTotal | None:
    """The amount to pay; None where no amount looks like it."""
    worded = replace(scored, scores=scored.wordings)
    amounts = [worded.candidates[i] for i in worded.of_kind("amount")]
    if not amounts:
        return None
    found = model.heads["total"].probability(total_rows(document, worded, amounts, model.totals))
    best = int(np.argmax(found))
    probability = float(found[best])
    if probability < _LEAST_TOTAL or amounts[best].number is None:
        return None
    return ReceiptTotal(amounts[best], probability, model.confidence("total", probability))
