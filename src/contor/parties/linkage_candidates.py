"""Candidate pairs: the records of the other table that share n-grams, or lie near in numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

from contor.parties.linkage_columns import Column, joined

Pairs = NDArray[np.int64]
Similarities = NDArray[np.float64]
_NEAR = 0.08
_LATE = 31.0
_CHUNK = 2000
_KEPT = 20


def candidate_pairs(columns: Sequence[Column], top: int, *, same: bool) -> Pairs:
    """Index pairs (left, right), sorted, without repeats; of one table with itself left < right."""
    found = []
    texts = [column for column in columns if column.kind == "text"]
    if texts:
        found.append(_by_text(joined(columns, "left"), joined(columns, "right"), top))
        few = max(4, top // 3)
        single = texts[:4] if len(texts) > 1 else []
        found.extend(_by_text(list(column.left), list(column.right), few) for column in single)
    numbers = [column for column in columns if column.kind != "text"]
    if numbers:
        found.append(_by_number(numbers, columns))
    pairs = np.concatenate(found) if found else np.empty((0, 2), np.int64)
    if same:
        pairs = pairs[pairs[:, 0] != pairs[:, 1]]
        pairs = np.sort(pairs, axis=1)
    return np.unique(pairs, axis=0)


def text_matrices(left: list[str], right: list[str]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """TF-IDF matrices of character 3-grams within words, float32."""
    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 3), sublinear_tf=True, dtype=np.float32
    )
    vectorizer.fit([*left, *right] or [" "])
    return vectorizer.transform(left), vectorizer.transform(right)


def _by_text(left: list[str], right: list[str], top: int) -> Pairs:
    if not any(left) or not any(right):
        return np.empty((0, 2), np.int64)
    a, b = text_matrices(left, right)
    forward = sp_matmul_topn(a, b.T.tocsr(), top_n=top, threshold=0.05, n_threads=1).tocoo()
    back = sp_matmul_topn(b, a.T.tocsr(), top_n=max(3, top // 3), threshold=0.05, n_threads=1)
    back = back.tocoo()
    rows = np.concatenate([forward.row, back.col]).astype(np.int64)
    cols = np.concatenate([forward.col, back.row]).astype(np.int64)
    return np.column_stack([rows, cols])


def _by_number(numbers: Sequence[Column], columns: Sequence[Column]) -> Pairs:
    """Pairs near in the first number (within 8 %) and, where there is one, near in the date.

    Of many, those whose texts and numbers are nearest are kept.
    """
    amount = next((c for c in numbers if c.kind == "number"), None)
    day = next((c for c in numbers if c.kind == "date"), None)
    texts = [column for column in columns if column.kind == "text"]
    if amount is None or not (day or texts):
        return np.empty((0, 2), np.int64)
    left, right = np.asarray(amount.left, float), np.asarray(amount.right, float)
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    low, high = left * (1 - _NEAR), left * (1 + _NEAR)
    lows = np.searchsorted(ordered, np.minimum(low, high), "left")
    highs = np.searchsorted(ordered, np.maximum(low, high), "right")
    matrices = text_matrices(joined(columns, "left"), joined(columns, "right")) if texts else None
    found = [np.empty((0, 2), np.int64)]
    for start in range(0, len(left), _CHUNK):
        rows = [r for r in range(start, min(start + _CHUNK, len(left))) if not np.isnan(left[r])]
        blocks = [order[lows[r] : highs[r]] for r in rows]
        if not blocks:
            continue
        pairs = np.column_stack(
            [np.repeat(rows, [len(b) for b in blocks]), np.concatenate(blocks)]
        ).astype(np.int64)
        if day is not None:
            gap = (
                np.asarray(day.right, float)[pairs[:, 1]] - np.asarray(day.left, float)[pairs[:, 0]]
            )
            pairs = pairs[np.abs(gap) <= _LATE]
        near = 1 - np.abs(right[pairs[:, 1]] / left[pairs[:, 0]] - 1) / _NEAR
        if matrices is not None:
            near = near * 0.4 + cosine(matrices, pairs)
        found.append(_nearest_of_each(pairs, near))
    return np.concatenate(found)


def cosine(matrices: tuple[sparse.csr_matrix, sparse.csr_matrix], pairs: Pairs) -> Similarities:
    """Cosine similarity of each pair's rows, in slices that fit in memory."""
    parts = [np.empty(0)]
    for start in range(0, len(pairs), 200_000):
        some = pairs[start : start + 200_000]
        product = matrices[0][some[:, 0]].multiply(matrices[1][some[:, 1]])
        parts.append(np.asarray(product.sum(axis=1)).ravel())
    return np.concatenate(parts)


def _nearest_of_each(pairs: Pairs, near: Similarities) -> Pairs:
    """The nearest pairs of each left record."""
    order = np.lexsort((-near, pairs[:, 0]))
    rows = pairs[order, 0]
    first = np.r_[True, rows[1:] != rows[:-1]] if len(rows) else np.empty(0, bool)
    starts = np.flatnonzero(first)
    rank = np.arange(len(rows)) - np.repeat(starts, np.diff(np.r_[starts, len(rows)]))
    return pairs[order[rank < _KEPT]]
