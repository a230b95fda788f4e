"""Features of candidate pairs: how alike two records are, column by column and as a whole."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from contor.parties.linkage_candidates import Pairs, cosine, text_matrices
from contor.parties.linkage_columns import Column, core, joined

Features = NDArray[np.float32]
_DIGITS = re.compile(r"\d+")
_FORMS = frozenset(
    [
        "gmbh",
        "ggmbh",
        "mbh",
        "ag",
        "kg",
        "ohg",
        "gbr",
        "ug",
        "ev",
        "verein",
        "stiftung",
        "ltd",
        "limited",
        "plc",
        "llp",
        "inc",
        "corp",
        "co",
        "se",
        "eg",
    ]
)


def pair_features(columns: Sequence[Column], pairs: Pairs) -> Features:
    """One row a pair; NaN where a value is missing on either side."""
    parts: list[NDArray[np.float32]] = []
    texts = [column for column in columns if column.kind == "text"]
    for column in columns:
        if column.kind == "text":
            rich = len(texts) == 1
            parts.append(_text(list(column.left), list(column.right), pairs, rich=rich))
        else:
            parts.append(_numeric(column, pairs))
    if len(texts) > 1:
        parts.append(_text(joined(columns, "left"), joined(columns, "right"), pairs, rich=True))
    return np.hstack(parts) if parts else np.zeros((len(pairs), 1), np.float32)


def start_score(columns: Sequence[Column], pairs: Pairs) -> NDArray[np.float64]:
    """How alike the pairs are before anything is learned: texts count double, gaps fall off.

    A number falls to nothing at a tenth apart, a date at a month.
    """
    total, weight = np.zeros(len(pairs)), 0.0
    for column in columns:
        if column.kind == "text":
            texts = left_right_matrices(_texts(column.left), _texts(column.right))
            total += 2 * cosine(texts, pairs)
            weight += 2
            continue
        a = np.asarray(column.left, float)[pairs[:, 0]]
        b = np.asarray(column.right, float)[pairs[:, 1]]
        scale = 30.0 if column.kind == "date" else 0.1 * np.maximum(np.abs(a), np.abs(b)) + 1e-9
        total += np.nan_to_num(np.clip(1 - np.abs(b - a) / scale, 0, 1), nan=0.3)
        weight += 1
    return total / max(weight, 1.0)


def _numeric(column: Column, pairs: Pairs) -> Features:
    a = np.asarray(column.left, float)[pairs[:, 0]]
    b = np.asarray(column.right, float)[pairs[:, 1]]
    gap = b - a
    if column.kind == "date":
        return np.column_stack([gap, np.abs(gap), gap == 0]).astype(np.float32)
    largest = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-9)
    columns = [
        gap / largest,
        np.abs(gap) / largest,
        np.abs(gap) < 1e-9,
        np.abs(gap),
        np.log(largest),
    ]
    return np.column_stack(columns).astype(np.float32)


def _text(left: list[str], right: list[str], pairs: Pairs, *, rich: bool) -> Features:
    a = [left[i] for i in pairs[:, 0]]
    b = [right[j] for j in pairs[:, 1]]
    empty = np.fromiter((not x or not y for x, y in zip(a, b, strict=True)), bool, len(a))
    alike = cosine(left_right_matrices(left, right), pairs)
    scorers = [fuzz.ratio, fuzz.token_sort_ratio, fuzz.token_set_ratio, fuzz.partial_ratio]
    parts = [alike, *(process.cpdist(a, b, scorer=s, dtype=np.float32) / 100 for s in scorers)]
    parts.append(process.cpdist(a, b, scorer=JaroWinkler.similarity, dtype=np.float32))
    table = np.column_stack(parts).astype(np.float32)
    words = _WordWeights([*left, *right])
    table = np.hstack([table, words.compare(a, b)])
    if rich:
        ca, cb = core(a), core(b)
        more = [process.cpdist(ca, cb, scorer=s, dtype=np.float32) / 100 for s in scorers]
        more.append(np.fromiter((m == n for m, n in zip(ca, cb, strict=True)), np.float32, len(a)))
        table = np.hstack([table, np.column_stack(more).astype(np.float32)])
    table[empty] = np.nan
    return table


def _texts(values: Sequence[str] | NDArray[np.float64]) -> list[str]:
    return [str(value) for value in values]


def left_right_matrices(left: list[str], right: list[str]) -> tuple[Any, Any]:
    """TF-IDF matrices; of empty columns a matrix of nothing."""
    if not any(left) or not any(right):
        left, right = [text or "-" for text in left], [text or "-" for text in right]
    return text_matrices(left, right)


class _WordWeights:
    """Words by their rarity: shared rare words speak for a pair, unshared ones against it."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = Counter(word for text in texts for word in set(text.split()))
        total = max(len(texts), 1)
        self._weight = {word: math.log(1 + total / n) for word, n in counts.items()}

    def compare(self, a: Sequence[str], b: Sequence[str]) -> Features:
        """Weighted overlap, heaviest unshared words, digits, first words, forms, lengths."""
        rows = [self._row(x, y) for x, y in zip(a, b, strict=True)]
        return np.array(rows, np.float32).reshape(len(rows), 12)

    def _row(self, a: str, b: str) -> tuple[float, ...]:
        left, right = a.split(), b.split()
        own, other = set(left), set(right)
        shared = own & other
        soft = self._soft(own - shared, other - shared)
        weight = self._weight
        common = sum(weight[w] for w in shared)
        only_left = [weight[w] * (1 - soft.get(w, 0.0)) for w in own - shared]
        only_right = [weight[w] * (1 - soft.get(w, 0.0)) for w in other - shared]
        union = common + sum(only_left) + sum(only_right) or 1.0
        digits_a, digits_b = set(_DIGITS.findall(a)), set(_DIGITS.findall(b))
        both = digits_a | digits_b
        return (
            common / union,
            1 - max(0.0, sum(only_left)) / (common + sum(only_left) + 1e-9),
            1 - max(0.0, sum(only_right)) / (common + sum(only_right) + 1e-9),
            max(only_left, default=0.0),
            max(only_right, default=0.0),
            max((weight[w] for w in shared), default=0.0),
            len(digits_a & digits_b) / len(both) if both else -1.0,
            float(bool(left and right) and left[0] == right[0]),
            float(bool(left and right) and left[-1] == right[-1]),
            float(len((own & _FORMS) ^ (other & _FORMS))),
            min(len(a), len(b)) / max(len(a), len(b), 1),
            _acronym(left, right),
        )

    @staticmethod
    def _soft(own: set[str], other: set[str]) -> dict[str, float]:
        """Unshared words that resemble one of the other side: typing errors, cut words."""
        found: dict[str, float] = {}
        if len(own) * len(other) > 64:
            return found
        for word in own:
            for rival in other:
                score = _word_likeness(word, rival)
                if score > found.get(word, 0.0):
                    found[word] = score
                if score > found.get(rival, 0.0):
                    found[rival] = score
        return found


@lru_cache(maxsize=500_000)
def _word_likeness(a: str, b: str) -> float:
    """1 for near-equal words, less for cut words; nothing below three quarters."""
    if min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a)):
        return 0.85
    if len(a) == 1 or len(b) == 1:
        return 0.5 if a[0] == b[0] else 0.0
    score = fuzz.ratio(a, b) / 100
    return score if score >= 0.75 else 0.0


def _acronym(left: Sequence[str], right: Sequence[str]) -> float:
    """Whether one side's word is the initials of the other's words."""
    for words, others in ((left, right), (right, left)):
        initials = "".join(word[0] for word in words)
        if len(words) >= 3 and any(len(w) >= 3 and w in initials for w in others):
            return 1.0
    return 0.0
