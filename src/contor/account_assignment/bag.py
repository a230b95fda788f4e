"""The bag of a line: hashed words, pairs of words, pieces of words, and what it shares with others.

Names and texts repeat themselves; each pair of them is taken apart once.
"""

from __future__ import annotations

import itertools
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from contor.account_assignment.keys import Ints, mix
from contor.account_assignment.lines import Lines
from contor.account_assignment.wording import stamp, words

BITS = 24
_CONTEXTS = (0, 3, 5, 13, 15, 16, 19, 20)
"""Kinds of keys that stand in the bag beside the words."""
_CONTEXT = 0.6


def bag_of(lines: Lines, keys: NDArray[np.int64]) -> sparse.csr_matrix:
    """Hashed features of each line: a CSR matrix with 2**24 columns, rows of about unit length."""
    names = lines.facts.get("supplier") or ("",) * len(lines)
    texts = lines.facts.get("description") or ("",) * len(lines)
    number: dict[tuple[str, str], int] = {}
    pair = [number.setdefault(both, len(number)) for both in zip(names, texts, strict=True)]
    parts = [_parts(name, text) for name, text in number]
    lengths = np.fromiter((len(part) for part in parts), np.int64, len(parts))
    of_line = np.array(pair, np.int64)
    spoken = lengths[of_line] if pair else of_line
    extra = mix(keys[:, _CONTEXTS], np.arange(1, len(_CONTEXTS) + 1)[None, :])
    known = extra != 0
    beside = known.sum(axis=1)
    start = np.r_[0, np.cumsum(spoken + beside)]
    indices = np.empty(start[-1], np.int64)
    data = np.empty(start[-1], np.float32)
    if parts:
        where = _places(start[:-1], spoken)
        source = _places((np.cumsum(lengths) - lengths)[of_line], spoken)
        indices[where] = np.concatenate(parts)[source]
        data[where] = np.repeat(_evenly(1.0, spoken), spoken)
    where = _places(start[:-1] + spoken, beside)
    indices[where] = extra[known]
    data[where] = np.repeat(_evenly(_CONTEXT, beside), beside)
    return sparse.csr_matrix((data, indices & ((1 << BITS) - 1), start), (len(lines), 1 << BITS))


def _places(start: Ints, count: Ints) -> Ints:
    """``start``, ``start + 1``, ... up to ``count`` of them, one line after the other."""
    before = np.cumsum(count) - count
    return np.asarray(np.repeat(start - before, count) + np.arange(int(count.sum())))


def _evenly(whole: float, count: Ints) -> NDArray[np.float64]:
    return np.asarray(whole / np.sqrt(np.maximum(count, 1)))


@lru_cache(maxsize=1 << 14)
def _parts(name: str, text: str) -> Ints:
    """Numbers of the words, word pairs and word pieces of a name and a text; not to be changed."""
    found: set[str] = set()
    for mark, spoken in (("n", words(name)[:12]), ("t", words(text)[:40])):
        found.update([mark + word for word in spoken])
        found.update([f"{mark}{a} {b}" for a, b in itertools.pairwise(spoken)])
        for word in spoken:
            framed = f" {word} "
            found.update([framed[i : i + 4] for i in range(len(framed) - 3)])
    return np.fromiter(map(stamp, sorted(found)), np.int64, len(found))
