"""Record linkage: which records of two tables (or of one) mean the same thing.

Candidates share character n-grams or lie near in numbers and dates; pairs are compared column by
column; a model learned from labels, or without them from the clear pairs, scores each; one to one
the best score takes its pair first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from contor.errors import Refusal
from contor.parties.linkage_candidates import Pairs, candidate_pairs
from contor.parties.linkage_columns import Record, columns_of
from contor.parties.linkage_features import Features, pair_features, start_score
from contor.parties.linkage_model import Scores, agreed, learn, learn_alone, relative

_AGREED = 0.55  # the score of a pair that similarity and learning agree on
Link = tuple[str, str, float]


def link_records(
    left: Sequence[Record],
    right: Sequence[Record] | None = None,
    on: Sequence[str] | None = None,
    labels: Mapping[tuple[str, str], int] | None = None,
    *,
    one_to_one: bool = True,
    threshold: float = 0.5,
) -> list[Link]:
    """(left id, right id, score) of the pairs found, best first.

    Args:
        left: records with ``id``.
        right: the other table; None links ``left`` with itself.
        on: columns to compare; all shared ones if None.
        labels: known pairs (left id, right id) -> 1 or 0 to learn from; they keep their label.
        one_to_one: each record at most once.
        threshold: the least score of a link.
    """
    same = right is None
    others = left if right is None else right
    if not left or not others:
        return []
    columns = columns_of(left, others, on)
    if not columns:
        raise Refusal(
            "columns_missing",
            "The tables share no filled column to compare.",
            "Give both tables columns of the same names, or name them with --on.",
        )
    top = 40 if len(left) <= 20_000 else 15
    known = _positions(left, others, labels or {})
    pairs = candidate_pairs(columns, top, same=same)
    if known:
        pairs = np.unique(np.concatenate([pairs, np.array(sorted(known), np.int64)]), axis=0)
    if not len(pairs):
        return []
    features = pair_features(columns, pairs)
    if known:
        score = _taught(features, pairs, known)
    else:
        start = start_score(columns, pairs)
        score = learn_alone(features, pairs, start)
        if one_to_one and not same:
            both = agreed(pairs, start, score)
            score = np.where(
                both, np.maximum(relative(pairs, score), _AGREED), relative(pairs, score)
            )
    if known and one_to_one and not same and not any(label == 0 for label in known.values()):
        score = relative(pairs, score)
    ranked = _ranked(pairs, score, threshold)
    chosen = _one_to_one(ranked, same=same) if one_to_one else ranked
    return [(left[i]["id"], others[j]["id"], s) for i, j, s in chosen]


def _positions(
    left: Sequence[Record], right: Sequence[Record], labels: Mapping[tuple[str, str], int]
) -> dict[tuple[int, int], int]:
    at_left = {record["id"]: i for i, record in enumerate(left)}
    at_right = {record["id"]: i for i, record in enumerate(right)}
    return {
        (at_left[a], at_right[b]): label
        for (a, b), label in labels.items()
        if a in at_left and b in at_right
    }


def _taught(features: Features, pairs: Pairs, known: dict[tuple[int, int], int]) -> Scores:
    """Learn from the labelled pairs; without a 0 among them the rivals of the 1s are the 0s."""
    label = np.array([known.get((int(i), int(j)), -1) for i, j in pairs])
    if not (label == 0).any():
        rows = set(pairs[label == 1, 0].tolist())
        rivals = np.isin(pairs[:, 0], sorted(rows)) & (label != 1)
        label[rivals] = 0
        given = np.array([(int(i), int(j)) in known for i, j in pairs])
    else:
        given = label >= 0
    taught = label >= 0
    score = learn(features[taught], label[taught], features)
    return np.where(given & (label == 1), 1.0, np.where(given & (label == 0), 0.0, score))


def _ranked(pairs: Pairs, score: Scores, threshold: float) -> list[tuple[int, int, float]]:
    kept = np.flatnonzero(score >= threshold)
    order = kept[np.lexsort((pairs[kept, 1], pairs[kept, 0], -score[kept]))]
    return [(int(pairs[k, 0]), int(pairs[k, 1]), float(score[k])) for k in order]


def _one_to_one(
    ranked: Iterable[tuple[int, int, float]], *, same: bool
) -> list[tuple[int, int, float]]:
    """The best score takes its two records; of one table with itself each record goes once."""
    lefts: set[int] = set()
    rights = lefts if same else set()
    chosen = []
    for i, j, score in ranked:
        if i not in lefts and j not in rights:
            lefts.add(i)
            rights.add(j)
            chosen.append((i, j, score))
    return chosen
