"""Fit the field tagger: ``python -m contor_training.documents.fit``.

Everything is learnt from documents with gold; the artefact goes to the shelf with its card, its
measures and a manifest of versions and hashes. Seeds are fixed: the same gold gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from contor.documents.address_blocks import Block, find_blocks
from contor.documents.address_spans import AddressSpan, address_spans, span_features, span_texts
from contor.documents.candidates import Candidate, CandidateKind
from contor.documents.document_text import DocumentText, document_text
from contor.documents.forest import Forest
from contor.documents.name_candidates import NameCandidate, name_candidates
from contor.documents.name_features import name_features, surrounding_texts
from contor.documents.page_tagger import Tagger
from contor.documents.scored_values import Scored, rows_of, score_candidates
from contor.documents.supplier_memory import SupplierMemory, squeeze
from contor.documents.text_scores import BITS, TextScores, hashes_of
from contor_training.documents.gold import Example

Floats = NDArray[np.float32]

VALUE_HEADS: dict[str, CandidateKind] = {
    "gross_total": "amount",
    "net_total": "amount",
    "tax_total": "amount",
    "issue_date": "date",
    "due_date": "date",
    "period_start": "date",
}
NAME_HEADS = ("seller_name", "buyer_name")
TEXT_CLASSES = ("seller", "buyer", "address", "address_first", "address_last")
_INNER_FOLDS = 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with everything that does not depend on what is learnt."""

    example: Example
    document: DocumentText
    scored: Scored
    rows: Mapping[CandidateKind, Floats]
    blocks: Sequence[Block]
    names: Sequence[NameCandidate]
    spans: Sequence[AddressSpan]


def prepare(example: Example) -> Prepared:
    """Candidates and features of a document."""
    document = document_text(example.pages)
    scored = score_candidates(document)
    blocks = find_blocks(document)
    kinds: tuple[CandidateKind, ...] = ("amount", "date")
    return Prepared(
        example,
        document,
        scored,
        {kind: rows_of(document, scored, kind) for kind in kinds},
        blocks,
        name_candidates(document, blocks),
        address_spans(document),
    )


def fit_tagger(prepared: Sequence[Prepared]) -> Tagger:
    """Text scores first (out of fold for what is learnt on top of them), then the forests."""
    folds = _folds([p.example.group for p in prepared], _INNER_FOLDS)
    texts = fit_texts(prepared)
    by_fold = {fold: fit_texts([p for p, f in zip(prepared, folds, strict=True) if f != fold]) for fold in set(folds)}
    heads: dict[str, Forest] = {}
    for head, kind in VALUE_HEADS.items():
        heads[head] = _fit_head(
            (p.rows[kind], _value_labels(p, head, kind))
            for p in prepared
            if p.example.accepted.get(head)
        )
    name_rows = {
        id(p): name_features(p.document, p.names, p.blocks, p.scored.finder, by_fold[fold])
        for p, fold in zip(prepared, folds, strict=True)
    }
    for head in NAME_HEADS:
        heads[head] = _fit_head(
            (name_rows[id(p)], _name_labels(p, head)) for p in prepared if p.example.accepted.get(head)
        )
    heads["seller_address"] = _fit_head(
        (span_features(p.document, p.spans, by_fold[fold]), _span_labels(p))
        for p, fold in zip(prepared, folds, strict=True)
        if p.example.accepted.get("seller_address")
    )
    return Tagger(heads, texts, confirmed_suppliers([p.example for p in prepared]))


def fit_texts(prepared: Sequence[Prepared]) -> TextScores:
    """Linear models over hashed n-grams: does a text name a seller, a buyer, an address line?"""
    texts: list[str] = []
    labels: list[tuple[bool, ...]] = []
    for p in prepared:
        for text, marks in _marked_texts(p).items():
            texts.append(text)
            labels.append(marks)
    found = [hashes_of(text) for text in texts]
    scale = [1.0 / max(1.0, len(row)) ** 0.5 for row in found]
    data = np.concatenate([np.full(len(row), s) for row, s in zip(found, scale, strict=True)])
    indices = np.concatenate([np.array(row, dtype=np.int32) for row in found])
    starts = np.concatenate([[0], np.cumsum([len(row) for row in found])])
    matrix = csr_matrix((data, indices, starts), shape=(len(texts), 1 << BITS))
    weights, bias = [], []
    for column in range(len(TEXT_CLASSES)):
        wanted = [marks[column] for marks in labels]
        model = LogisticRegression(C=30.0, max_iter=300, solver="liblinear", random_state=0)
        model.fit(matrix, wanted)
        weights.append(model.coef_[0])
        bias.append(model.intercept_[0])
    return TextScores(
        TEXT_CLASSES, np.array(weights, dtype=np.float32), np.array(bias, dtype=np.float32)
    )


def _marked_texts(p: Prepared) -> dict[str, tuple[bool, ...]]:
    """Texts that scores are asked for, with the classes they belong to."""
    accepted = p.example.accepted
    seller = squeeze(_one(accepted, "seller_name"))
    buyer = squeeze(_one(accepted, "buyer_name"))
    address = squeeze(_one(accepted, "seller_address"))
    marked: dict[str, tuple[bool, ...]] = {}
    texts = {text for three in surrounding_texts(p.document, p.names) for text in three}
    for text in sorted(texts | span_texts(p.document, p.spans)):
        key = squeeze(text)
        part = len(key) > 3 and key in address
        marked[text] = (
            len(key) > 2 and _alike(key, seller),
            len(key) > 2 and _alike(key, buyer),
            part,
            part and address.startswith(key),
            part and address.endswith(key),
        )
    return marked


def _alike(key: str, wanted: str) -> bool:
    return bool(wanted) and (key == wanted or fuzz.ratio(key, wanted) > 88)


def _one(accepted: Mapping[str, tuple[str, ...]], name: str) -> str:
    values = accepted.get(name)
    return values[0] if values else ""


def _value_labels(p: Prepared, head: str, kind: CandidateKind) -> NDArray[np.int8]:
    accepted = p.example.accepted[head]
    candidates = [p.scored.candidates[i] for i in p.scored.of_kind(kind)]
    return np.array([_is_value(c, accepted) for c in candidates], dtype=np.int8)


def _is_value(candidate: Candidate, accepted: Sequence[str]) -> bool:
    if candidate.number is not None:
        return f"{abs(candidate.number):.2f}" in {value.removeprefix("-") for value in accepted}
    return candidate.value in accepted


def _name_labels(p: Prepared, head: str) -> NDArray[np.int8]:
    wanted = squeeze(_one(p.example.accepted, head))
    keys = [squeeze(c.text) for c in p.names]
    exact = [key == wanted for key in keys]
    if not any(exact):
        exact = [fuzz.ratio(key, wanted) > 90 for key in keys]
    return np.array(exact, dtype=np.int8)


def _span_labels(p: Prepared) -> NDArray[np.int8]:
    wanted = squeeze(_one(p.example.accepted, "seller_address"))
    keys = [squeeze(span.text) for span in p.spans]
    exact = [key == wanted for key in keys]
    if not any(exact):
        ratios = [fuzz.ratio(key, wanted) for key in keys]
        best = max(ratios, default=0.0)
        exact = [ratio == best and best > 90 for ratio in ratios]
    return np.array(exact, dtype=np.int8)


def _fit_head(parts: Iterable[tuple[Floats, NDArray[np.int8]]]) -> Forest:
    """A forest over the rows of all documents; documents without a positive row are left out."""
    used = [(rows, labels) for rows, labels in parts if labels.any()]
    rows = np.concatenate([rows for rows, _ in used])
    labels = np.concatenate([labels for _, labels in used])
    model = lightgbm.train(
        {
            "objective": "binary", "num_leaves": 24, "learning_rate": 0.06,
            "min_data_in_leaf": 12, "feature_fraction": 0.35, "bagging_fraction": 0.8,
            "bagging_freq": 1, "lambda_l2": 3.0, "max_bin": 127, "seed": 1, "verbose": -1,
            "num_threads": 1, "deterministic": True, "force_row_wise": True, "max_depth": 8,
        },
        lightgbm.Dataset(rows, labels),
        num_boost_round=220,
    )  # fmt: skip
    return forest_of(model.dump_model())


def forest_of(dump: Mapping[str, object]) -> Forest:
    """LightGBM's trees as arrays."""
    nodes: list[list[float]] = []
    roots = []
    deepest = 0

    def add(tree: Mapping[str, object], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        index = len(nodes)
        if "leaf_value" in tree:
            nodes.append([0, 0.0, index, index, float(tree["leaf_value"])])  # type: ignore[arg-type]
            return index
        nodes.append([0, 0.0, index, index, 0.0])
        left = add(tree["left_child"], depth + 1)  # type: ignore[arg-type]
        right = add(tree["right_child"], depth + 1)  # type: ignore[arg-type]
        nodes[index] = [tree["split_feature"], tree["threshold"], left, right, 0.0]  # type: ignore[list-item]
        return index

    for tree in dump["tree_info"]:  # type: ignore[attr-defined]
        roots.append(add(tree["tree_structure"], 0))
    table = np.array(nodes, dtype=np.float64)
    return Forest(
        table[:, 0].astype(np.int32), table[:, 1], table[:, 2].astype(np.int32),
        table[:, 3].astype(np.int32), table[:, 4].astype(np.float32),
        np.array(roots, dtype=np.int32), deepest,
    )  # fmt: skip


def confirmed_suppliers(examples: Sequence[Example]) -> SupplierMemory:
    """Spellings of suppliers, the most frequent of those that are nearly alike."""
    pairs: Counter[tuple[str, str]] = Counter(
        (_one(e.accepted, "seller_name"), _one(e.accepted, "seller_address"))
        for e in examples
        if _one(e.accepted, "seller_name") and e.name.startswith("X")
    )
    names = Counter[str]()
    addresses = Counter[str]()
    for (name, address), count in pairs.items():
        names[name] += count
        addresses[address] += count
    spelled_names = _main_spellings(names, 93.0)
    spelled_addresses = _main_spellings(addresses, 93.0)
    kept = {(spelled_names[name], spelled_addresses[address]) for name, address in pairs}
    return SupplierMemory(tuple(sorted(kept)))


def _main_spellings(counts: Counter[str], alike: float) -> dict[str, str]:
    """Each spelling's most frequent neighbour."""
    kept: list[str] = []
    spelled: dict[str, str] = {}
    for text, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        key = squeeze(text)
        same: Callable[[str], bool] = lambda other: fuzz.ratio(squeeze(other), key) >= alike  # noqa: E731, B023
        spelled[text] = next((other for other in kept if text and same(other)), text)
        if spelled[text] == text:
            kept.append(text)
    return spelled


def _folds(groups: Sequence[str], count: int) -> list[int]:
    names = sorted(set(groups))
    number = {name: index for index, name in enumerate(names)}
    splitter = GroupKFold(n_splits=min(count, len(names)))
    found = [0] * len(groups)
    for fold, (_, held) in enumerate(
        splitter.split(np.zeros(len(groups)), groups=[number[g] for g in groups])
    ):
        for index in held:
            found[index] = fold
    return found
