"""Till receipts with their gold, prepared for learning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from contor.documents.address_spans import AddressSpan
from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText
from contor.documents.name_candidates import NameCandidate
from contor.documents.receipts.confirmed_head import confirmed_head
from contor.documents.receipts.directory import ConfirmedHead
from contor.documents.receipts.names import receipt_names
from contor.documents.receipts.reader import receipt_spans
from contor.documents.receipts.till_paper import is_till_paper
from contor.documents.receipts.totals import total_texts
from contor.documents.scored_values import Scored
from contor.documents.suppliers.memory import squeeze
from contor_training.documents.labels import value_labels
from contor_training.documents.prepared import Prepared
from contor_training.documents.text_fit import first_of

_HEAD_LINES = 45
_ALIKE = 88.0
_NEARLY = 90.0
_SHORTEST = 3
Labels = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """A receipt with its candidates and what is right among them; ``worn`` ones are made up."""

    group: str
    document: DocumentText
    scored: Scored
    names: Sequence[NameCandidate]
    spans: Sequence[AddressSpan]
    amounts: Sequence[Candidate]
    name: str
    address: str
    name_labels: Labels
    span_labels: Labels
    total_labels: Labels
    head: ConfirmedHead
    worn: bool = False


def receipt_papers(prepared: Sequence[Prepared]) -> list[ReceiptPaper]:
    """The till receipts among documents, in their order."""
    return [_paper(p) for p in prepared if is_till_paper(p.document)]


def _paper(p: Prepared) -> ReceiptPaper:
    accepted = p.example.accepted
    name, address = first_of(accepted, "seller_name"), first_of(accepted, "seller_address")
    names, spans = receipt_names(p.document), receipt_spans(p.document)
    amounts = [p.scored.candidates[i] for i in p.scored.of_kind("amount")]
    totals = (
        value_labels(p, "gross_total", "amount")
        if accepted.get("gross_total")
        else np.zeros(len(amounts), dtype=np.int8)
    )
    return ReceiptPaper(
        p.example.group, p.document, p.scored, names, spans, amounts, name, address,
        np.array([one.text == name for one in names], dtype=np.int8),
        _span_labels(spans, squeeze(address)),
        totals,
        confirmed_head(p.document, name, address, spans),
    )  # fmt: skip


def _span_labels(spans: Sequence[AddressSpan], wanted: str) -> Labels:
    """Which run of lines is the address; the nearest where recognition misread it."""
    ratios = [fuzz.ratio(squeeze(span.text), wanted) if wanted else 0.0 for span in spans]
    best = max(ratios, default=0.0)
    return np.array([ratio == best and best > _NEARLY for ratio in ratios], dtype=np.int8)


def marked_lines(paper: ReceiptPaper) -> dict[str, tuple[bool, ...]]:
    """Texts of the head with what they are: a seller, address lines, the first, the last of them."""
    seller, address = squeeze(paper.name), squeeze(paper.address)
    lines = paper.document.lines[:_HEAD_LINES]
    texts = {name.text for name in paper.names} | {line.text for line in lines}
    texts |= {cell.text for line in lines for cell in line.line.cells}
    marked: dict[str, tuple[bool, ...]] = {}
    for text in sorted(texts):
        key = squeeze(text)
        part = len(key) > _SHORTEST and key in address
        marked[text] = (
            len(key) >= _SHORTEST and bool(seller) and fuzz.ratio(key, seller) > _ALIKE,
            part,
            part and address.startswith(key),
            part and address.endswith(key),
        )
    return marked


def marked_totals(paper: ReceiptPaper) -> dict[str, tuple[bool, ...]]:
    """Lines with amounts, and whether the total stands on them."""
    marked: dict[str, tuple[bool, ...]] = {}
    texts = total_texts(paper.document, paper.amounts)
    for (text, _, _), right in zip(texts, paper.total_labels, strict=True):
        marked[text] = (bool(right) or marked.get(text, (False,))[0],)
    return marked
