"""A boosted forest stored as arrays, evaluated without the library that grew it.

Trees are numbered nodes: an inner node asks ``feature <= threshold`` (unknown values count as 0),
a leaf points to itself. All rows walk all trees at once, level by level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Forest:
    """Nodes of all trees in one table; ``roots`` are their first nodes, ``depth`` the deepest."""

    feature: Ints
    threshold: NDArray[np.float64]
    left: Ints
    right: Ints
    value: Floats
    roots: Ints
    depth: int

    def probability(self, rows: Floats) -> Floats:
        """Probability per row (binary log loss).

        >>> stump = Forest(np.array([0, 0, 0]), np.array([0.5, 0, 0]), np.array([1, 1, 2]),
        ...     np.array([2, 1, 2]), np.array([0, -2, 2], dtype=np.float32), np.array([0]), 1)
        >>> stump.probability(np.array([[0.1], [0.9]], dtype=np.float32)).round(2).tolist()
        [0.11999999731779099, 0.8799999952316284]
        """
        found: Floats = (1.0 / (1.0 + np.exp(-self._raw(rows)))).astype(np.float32)
        return found

    def shares(self, rows: Floats) -> Floats:
        """Share of each row where exactly one of all rows is right (softmax); they sum up to 1.

        >>> stump = Forest(np.array([0, 0, 0]), np.array([0.5, 0, 0]), np.array([1, 1, 2]),
        ...     np.array([2, 1, 2]), np.array([0, 0, 2], dtype=np.float32), np.array([0]), 1)
        >>> stump.shares(np.array([[0.1], [0.9], [0.2]], dtype=np.float32)).round(2).tolist()
        [0.10999999940395355, 0.7900000214576721, 0.10999999940395355]
        """
        raw = self._raw(rows)
        odds = np.exp(raw - raw.max(initial=-np.inf))
        found: Floats = (odds / odds.sum()).astype(np.float32)
        return found

    def _raw(self, rows: Floats) -> NDArray[np.float64]:
        if not len(rows):
            return np.zeros(0)
        # Indexes of the machine's own width are not converted at every step.
        feature = self.feature.astype(np.intp)
        children = np.stack((self.right, self.left), axis=1).astype(np.intp).ravel()
        nodes = np.tile(self.roots.astype(np.intp), (len(rows), 1))
        flat = np.ascontiguousarray(rows, dtype=np.float32).ravel()
        offset = (np.arange(len(rows), dtype=np.intp) * rows.shape[1])[:, None]
        for _ in range(self.depth):
            asked = flat.take(offset + feature.take(nodes))
            goes_left = asked <= self.threshold.take(nodes)
            nodes = children.take(2 * nodes + goes_left)
        summed: NDArray[np.float64] = self.value[nodes].sum(axis=1, dtype=np.float64)
        return summed
