"""A static text encoder: the vector of a text is the sum of the vectors of its words' parts.

Distilled from a sentence encoder for German, English and Italian bookkeeping text; no network at
run time, only a table look-up (bag of character n-grams: Bojanowski et al. 2017).

>>> table = np.eye(16, 4, dtype=np.float16)
>>> StaticEncoder(table).encode(["Serverraum", ""]).shape
(2, 4)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from contor.account_assignment.wording import fold, stamp

Floats = NDArray[np.float32]


class StaticEncoder:
    """``table`` holds one vector a bucket (buckets, dimensions); buckets are a power of two."""

    def __init__(self, table: NDArray[np.floating]) -> None:
        self.table = np.asarray(table, np.float32)

    @property
    def dimensions(self) -> int:
        """Length of the vectors."""
        return int(self.table.shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors (texts, dimensions); a text without words is the zero vector."""
        vectors = np.asarray(parts_of(texts, len(self.table)) @ self.table, np.float32)
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)


def parts_of(texts: Sequence[str], buckets: int) -> sparse.csr_matrix:
    """Hashed words and their groups of three to five letters (texts, buckets), rows of length 1."""
    indices: list[int] = []
    data: list[float] = []
    starts = [0]
    for text in texts:
        found: dict[int, float] = {}
        for word in fold(text[:2000]).split()[:64]:
            framed = f"<{word}>"
            found[stamp(framed) % buckets] = 2.0
            for size in (3, 4, 5):
                for begin in range(len(framed) - size + 1):
                    found.setdefault(stamp(framed[begin : begin + size]) % buckets, 1.0)
        length = sum(value * value for value in found.values()) ** 0.5
        indices += sorted(found)
        data += [found[bucket] / length for bucket in sorted(found)]
        starts.append(len(indices))
    return sparse.csr_matrix(
        (np.array(data, np.float32), np.array(indices, np.int64), starts), (len(texts), buckets)
    )
