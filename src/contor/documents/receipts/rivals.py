"""A spelling laid beside the others that a paper recalls.

A printed address that was never met, next to a recalled one that differs in a letter, is most likely
a misreading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from contor.documents.suppliers.memory import squeeze

RIVAL_EXTRAS = ("rival_alike", "rival_met", "rival_share")


def rival_extras(
    texts: Sequence[str], recalled: Mapping[str, float], met: Callable[[str], int]
) -> NDArray[np.float32]:
    """One row per text: how like its nearest recalled rival is, how often that was met, its votes.

    ``recalled`` are votes by spelling; ``met`` says how often a spelling was confirmed.
    """
    total = sum(recalled.values()) or 1.0
    known = [(text, squeeze(text)) for text in recalled if text]
    rows = []
    for text in texts:
        key = squeeze(text)
        others = [(fuzz.ratio(key, letters), other) for other, letters in known if other != text]
        alike, nearest = max(others, key=lambda one: one[0], default=(0.0, ""))
        if alike:
            rows.append([alike / 100, float(np.log1p(met(nearest))), recalled[nearest] / total])
        else:
            rows.append([0.0, 0.0, 0.0])
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(RIVAL_EXTRAS))
