"""Fit the model of till receipts.

Whatever is learnt on top of something learnt sees it as it is on a paper that was not learnt from:
wordings by fold of suppliers, the directory by folds drawn at random (most receipts are of sellers
met before, some are not), the first step's scores by fold of suppliers. The same folds tell how
often a choice of a certain probability is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from contor.documents.forest import Forest
from contor.documents.receipt_addresses import (
    ADDRESS_EXTRAS,
    SPAN_EXTRAS,
    address_extras,
    address_spellings,
)
from contor.documents.receipt_memory import HeadMemory, remember
from contor.documents.receipt_model import LINE_CLASSES, ReceiptModel, Steps
from contor.documents.receipt_names import NAME_EXTRAS, name_extras, spellings
from contor.documents.receipt_reader import address_line_rows, printed_name_rows, total_rows
from contor.documents.seller_directory import SellerDirectory
from contor.documents.text_scores import TextScores
from contor_training.documents.folds import folds_of
from contor_training.documents.forest_fit import fit_forest, fit_small_forest
from contor_training.documents.prepared import Prepared
from contor_training.documents.receipt_papers import (
    ReceiptPaper,
    marked_lines,
    marked_totals,
    receipt_papers,
)
from contor_training.documents.text_fit import fit_scores

_FEWEST = 30
_TEXT_FOLDS = 3
_MEMORY_FOLDS = 8
_SUREST = 0.995
_RISING_NAME = frozenset(
    {"alike", "confirmed", "vote_share", "votes", "score", "usual", "line_name", "key_confirmed"}
)
_RISING_ADDRESS = frozenset(
    {"span_score", "alike", "confirmed", "vote_share", "votes", "same_figures", "most_confirmed"}
)
Floats = NDArray[np.float32]
Labels = NDArray[np.int8]
Marked = Callable[[ReceiptPaper], Mapping[str, tuple[bool, ...]]]


def fit_receipts(prepared: Sequence[Prepared]) -> ReceiptModel | None:
    """The model of the till receipts among documents, None where there are too few."""
    papers = receipt_papers(prepared)
    if len(papers) < _FEWEST:
        return None
    folds = folds_of([paper.group for paper in papers], _TEXT_FOLDS)
    memories = _memories(papers)
    lines, lines_out = _texts(papers, folds, marked_lines, LINE_CLASSES)
    totals, totals_out = _texts(papers, folds, marked_totals, ("total",))
    heads: dict[str, Forest] = {}
    sureness: dict[str, Steps] = {}
    _fit_names(papers, folds, memories, lines_out, heads, sureness)
    _fit_addresses(papers, folds, memories, lines_out, heads, sureness)
    rows = [
        total_rows(paper.document, paper.scored, paper.amounts, texts)
        for paper, texts in zip(papers, totals_out, strict=True)
    ]
    labels = [paper.total_labels for paper in papers]
    heads["total"] = _first_step(rows, labels)
    sureness["total"] = _sureness(_out_of_fold(rows, labels, folds, _first_step), labels)
    directory = SellerDirectory(tuple(paper.head for paper in papers))
    return ReceiptModel(heads, lines, totals, directory, sureness)


def _fit_names(
    papers: Sequence[ReceiptPaper],
    folds: Sequence[int],
    memories: Sequence[HeadMemory],
    texts: Sequence[TextScores],
    heads: dict[str, Forest],
    sureness: dict[str, Steps],
) -> None:
    rows = [
        printed_name_rows(paper.document, paper.names, paper.scored.finder, scores, memory)
        for paper, scores, memory in zip(papers, texts, memories, strict=True)
    ]
    labels = [paper.name_labels for paper in papers]
    heads["printed_name"] = _first_step(rows, labels)
    scores = _out_of_fold(rows, labels, folds, _first_step)
    spelled = [spellings(p.names, memory) for p, memory in zip(papers, memories, strict=True)]
    second = [
        name_extras(paper.document, paper.names, score, chosen, memory)
        for paper, score, chosen, memory in zip(papers, scores, spelled, memories, strict=True)
    ]
    right = [
        np.array([one.text == paper.name for one in chosen], dtype=np.int8)
        for paper, chosen in zip(papers, spelled, strict=True)
    ]

    def fit(rows: Sequence[Floats], labels: Sequence[Labels]) -> Forest:
        return fit_small_forest(rows, labels, [name in _RISING_NAME for name in NAME_EXTRAS])

    heads["name"] = fit(second, right)
    sureness["name"] = _sureness(_out_of_fold(second, right, folds, fit), right)


def _fit_addresses(
    papers: Sequence[ReceiptPaper],
    folds: Sequence[int],
    memories: Sequence[HeadMemory],
    texts: Sequence[TextScores],
    heads: dict[str, Forest],
    sureness: dict[str, Steps],
) -> None:
    rows = [
        address_line_rows(paper.document, paper.spans, scores, memory)
        for paper, scores, memory in zip(papers, texts, memories, strict=True)
    ]
    labels = [paper.span_labels for paper in papers]
    heads["address_lines"] = _first_step(rows, labels)
    scores = _out_of_fold(rows, labels, folds, _first_step)
    spelled = [
        address_spellings(paper.spans, score, memory)
        for paper, score, memory in zip(papers, scores, memories, strict=True)
    ]
    second = [
        address_extras(paper.spans, score, chosen, memory, row[:, -len(SPAN_EXTRAS) :])
        for paper, score, chosen, memory, row in zip(
            papers, scores, spelled, memories, rows, strict=True
        )
    ]
    right = [
        np.array([one.text == paper.address for one in chosen], dtype=np.int8)
        for paper, chosen in zip(papers, spelled, strict=True)
    ]

    def fit(rows: Sequence[Floats], labels: Sequence[Labels]) -> Forest:
        return fit_small_forest(rows, labels, [name in _RISING_ADDRESS for name in ADDRESS_EXTRAS])

    heads["address"] = fit(second, right)
    sureness["address"] = _sureness(_out_of_fold(second, right, folds, fit), right)


def _memories(papers: Sequence[ReceiptPaper]) -> list[HeadMemory]:
    """What each paper recalls from the papers of the other folds."""
    drawn = np.random.RandomState(1).permutation(len(papers)) % _MEMORY_FOLDS
    directories = [
        SellerDirectory(tuple(p.head for p, f in zip(papers, drawn, strict=True) if f != fold))
        for fold in range(_MEMORY_FOLDS)
    ]
    return [
        remember(paper.document, directories[fold])
        for paper, fold in zip(papers, drawn, strict=True)
    ]


def _texts(
    papers: Sequence[ReceiptPaper], folds: Sequence[int], marked: Marked, classes: tuple[str, ...]
) -> tuple[TextScores, list[TextScores]]:
    """Scores of texts, and for each paper those that do not know its supplier."""
    marks = [marked(paper) for paper in papers]

    def fit(chosen: Sequence[Mapping[str, tuple[bool, ...]]]) -> TextScores:
        texts = [text for one in chosen for text in one]
        return fit_scores(texts, [label for one in chosen for label in one.values()], classes)

    by_fold = {
        fold: fit([m for m, f in zip(marks, folds, strict=True) if f != fold])
        for fold in sorted(set(folds))
    }
    return fit(marks), [by_fold[fold] for fold in folds]


def _first_step(rows: Sequence[Floats], labels: Sequence[Labels]) -> Forest:
    """A forest over papers on which the right candidate was found."""
    used = [(row, label) for row, label in zip(rows, labels, strict=True) if label.any()]
    return fit_forest([row for row, _ in used], [label for _, label in used])


def _out_of_fold(
    rows: Sequence[Floats],
    labels: Sequence[Labels],
    folds: Sequence[int],
    fit: Callable[[Sequence[Floats], Sequence[Labels]], Forest],
) -> list[Floats]:
    """Probabilities of each paper's rows by a forest that was not grown on its fold."""
    found: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(rows)
    for fold in sorted(set(folds)):
        known = [i for i, f in enumerate(folds) if f != fold]
        forest = fit([rows[i] for i in known], [labels[i] for i in known])
        for i, f in enumerate(folds):
            if f == fold:
                found[i] = forest.probability(rows[i])
    return found


def _sureness(scores: Sequence[Floats], labels: Sequence[Labels]) -> Steps:
    """Steps of (probability, share right) of the best candidates, rising; never quite certain."""
    tops = [
        (float(s.max()), int(right[int(np.argmax(s))]))
        for s, right in zip(scores, labels, strict=True)
        if len(s)
    ]
    x = np.array([top for top, _ in tops])
    y = np.array([right for _, right in tops], dtype=float)
    shares = IsotonicRegression(y_min=0.0, y_max=1.0).fit(x, y).predict(x)
    steps: list[tuple[float, float]] = []
    for share in np.unique(shares):
        inside = x[shares == share]
        # Few papers prove little: one miss more than was seen is always allowed for.
        careful = (share * len(inside)) / (len(inside) + 1)
        steps.append((round(float(np.median(inside)), 6), round(min(_SUREST, careful), 6)))
    rising = np.maximum.accumulate([y for _, y in steps])
    return tuple((x, float(y)) for (x, _), y in zip(steps, rising, strict=True))
