"""Lessons: what a ranker learns from coded lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.evidence import Rows
from contor.account_assignment.keys import Ints
from contor.account_assignment.ranker import Ranker, weigh
from contor.account_assignment.walk import Batch


def taught(ranker: Ranker, batches: Sequence[Batch], codes: Ints) -> Ranker:
    """The ranker, taught the lines whose right code was among their candidates.

    ``codes`` are those of the whole history.
    """
    parts = [_lesson(batch, codes[batch.positions]) for batch in batches]
    counts = [len(batch.positions) for batch in batches]
    offset = np.cumsum([0, *counts])[:-1]
    line = np.concatenate([at.line + base for (at, _), base in zip(parts, offset, strict=True)])
    right = np.concatenate([truth for _, truth in parts])
    if not right.any():
        return ranker
    prior = np.concatenate([at.prior for at, _ in parts])
    weight = weigh(line, prior, right)
    counted = weight > 0
    cuts = np.cumsum([len(truth) for _, truth in parts])[:-1]
    features = [
        at.features[keep] for (at, _), keep in zip(parts, np.split(counted, cuts), strict=True)
    ]
    code = np.concatenate([at.code for at, _ in parts])
    rows = Rows(line[counted], code[counted], np.concatenate(features), prior[counted])
    return ranker.fit(rows, right[counted], weight[counted])


def _lesson(batch: Batch, codes: Ints) -> tuple[Rows, NDArray[np.bool_]]:
    """The rows of lines that have their right code among their candidates, and which are right."""
    rows = batch.rows
    right = rows.code == codes[rows.line]
    answered = np.zeros(len(codes), bool)
    answered[rows.line[right]] = True
    kept = answered[rows.line]
    return rows.where(kept), right[kept]
