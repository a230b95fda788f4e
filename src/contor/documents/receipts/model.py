"""What is learnt of till receipts: forests, wordings, the directory of sellers, and how sure it is.

Names and addresses are chosen in two steps: a forest over what is printed, then a small one over
spellings with what the directory recalls; totals in one. How often a choice of a certain
probability was right on papers not learnt from is the confidence given.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contor.documents.address_spans import span_feature_names
from contor.documents.forest import Forest
from contor.documents.name_features import name_feature_names
from contor.documents.receipts.addresses import ADDRESS_EXTRAS, SPAN_EXTRAS
from contor.documents.receipts.directory import ConfirmedHead, Mark, Role, SellerDirectory
from contor.documents.receipts.edge_lines import EDGE_EXTRAS
from contor.documents.receipts.names import LINE_EXTRAS, NAME_EXTRAS
from contor.documents.receipts.rivals import RIVAL_EXTRAS
from contor.documents.receipts.totals import TOTAL_EXTRAS
from contor.documents.text_scores import TextScores
from contor.documents.value_features import feature_names

Arrays = dict[str, NDArray[np.generic]]
Steps = tuple[tuple[float, float], ...]
RECEIPT_HEADS = ("printed_name", "name", "address_lines", "address", "total")
LINE_CLASSES = ("seller", "address", "address_first", "address_last")
_NODES = ("feature", "threshold", "left", "right", "value", "roots")
_ROLES: tuple[Role, ...] = ("", "name", "address")


@dataclass(frozen=True, slots=True)
class ReceiptModel:
    """Forests by head, scores of lines and of total lines, the directory, steps of sureness.

    ``sureness`` maps a head to (probability, share that was right) in rising order.
    """

    heads: Mapping[str, Forest]
    lines: TextScores
    totals: TextScores
    directory: SellerDirectory
    sureness: Mapping[str, Steps]

    def confidence(self, head: str, probability: float) -> float:
        """How sure a choice of that probability is."""
        steps = self.sureness.get(head, ())
        if not steps:
            return min(0.9, probability)
        return float(np.interp(probability, [x for x, _ in steps], [y for _, y in steps]))

    def with_heads(self, heads: Iterable[ConfirmedHead]) -> ReceiptModel:
        """The model with more confirmed papers in its directory; what was learnt stays."""
        return replace(self, directory=SellerDirectory((*self.directory.heads, *heads)))

    def to_arrays(self) -> Arrays:
        """Arrays without code, the same for the same model."""
        arrays: Arrays = {}
        for head, forest in sorted(self.heads.items()):
            arrays.update({f"{head}.{name}": getattr(forest, name) for name in _NODES})
        for name, texts in (("lines", self.lines), ("totals", self.totals)):
            arrays[f"{name}.weights"] = texts.weights.astype(np.float16)
            arrays[f"{name}.bias"] = texts.bias
        heads = self.directory.heads
        texts_of = sorted(
            {head.name for head in heads}
            | {head.address for head in heads}
            | {mark.written for head in heads for mark in head.marks}
        )
        number = {text: index for index, text in enumerate(texts_of)}
        marks = [mark for head in heads for mark in head.marks]
        arrays["head_texts"] = np.array(
            [(number[h.name], number[h.address], len(h.marks)) for h in heads], dtype=np.int32
        ).reshape(len(heads), 3)
        arrays["mark_keys"] = np.array([mark.key for mark in marks], dtype=np.uint32)
        arrays["mark_parts"] = np.array(
            [(_ROLES.index(mark.role), number[mark.written]) for mark in marks], dtype=np.int32
        ).reshape(len(marks), 2)
        about = {
            "depths": {head: forest.depth for head, forest in self.heads.items()},
            "features": receipt_features(),
            "sureness": {head: list(map(list, steps)) for head, steps in self.sureness.items()},
            "texts": texts_of,
        }
        arrays["about"] = np.frombuffer(json.dumps(about, sort_keys=True).encode(), np.uint8)
        return arrays

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> ReceiptModel | None:
        """The model again; None where it was fitted for other features."""
        about = json.loads(arrays["about"].tobytes())
        if about["features"] != receipt_features():
            return None
        heads = {head: _forest(arrays, head, depth) for head, depth in about["depths"].items()}
        return cls(
            heads,
            _texts(arrays, "lines", LINE_CLASSES),
            _texts(arrays, "totals", ("total",)),
            _directory(arrays, about["texts"]),
            {head: tuple((x, y) for x, y in steps) for head, steps in about["sureness"].items()},
        )


def receipt_features() -> list[str]:
    """All feature names in order: a model fits exactly one such list."""
    return [
        *name_feature_names(LINE_CLASSES), *LINE_EXTRAS, *NAME_EXTRAS,
        *span_feature_names(LINE_CLASSES), *SPAN_EXTRAS, *ADDRESS_EXTRAS,
        *feature_names(), *TOTAL_EXTRAS, *RIVAL_EXTRAS, *EDGE_EXTRAS,
    ]  # fmt: skip


def _forest(arrays: Mapping[str, NDArray[Any]], head: str, depth: int) -> Forest:
    feature, threshold, left, right, value, roots = (arrays[f"{head}.{name}"] for name in _NODES)
    return Forest(feature, threshold, left, right, value, roots, depth)


def _texts(arrays: Mapping[str, NDArray[Any]], name: str, classes: tuple[str, ...]) -> TextScores:
    return TextScores(classes, arrays[f"{name}.weights"].astype(np.float32), arrays[f"{name}.bias"])


def _directory(arrays: Mapping[str, NDArray[Any]], texts: list[str]) -> SellerDirectory:
    keys, parts = arrays["mark_keys"].tolist(), arrays["mark_parts"].tolist()
    heads, start = [], 0
    for name, address, count in arrays["head_texts"].tolist():
        marks = tuple(
            Mark(key, _ROLES[role], texts[written])
            for key, (role, written) in zip(
                keys[start : start + count], parts[start : start + count], strict=True
            )
        )
        heads.append(ConfirmedHead(texts[name], texts[address], marks))
        start += count
    return SellerDirectory(tuple(heads))
