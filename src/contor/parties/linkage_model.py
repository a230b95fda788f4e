"""The judge of pairs: learned from labels, or from the pairs that no one can doubt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from contor.parties.linkage_candidates import Pairs
from contor.parties.linkage_features import Features

Scores = NDArray[np.float64]
_SEEDS = (7, 17, 27)
_MISSING = 0.05


def learn(
    features: Features,
    labels: NDArray[np.int64],
    wanted: Features,
    seeds: tuple[int, ...] = _SEEDS,
) -> Scores:
    """Scores of ``wanted`` by boosted trees and a logistic model fitted to the labelled pairs."""
    if len(set(labels.tolist())) < 2:
        return plain_score(wanted)
    linear = make_pipeline(
        SimpleImputer(
            strategy="constant", fill_value=0.0, add_indicator=True, keep_empty_features=True
        ),
        StandardScaler(),
        LogisticRegression(C=0.3, max_iter=2000),
    )
    linear.fit(features, labels)
    flat = linear.predict_proba(wanted)[:, 1]
    if len(labels) < 60:
        return np.asarray(flat, float)
    trees = np.zeros(len(wanted))
    for seed in seeds:
        model = HistGradientBoostingClassifier(
            max_iter=min(400, 40 + len(labels) // 12),
            learning_rate=0.06,
            max_leaf_nodes=15 if len(labels) > 1500 else 7,
            min_samples_leaf=max(5, min(20, len(labels) // 60)),
            l2_regularization=1.0,
            max_features=0.4,
            random_state=seed,
        )
        model.fit(features, labels)
        trees += model.predict_proba(wanted)[:, 1]
    return np.asarray(0.8 * trees / len(seeds) + 0.2 * flat, float)


def plain_score(features: Features) -> Scores:
    """Mean of the similarities between 0 and 1: the start where nothing has been learned."""
    usable = np.nan_to_num(features, nan=0.5)
    bounded = usable[:, (usable.min(axis=0) >= 0) & (usable.max(axis=0) <= 1.0001)]
    return bounded.mean(axis=1).astype(float) if bounded.size else np.zeros(len(features))


def learn_alone(features: Features, pairs: Pairs, start: Scores, *, rounds: int = 1) -> Scores:
    """Scores without labels: pairs that are each other's best by far teach the rest.

    The clear pairs are positive examples, their losing rivals negative ones; each round judges
    anew by what the last one learned.
    """
    score = start
    for _ in range(rounds):
        best_left, second_left = _two_best(pairs[:, 0], score)
        best_right, second_right = _two_best(pairs[:, 1], score)
        mutual = (score >= best_left) & (score >= best_right)
        margin = score - np.maximum(second_left, second_right)
        if mutual.sum() < 20:
            return score
        clear = mutual & (margin >= np.quantile(margin[mutual], 0.35))
        clear &= score >= np.quantile(score[mutual], 0.15)
        left = np.isin(pairs[:, 0], pairs[clear, 0])
        right = np.isin(pairs[:, 1], pairs[clear, 1])
        losing = (left | right) & ~clear
        chosen = np.flatnonzero(clear | losing)
        if len(chosen) > 60_000:
            chosen = np.random.default_rng(7).choice(chosen, 60_000, replace=False)
        score = learn(features[chosen], clear[chosen].astype(np.int64), features, _SEEDS[:1])
    return score


def relative(pairs: Pairs, score: Scores) -> Scores:
    """Scores where each record has one partner at most: each pair against its rivals on both sides.

    The odds of a pair are weighed against those of all pairs of its two records and a small
    chance that the partner is missing.
    """
    odds = np.clip(score, 1e-6, 1 - 1e-6)
    odds = odds / (1 - odds)
    left = np.bincount(pairs[:, 0], odds)[pairs[:, 0]]
    right = np.bincount(pairs[:, 1], odds)[pairs[:, 1]]
    return np.asarray(odds / (_MISSING + np.maximum(left, right)), float)


def agreed(pairs: Pairs, start: Scores, score: Scores) -> NDArray[np.bool_]:
    """Pairs that are each other's best before and after learning, as alike as the sure ones."""
    mutual = np.ones(len(pairs), bool)
    for view in (start, score):
        for side in (0, 1):
            mutual &= view >= _two_best(pairs[:, side], view)[0]
    sure = start[score > 0.9]
    floor = float(np.quantile(sure, 0.05)) if len(sure) else 1.0
    return np.asarray(mutual & (start >= floor), bool)


def _two_best(groups: NDArray[np.int64], score: Scores) -> tuple[Scores, Scores]:
    """Per pair, the best and the second best score of its group."""
    order = np.lexsort((-score, groups))
    ordered = groups[order]
    first = np.r_[True, ordered[1:] != ordered[:-1]]
    starts = np.flatnonzero(first)
    sizes = np.diff(np.r_[starts, len(order)])
    best = score[order[starts]]
    second = np.where(sizes > 1, score[order[np.minimum(starts + 1, len(order) - 1)]], -1.0)
    out_best, out_second = np.empty(len(score)), np.empty(len(score))
    out_best[order] = np.repeat(best, sizes)
    out_second[order] = np.repeat(second, sizes)
    return out_best, out_second
