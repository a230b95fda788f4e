"""How much a piece of text reads like a name or an address: character n-grams, a linear model.

Weinberger et al., Feature hashing for large scale multitask learning, ICML 2009.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from contor.documents.labels import fold

BITS = 15
_MASK = (1 << BITS) - 1
_LONGEST = 90
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=4096)
def hashes_of(text: str) -> tuple[int, ...]:
    """Hashed n-grams of a text: characters by three and five, and whole words; digits are alike.

    >>> hashes_of("Berlin 10115") == hashes_of("BERLIN 20225")
    True
    """
    folded = _DIGIT.sub("0", fold(text)[:_LONGEST])
    padded = f"^{folded}$".encode()
    found = {crc32(padded[i : i + 3]) & _MASK for i in range(len(padded) - 2)}
    found |= {crc32(padded[i : i + 5]) & _MASK for i in range(len(padded) - 4)}
    found |= {crc32(b"w" + word.encode()) & _MASK for word in folded.split()}
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class TextScores:
    """Weights per hashed n-gram and class; ``names`` are the classes."""

    names: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Probability of each class for each text, shape (texts, classes)."""
        raw = np.tile(self.bias.astype(np.float64), (len(texts), 1))
        found = [hashes_of(text) for text in texts]
        filled = [row for row, hashes in enumerate(found) if hashes]
        if filled:
            lengths = np.array([len(found[row]) for row in filled])
            starts = np.concatenate(([0], np.cumsum(lengths[:-1])))
            weights = self.weights.take(list(chain.from_iterable(found)), axis=1)
            raw[filled] += (np.add.reduceat(weights, starts, axis=1) / np.sqrt(lengths)).T
        return (1.0 / (1.0 + np.exp(-np.clip(raw, -30, 30)))).astype(np.float32)
