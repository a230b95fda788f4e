"""Rows of the shelf's gold that a tenant's model rehearses, so that it forgets nothing.

The gold itself stays where it is; what travels with the model are the features of the right
candidates and of the wrong ones that came closest, for each head. Robins, Catastrophic forgetting,
rehearsal and pseudorehearsal, Connection Science 1995.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Labels = NDArray[np.int8]
Rows = tuple[Floats, Labels]
_WRONG = 5
"""Wrong candidates kept a document: the most likely ones."""
_WIDEST = float(np.finfo(np.float16).max)
_EVERY = 2
"""Of the documents with a right candidate, every second is kept."""


def hardest(parts: Iterable[Rows], probability: Mapping[int, Floats]) -> Rows:
    """The right rows and the likeliest wrong ones; ``probability`` by position of the document."""
    kept = []
    for index, (rows, labels) in enumerate(parts):
        if index % _EVERY or not labels.any():
            continue
        wrong = np.flatnonzero(labels == 0)
        near = wrong[np.argsort(-probability[index][wrong], kind="stable")[:_WRONG]]
        chosen = np.sort(np.concatenate([np.flatnonzero(labels), near]))
        kept.append((rows[chosen], labels[chosen]))
    if not kept:
        return np.zeros((0, 0), np.float32), np.zeros(0, np.int8)
    return np.concatenate([rows for rows, _ in kept]), np.concatenate([lab for _, lab in kept])


def rehearsal_to_bytes(heads: Mapping[str, Rows]) -> bytes:
    """Rows by head as arrays without code (npz).

    >>> kept = {"gross_total": (np.ones((2, 3), np.float32), np.array([0, 1], np.int8))}
    >>> rehearsal_from_bytes(rehearsal_to_bytes(kept))["gross_total"][1].tolist()
    [0, 1]
    """
    arrays: dict[str, NDArray[np.generic]] = {}
    for head, (rows, labels) in sorted(heads.items()):
        arrays[f"{head}.rows"] = np.clip(rows, -_WIDEST, _WIDEST).astype(np.float16)
        arrays[f"{head}.labels"] = labels
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


def rehearsal_from_bytes(content: bytes) -> dict[str, Rows]:
    """The rows again."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        heads = [name.removesuffix(".rows") for name in arrays.files if name.endswith(".rows")]
        return {
            head: (arrays[f"{head}.rows"].astype(np.float32), arrays[f"{head}.labels"])
            for head in heads
        }
