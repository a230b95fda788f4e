"""Fit the linear models over hashed n-grams: does a text name a seller, a buyer, an address line?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from contor.documents.address_spans import span_texts
from contor.documents.name_features import surrounding_texts
from contor.documents.suppliers.memory import squeeze
from contor.documents.text_scores import BITS, TextScores, hashes_of
from contor_training.documents.prepared import Prepared

TEXT_CLASSES = ("seller", "buyer", "address", "address_first", "address_last")


def fit_texts(prepared: Sequence[Prepared]) -> TextScores:
    """Linear models over hashed n-grams: does a text name a seller, a buyer, an address line?"""
    texts: list[str] = []
    labels: list[tuple[bool, ...]] = []
    for p in prepared:
        for text, marks in _marked_texts(p).items():
            texts.append(text)
            labels.append(marks)
    return fit_scores(texts, labels, TEXT_CLASSES)


def fit_scores(
    texts: Sequence[str], labels: Sequence[Sequence[bool]], classes: tuple[str, ...]
) -> TextScores:
    """One linear model per class over the hashed n-grams of the texts."""
    found = [hashes_of(text) for text in texts]
    scale = [1.0 / max(1.0, len(row)) ** 0.5 for row in found]
    data = np.concatenate([np.full(len(row), s) for row, s in zip(found, scale, strict=True)])
    indices = np.concatenate([np.array(row, dtype=np.int32) for row in found])
    starts = np.concatenate([[0], np.cumsum([len(row) for row in found])])
    matrix = csr_matrix((data, indices, starts), shape=(len(texts), 1 << BITS))
    weights, bias = [], []
    for column in range(len(classes)):
        wanted = [marks[column] for marks in labels]
        model = LogisticRegression(C=30.0, max_iter=300, solver="liblinear", random_state=0)
        model.fit(matrix, wanted)
        weights.append(model.coef_[0])
        bias.append(model.intercept_[0])
    return TextScores(
        classes, np.array(weights, dtype=np.float32), np.array(bias, dtype=np.float32)
    )


def _marked_texts(p: Prepared) -> dict[str, tuple[bool, ...]]:
    """Texts that scores are asked for, with the classes they belong to."""
    accepted = p.example.accepted
    seller = squeeze(first_of(accepted, "seller_name"))
    buyer = squeeze(first_of(accepted, "buyer_name"))
    address = squeeze(first_of(accepted, "seller_address"))
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


def first_of(accepted: Mapping[str, tuple[str, ...]], name: str) -> str:
    """The first accepted value of a field, empty where there is none."""
    values = accepted.get(name)
    return values[0] if values else ""
