"""Folds that keep a group of documents (one layout, one supplier) on one side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.model_selection import GroupKFold


def folds_of(groups: Sequence[str], count: int) -> list[int]:
    """Fold of each example, a group never on both sides."""
    names = sorted(set(groups))
    number = {name: index for index, name in enumerate(names)}
    splitter = GroupKFold(n_splits=min(count, len(names)))
    found = [0] * len(groups)
    for fold, (_, held) in enumerate(
        splitter.split(np.zeros(len(groups)), groups=[number[g] for g in groups])
    ):
        for index in held:
            found[index] = fold
    return found
