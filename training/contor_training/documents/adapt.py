"""Adapt the shelf's tagger to one tenant: a few more trees on what its people have confirmed.

The trees go on where the shelf's forests stop (their log odds are the starting scores), over the
tenant's rows and those rehearsed; few leaves and a small step keep what was known. The text models
stay the shelf's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import lightgbm
import numpy as np

from contor.documents.address_spans import span_features
from contor.documents.dates.periods import period_features
from contor.documents.forest import Forest
from contor.documents.name_features import name_features
from contor.documents.page_tagger import Tagger
from contor.documents.suppliers.memory import SupplierMemory
from contor_training.documents.forest_fit import forest_of
from contor_training.documents.labels import name_labels, period_labels, span_labels, value_labels
from contor_training.documents.prepared import Prepared
from contor_training.documents.receipt_papers import receipt_papers
from contor_training.documents.rehearsal import Rows
from contor_training.documents.tagger_fit import NAME_HEADS, VALUE_HEADS, confirmed_addresses

LEAST = 8
"""A head grows only where this many documents show its field."""
_ROUNDS = 40
_TIMES = 3.0
"""A tenant's own row counts as much as three rehearsed ones."""


def adapt(tagger: Tagger, prepared: Sequence[Prepared], rehearsal: Mapping[str, Rows]) -> Tagger:
    """The tagger with trees of the tenant's documents; heads without enough of them stay.

    The directory of sellers on receipts grows by every confirmed one.
    """
    heads = dict(tagger.heads)
    for head, parts in head_rows(tagger, prepared).items():
        shown = [(rows, labels) for rows, labels in parts if labels.any()]
        if len(shown) >= LEAST:
            heads[head] = _grown(heads[head], shown, rehearsal.get(head))
    own = confirmed_addresses([p.example for p in prepared]).addresses
    addresses = tuple(sorted({*tagger.memory.addresses, *own}))
    receipts = tagger.receipts
    if receipts is not None:
        receipts = receipts.with_heads(paper.head for paper in receipt_papers(prepared))
    memory = SupplierMemory(addresses)
    return replace(tagger, heads=heads, memory=memory, receipts=receipts)


def head_rows(tagger: Tagger, prepared: Sequence[Prepared]) -> dict[str, list[Rows]]:
    """Features and labels of every head over the documents that show its field."""

    def showing(head: str) -> list[Prepared]:
        return [p for p in prepared if p.example.accepted.get(head)]

    found: dict[str, list[Rows]] = {
        head: [(p.rows[kind], value_labels(p, head, kind)) for p in showing(head)]
        for head, kind in VALUE_HEADS.items()
    }
    found["billed_period"] = [
        (
            period_features(p.document, p.scored.candidates, p.scored.contexts, p.periods),
            period_labels(p),
        )
        for p in showing("period_start")
        if p.periods and p.example.accepted.get("period_end")
    ]
    for head in NAME_HEADS:
        found[head] = [
            (
                name_features(p.document, p.names, p.blocks, p.scored.finder, tagger.texts),
                name_labels(p, head),
            )
            for p in showing(head)
        ]
    found["seller_address"] = [
        (span_features(p.document, p.spans, tagger.texts), span_labels(p))
        for p in showing("seller_address")
    ]
    return {head: parts for head, parts in found.items() if head in tagger.heads}


def _grown(forest: Forest, parts: Sequence[Rows], rehearsed: Rows | None) -> Forest:
    rows = np.concatenate([one for one, _ in parts])
    labels = np.concatenate([one for _, one in parts])
    weights = np.full(len(labels), _TIMES)
    if rehearsed is not None and rehearsed[0].shape[1] == rows.shape[1]:
        rows = np.concatenate([rows, rehearsed[0]])
        labels = np.concatenate([labels, rehearsed[1]])
        weights = np.concatenate([weights, np.ones(len(rehearsed[1]))])
    known = np.clip(forest.probability(rows).astype(np.float64), 1e-6, 1 - 1e-6)
    model = lightgbm.train(
        {
            "objective": "binary", "num_leaves": 8, "max_depth": 4, "learning_rate": 0.08,
            "min_data_in_leaf": 8, "feature_fraction": 0.5, "lambda_l2": 5.0, "max_bin": 127,
            "seed": 1, "verbose": -1, "num_threads": 1, "deterministic": True,
            "force_row_wise": True,
        },
        lightgbm.Dataset(rows, labels, weight=weights, init_score=np.log(known / (1 - known))),
        num_boost_round=_ROUNDS,
    )  # fmt: skip
    return _joined(forest, forest_of(model.dump_model()))


def _joined(first: Forest, second: Forest) -> Forest:
    """The trees of both: their scores add up."""
    offset = len(first.feature)
    return Forest(
        np.concatenate([first.feature, second.feature]),
        np.concatenate([first.threshold, second.threshold]),
        np.concatenate([first.left, second.left + offset]),
        np.concatenate([first.right, second.right + offset]),
        np.concatenate([first.value, second.value]),
        np.concatenate([first.roots, second.roots + offset]),
        max(first.depth, second.depth),
    )
