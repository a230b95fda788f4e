"""Distil a sentence encoder into the static encoder: ridge regression from word parts to vectors.

The teacher's vectors are turned onto their principal axes; the student learns the foremost ones.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from contor.account_assignment.static_encoder import parts_of

BUCKETS = 1 << 14
DIMENSIONS = 96
_PENALTY = 1.5
_STEPS = 40


def distil(
    texts: Sequence[str],
    vectors: NDArray[np.floating],
    *,
    buckets: int = BUCKETS,
    dimensions: int = DIMENSIONS,
    penalty: float = _PENALTY,
) -> NDArray[np.float16]:
    """The student's table (buckets, dimensions) from texts and the teacher's vectors."""
    parts = parts_of(texts, buckets)
    taught = np.asarray(vectors, np.float32)
    _, _, axes = np.linalg.svd(taught, full_matrices=False)
    goal = taught @ axes[:dimensions].T
    return _ridge(parts, goal, penalty).astype(np.float16)


def _ridge(
    parts: sparse.csr_matrix, goal: NDArray[np.float32], penalty: float
) -> NDArray[np.float32]:
    """Conjugate gradients on the normal equations, all columns at once."""
    turned = parts.T.tocsr()
    table = np.zeros((parts.shape[1], goal.shape[1]), np.float32)
    rest = np.asarray(turned @ goal, np.float32)
    step = rest.copy()
    power = np.square(rest).sum(axis=0)
    for _ in range(_STEPS):
        seen = np.asarray(turned @ np.asarray(parts @ step), np.float32) + penalty * step
        length = power / np.maximum((step * seen).sum(axis=0), 1e-12)
        table += length * step
        rest -= length * seen
        fresh = np.square(rest).sum(axis=0)
        step = rest + (fresh / np.maximum(power, 1e-12)) * step
        power = fresh
    return table
