"""The sense of the trade: which kinds of purchase a supplier's wording speaks of.

A linear model (softmax regression) over hashed words and letter groups, learnt from how suppliers
of hosting companies word their invoices. It knows concepts of the trade lexicon, not accounts, so
it serves any chart of accounts.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.static_encoder import parts_of

Floats = NDArray[np.float32]

_SHARPNESS = 1.4
"""The scores are those of one-against-all models; sharpened so that they add up sensibly."""


@dataclass(frozen=True, slots=True)
class TradeSense:
    """``weights`` (concepts, buckets), ``bias`` (concepts,); ``concepts`` are their names.

    >>> sense = TradeSense(("postage", "network"), np.eye(2, 16, dtype=np.float32), np.zeros(2))
    >>> sense.of(["Porto"]).shape
    (1, 2)
    """

    concepts: tuple[str, ...]
    weights: Floats
    bias: Floats

    def of(self, texts: Sequence[str]) -> Floats:
        """Probabilities (texts, concepts); rows sum to one."""
        scores = parts_of(texts, self.weights.shape[1]) @ self.weights.T + self.bias
        scores = _SHARPNESS * (scores - scores.max(axis=1, keepdims=True))
        odds = np.exp(scores)
        return np.asarray(odds / odds.sum(axis=1, keepdims=True), np.float32)

    def to_bytes(self) -> bytes:
        """A ``.npz`` with the weights as whole numbers of eight bits, a scale a concept."""
        scale = np.maximum(np.abs(self.weights).max(axis=1), 1e-9) / 127.0
        whole = np.round(self.weights / scale[:, None]).astype(np.int8)
        stream = io.BytesIO()
        np.savez_compressed(
            stream,
            concepts=np.array(self.concepts),
            weights=whole,
            scale=scale.astype(np.float32),
            bias=self.bias.astype(np.float32),
        )
        return stream.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> TradeSense:
        """The model again."""
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            weights = kept["weights"].astype(np.float32) * kept["scale"][:, None]
            return cls(tuple(kept["concepts"].tolist()), weights, kept["bias"])
