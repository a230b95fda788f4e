"""Grow a boosted forest (LightGBM) and store it as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from contor.documents.forest import Forest

Floats = NDArray[np.float32]


_SEEDS = (1, 2, 3)
_LEAST_CURVATURE = 1e-3
_GROWTH: dict[str, Any] = {
    "objective": "binary", "bagging_fraction": 0.8, "bagging_freq": 1, "max_bin": 127, "seed": 1,
    "verbose": -1, "num_threads": 1, "deterministic": True, "force_row_wise": True,
}  # fmt: skip


def fit_head(parts: Iterable[tuple[Floats, NDArray[np.int8]]]) -> Forest:
    """A forest over the rows of all documents; documents without a positive row are left out."""
    used = [(rows, labels) for rows, labels in parts if labels.any()]
    rows = np.concatenate([rows for rows, _ in used])
    labels = np.concatenate([labels for _, labels in used])
    settings = {
        "num_leaves": 20, "learning_rate": 0.1, "min_data_in_leaf": 12, "feature_fraction": 0.35,
        "lambda_l2": 3.0, "max_depth": 6,
    }  # fmt: skip
    return _grown(rows, labels, settings, 120)


def fit_forest(rows: Sequence[Floats], labels: Sequence[NDArray[np.int8]]) -> Forest:
    """A forest of middle size over the rows of some hundred papers."""
    settings = {
        "num_leaves": 15, "learning_rate": 0.08, "min_data_in_leaf": 10, "feature_fraction": 0.35,
        "lambda_l2": 3.0, "max_depth": 6,
    }  # fmt: skip
    return _grown(np.concatenate(rows), np.concatenate(labels), settings, 120)


@dataclass(frozen=True, slots=True)
class Growth:
    """How a forest of choices grows: leaves and depth of a tree, fewest rows in a leaf, and so on."""

    leaves: int
    depth: int
    fewest: int
    features: float
    damping: float
    rate: float
    rounds: int


def fit_choice(
    rows: Sequence[Floats],
    labels: Sequence[NDArray[np.int8]],
    growth: Growth,
    rising: Sequence[bool] = (),
) -> Forest:
    """A forest whose shares say which row of a paper is right; papers without a right row teach nothing.

    The rows of a paper compete: loss is the cross-entropy of their softmax (ListNet, Cao et al.,
    Learning to Rank: From Pairwise Approach to Listwise Approach, ICML 2007). Mean of some seeds.
    """
    used = [(part, right) for part, right in zip(rows, labels, strict=True) if right.any()]
    data = np.concatenate([part for part, _ in used])
    target = np.concatenate([right / right.sum() for _, right in used])
    settings = {
        "objective": _softmax_loss([len(part) for part, _ in used], target),
        "num_leaves": growth.leaves, "max_depth": growth.depth,
        "min_data_in_leaf": growth.fewest, "feature_fraction": growth.features,
        "lambda_l2": growth.damping, "learning_rate": growth.rate,
        "bagging_fraction": 1.0, "bagging_freq": 0,
    }  # fmt: skip
    if rising:
        settings["monotone_constraints"] = [int(one) for one in rising]
    seeds = [{**settings, "seed": seed} for seed in _SEEDS]
    return mean_of([_grown(data, target, one, growth.rounds) for one in seeds])


def _softmax_loss(
    sizes: Sequence[int], target: NDArray[np.float64]
) -> Callable[[NDArray[Any], lightgbm.Dataset], tuple[NDArray[Any], NDArray[Any]]]:
    """Gradient and curvature of the cross-entropy over groups of so many rows."""
    counts = np.array(sizes)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])

    def loss(raw: NDArray[Any], _: lightgbm.Dataset) -> tuple[NDArray[Any], NDArray[Any]]:
        odds = np.exp(raw - np.repeat(np.maximum.reduceat(raw, starts), counts))
        shares = odds / np.repeat(np.add.reduceat(odds, starts), counts)
        return shares - target, np.maximum(shares * (1.0 - shares), _LEAST_CURVATURE)

    return loss


def mean_of(forests: Sequence[Forest]) -> Forest:
    """One forest whose score is the mean of those of several."""
    starts = np.cumsum([0, *(len(forest.feature) for forest in forests)])[:-1].astype(np.int32)
    pairs = list(zip(forests, starts, strict=True))
    return Forest(
        np.concatenate([forest.feature for forest in forests]),
        np.concatenate([forest.threshold for forest in forests]),
        np.concatenate([forest.left + start for forest, start in pairs]),
        np.concatenate([forest.right + start for forest, start in pairs]),
        (np.concatenate([forest.value for forest in forests]) / len(forests)).astype(np.float32),
        np.concatenate([forest.roots + start for forest, start in pairs]),
        max(forest.depth for forest in forests),
    )


def _grown(
    rows: Floats, labels: NDArray[np.int8], settings: Mapping[str, Any], rounds: int
) -> Forest:
    model = lightgbm.train(
        {**_GROWTH, **settings}, lightgbm.Dataset(rows, labels), num_boost_round=rounds
    )
    return forest_of(model.dump_model())


def forest_of(dump: Mapping[str, Any]) -> Forest:
    """LightGBM's trees as arrays."""
    nodes: list[list[float]] = []
    roots = []
    deepest = 0

    def add(tree: Mapping[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        index = len(nodes)
        if "leaf_value" in tree:
            nodes.append([0, 0.0, index, index, float(tree["leaf_value"])])
            return index
        nodes.append([0, 0.0, index, index, 0.0])
        left = add(tree["left_child"], depth + 1)
        right = add(tree["right_child"], depth + 1)
        nodes[index] = [tree["split_feature"], tree["threshold"], left, right, 0.0]
        return index

    for tree in dump["tree_info"]:
        roots.append(add(tree["tree_structure"], 0))  # noqa: PERF401  # grows the table, too
    table = np.array(nodes, dtype=np.float64)
    return Forest(
        table[:, 0].astype(np.int32), table[:, 1], table[:, 2].astype(np.int32),
        table[:, 3].astype(np.int32), table[:, 4].astype(np.float32),
        np.array(roots, dtype=np.int32), deepest,
    )  # fmt: skip
