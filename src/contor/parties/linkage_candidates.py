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
_NEAR = 0.08
_LATE = 31.0


def candidate_pairs(columns: Sequence[Column], size: int, top: int, *, same: bool) -> Pairs:
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
        found.append(_by_number(numbers, columns, size))
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


def _by_number(numbers: Sequence[Column], columns: Sequence[Column], size: int) -> Pairs:
    """Pairs near in the first number (within 8 %) and, where there is one, near in the date."""
    del size
    amount = next((c for c in numbers if c.kind == "number"), None)
    day = next((c for c in numbers if c.kind == "date"), None)
    if amount is None or not any(c.kind in {"date", "text"} for c in columns):
        return np.empty((0, 2), np.int64)
    left = np.asarray(amount.left, float)
    right = np.asarray(amount.right, float)
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    lows = np.searchsorted(ordered, np.minimum(left * (1 - _NEAR), left * (1 + _NEAR)), "left")
    highs = np.searchsorted(ordered, np.maximum(left * (1 - _NEAR), left * (1 + _NEAR)), "right")
    found = []
    for row in range(len(left)):
        if np.isnan(left[row]):
            continue
        cols = order[lows[row] : highs[row]]
        if day is not None:
            gap = np.asarray(day.right, float)[cols] - float(day.left[row])
            cols = cols[np.abs(gap) <= _LATE]
        if len(cols) > 300:
            closeness = np.abs(right[cols] - left[row])
            cols = cols[np.argsort(closeness, kind="stable")[:300]]
        found.append(np.column_stack([np.full(len(cols), row), cols]))
    return np.concatenate(found).astype(np.int64) if found else np.empty((0, 2), np.int64)
