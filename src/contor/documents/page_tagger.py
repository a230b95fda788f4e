"""The trained tagger: how likely each candidate of a document is each field.

It holds forests over features of values, names and address lines, a linear model over text, and the
spelling of suppliers that people have confirmed. It is given by whoever loads it from the shelf.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contor.documents.address_spans import span_feature_names
from contor.documents.dates.periods import period_feature_names
from contor.documents.forest import Forest
from contor.documents.name_features import name_feature_names
from contor.documents.receipts.model import ReceiptModel
from contor.documents.suppliers.memory import SupplierMemory
from contor.documents.text_scores import TextScores
from contor.documents.value_features import feature_names
from contor.errors import Refusal

_RECEIPTS = "receipts."
_ARRAYS = ("feature", "threshold", "left", "right", "value", "roots")


@dataclass(frozen=True, slots=True)
class Tagger:
    """Forests by head, text scores, memory.

    A head is a field; ``seller_address`` is over runs of lines, ``billed_period`` over pairs of dates.
    ``receipts`` is the model of till receipts, None in an artefact from before there was one.
    """

    heads: Mapping[str, Forest]
    texts: TextScores
    memory: SupplierMemory
    receipts: ReceiptModel | None = None

    def probability(self, head: str, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probability of each row for a head."""
        return self.heads[head].probability(rows)

    def to_bytes(self) -> bytes:
        """The artefact: arrays without code (npz), the same bytes for the same tagger."""
        arrays: dict[str, NDArray[np.generic]] = {
            "text_weights": self.texts.weights.astype(np.float16),
            "text_bias": self.texts.bias,
        }
        for head, forest in sorted(self.heads.items()):
            for name in _ARRAYS:
                arrays[f"{head}.{name}"] = _small(getattr(forest, name))
        about = {
            "classes": self.texts.names,
            "depths": {head: forest.depth for head, forest in self.heads.items()},
            "features": feature_hash(self.texts.names),
            "memory": self.memory.addresses,
        }
        if self.receipts is not None:
            arrays |= {_RECEIPTS + name: a for name, a in self.receipts.to_arrays().items()}
        arrays["about"] = np.frombuffer(json.dumps(about, sort_keys=True).encode(), np.uint8)
        stream = io.BytesIO()
        np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
        return stream.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> Tagger:
        """The tagger again.

        Raises:
            Refusal: ``model_mismatch`` where the features of this version are not the model's.
        """
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            about = json.loads(arrays["about"].tobytes())
            names = tuple(about["classes"])
            if about["features"] != feature_hash(names):
                raise Refusal(
                    "model_mismatch",
                    "The document model was fitted for other features than this version computes.",
                    "Fit it again: python -m contor_training.documents.fit",
                )
            heads = {head: _forest(arrays, head, depth) for head, depth in about["depths"].items()}
            texts = TextScores(
                names, arrays["text_weights"].astype(np.float32), arrays["text_bias"]
            )
            receipts = _receipts(arrays)
        return cls(heads, texts, SupplierMemory(tuple(about["memory"])), receipts)


def _receipts(arrays: Mapping[str, NDArray[Any]]) -> ReceiptModel | None:
    """The model of receipts; an older artefact has none."""
    parts = {n.removeprefix(_RECEIPTS): n for n in arrays if n.startswith(_RECEIPTS)}
    if not parts:
        return None
    return ReceiptModel.from_arrays({name: arrays[whole] for name, whole in parts.items()})


def feature_hash(classes: tuple[str, ...]) -> str:
    """Hash of all feature names in order: a model fits exactly one such list."""
    names = (
        *feature_names(), *name_feature_names(classes), *span_feature_names(classes),
        *period_feature_names(),
    )  # fmt: skip
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def _small(array: NDArray[np.generic]) -> NDArray[np.generic]:
    return array.astype(np.int32) if array.dtype.kind == "i" else array


def _forest(arrays: Mapping[str, NDArray[Any]], head: str, depth: int) -> Forest:
    feature, threshold, left, right, value, roots = (arrays[f"{head}.{name}"] for name in _ARRAYS)
    return Forest(feature, threshold, left, right, value, roots, depth)
