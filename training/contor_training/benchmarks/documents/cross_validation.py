"""Taggers that do not know the documents they are measured on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from contor.documents.page_tagger import Tagger
from contor_training.documents.folds import folds_of
from contor_training.documents.gold import Example
from contor_training.documents.prepared import prepare
from contor_training.documents.receipt_fit import fit_receipts
from contor_training.documents.tagger_fit import fit_tagger


def taggers_for(
    examples: Sequence[Example], folds: int, *, grouped: bool, others: Sequence[Example] = ()
) -> dict[str, Tagger]:
    """For each example (by name) the tagger fitted without its fold.

    ``grouped`` keeps documents of one layout or supplier in one fold; else folds are drawn at
    random (seed 0), as the official split of SROIE was. ``others`` are always learnt from.
    """
    if grouped:
        fold_of = folds_of([example.group for example in examples], folds)
    else:
        drawn = np.random.RandomState(0).permutation(len(examples)) % folds
        fold_of = [int(fold) for fold in drawn]
    prepared = [prepare(example) for example in examples]
    always = [prepare(example) for example in others]
    # Receipts among the others are the same for every fold: their model is fitted once.
    receipts = fit_receipts(always)
    found: dict[str, Tagger] = {}
    for fold in sorted(set(fold_of)):
        known = [p for p, f in zip(prepared, fold_of, strict=True) if f != fold]
        tagger = fit_tagger([*known, *always], receipts)
        for example, f in zip(examples, fold_of, strict=True):
            if f == fold:
                found[example.name] = tagger
    return found
