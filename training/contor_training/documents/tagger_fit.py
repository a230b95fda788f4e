"""Fit the field tagger: text scores first, then the forests on top of them.

What is learnt on top of text scores sees those of models that did not know the document (out of
fold, split by group), else it would trust them too much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from contor.documents.address_spans import span_features
from contor.documents.candidates import CandidateKind
from contor.documents.dates.periods import period_features
from contor.documents.forest import Forest
from contor.documents.name_features import name_features
from contor.documents.page_tagger import Tagger
from contor.documents.receipts.model import ReceiptModel
from contor.documents.suppliers.memory import SupplierMemory, squeeze
from contor_training.documents.folds import folds_of
from contor_training.documents.forest_fit import fit_head
from contor_training.documents.gold import Example
from contor_training.documents.labels import name_labels, period_labels, span_labels, value_labels
from contor_training.documents.prepared import Prepared
from contor_training.documents.receipt_fit import fit_receipts
from contor_training.documents.text_fit import first_of, fit_texts

VALUE_HEADS: dict[str, CandidateKind] = {
    "gross_total": "amount",
    "net_total": "amount",
    "tax_total": "amount",
    "issue_date": "date",
    "due_date": "date",
}
NAME_HEADS = ("seller_name", "buyer_name")
_INNER_FOLDS = 3
_SAME_ADDRESS = 93.0


def fit_tagger(prepared: Sequence[Prepared], receipts: ReceiptModel | None = None) -> Tagger:
    """Text scores first (out of fold for what is learnt on top of them), then the forests.

    ``receipts`` is the model of till receipts where it is fitted already.
    """
    folds = folds_of([p.example.group for p in prepared], _INNER_FOLDS)
    texts = fit_texts(prepared)
    by_fold = {
        fold: fit_texts([p for p, f in zip(prepared, folds, strict=True) if f != fold])
        for fold in set(folds)
    }
    heads: dict[str, Forest] = {}
    for head, kind in VALUE_HEADS.items():
        heads[head] = fit_head(
            (p.rows[kind], value_labels(p, head, kind))
            for p in prepared
            if p.example.accepted.get(head)
        )
    heads["billed_period"] = fit_head(
        (
            period_features(p.document, p.scored.candidates, p.scored.contexts, p.periods),
            period_labels(p),
        )
        for p in prepared
        if p.periods
        and p.example.accepted.get("period_start")
        and p.example.accepted.get("period_end")
    )
    name_rows = {
        id(p): name_features(p.document, p.names, p.blocks, p.scored.finder, by_fold[fold])
        for p, fold in zip(prepared, folds, strict=True)
    }
    for head in NAME_HEADS:
        heads[head] = fit_head(
            (name_rows[id(p)], name_labels(p, head))
            for p in prepared
            if p.example.accepted.get(head)
        )
    heads["seller_address"] = fit_head(
        (span_features(p.document, p.spans, by_fold[fold]), span_labels(p))
        for p, fold in zip(prepared, folds, strict=True)
        if p.example.accepted.get("seller_address")
    )
    memory = confirmed_addresses([p.example for p in prepared])
    return Tagger(heads, texts, memory, receipts or fit_receipts(prepared))


def confirmed_addresses(examples: Sequence[Example]) -> SupplierMemory:
    """Spellings of recognised addresses, of those nearly alike the most frequent."""
    counts = Counter(
        first_of(e.accepted, "seller_address") for e in examples if e.pages[0].source == "ocr"
    )
    kept: list[str] = []
    for address, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        letters = squeeze(address)
        alike = (fuzz.ratio(squeeze(other), letters) >= _SAME_ADDRESS for other in kept)
        if address and not any(alike):
            kept.append(address)
    return SupplierMemory(tuple(sorted(kept)))
