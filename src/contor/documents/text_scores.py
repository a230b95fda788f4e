"""How much a piece of text reads like a name or an address: character n-grams, a linear model.

Weinberger et al., Feature hashing for large scale multitask learning, ICML 2009.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from contor.documents.labels import fold

BITS = 15
_MASK = (1 << BITS) - 1
_LONGEST = 90


def hashes_of(text: str) -> list[int]:
    """Hashed n-grams of a text: characters by three and five, and whole words; digits are alike.

    >>> hashes_of("Berlin 10115") == hashes_of("BERLIN 20225")
    True
    """
    folded = "".join("0" if c.isdigit() else c for c in fold(text)[:_LONGEST])
    padded = f"^{folded}$".encode()
    found = {crc32(padded[i : i + 3]) & _MASK for i in range(len(padded) - 2)}
    found |= {crc32(padded[i : i + 5]) & _MASK for i in range(len(padded) - 4)}
    found |= {crc32(b"w" + word.encode()) & _MASK for word in folded.split()}
    return sorted(found)


@dataclass(frozen=True, slots=True)
class TextScores:
    """Weights per hashed n-gram and class; ``names`` are the classes."""

    names: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Probability of each class for each text, shape (texts, classes)."""
        raw = np.zeros((len(texts), len(self.names)), dtype=np.float64)
        for row, text in enumerate(texts):
            found = hashes_of(text)
            raw[row] = self.weights[:, found].sum(axis=1) / max(1.0, len(found)) ** 0.5 + self.bias
        return (1.0 / (1.0 + np.exp(-np.clip(raw, -30, 30)))).astype(np.float32)
