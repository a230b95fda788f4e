"""Fit the model of till receipts.

Whatever is learnt on top of something learnt sees it as it is on a paper that was not learnt from:
wordings by fold of suppliers, the directory by folds drawn at random (most receipts are of sellers
met before, some are not), the first step's scores by fold of suppliers. The same folds tell how
often a choice of a certain probability is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from contor.documents.forest import Forest
from contor.documents.receipts.addresses import (
    ADDRESS_EXTRAS,
    SPAN_EXTRAS,
    address_spellings,
    span_extras,
)
from contor.documents.receipts.directory import SellerDirectory
from contor.documents.receipts.edge_lines import EDGE_EXTRAS
from contor.documents.receipts.model import LINE_CLASSES, ReceiptModel, Steps
from contor.documents.receipts.names import (
    LINE_EXTRAS,
    NAME_EXTRAS,
    ChosenName,
    line_extras,
    name_extras,
    spellings,
)
from contor.documents.receipts.reader import (
    address_line_rows,
    address_rows,
    printed_name_rows,
    total_rows,
)
from contor.documents.receipts.recall import HeadMemory, remember
from contor.documents.receipts.rivals import RIVAL_EXTRAS
from contor.documents.receipts.till_paper import is_till_paper
from contor.documents.text_scores import TextScores
from contor_training.documents.folds import folds_of
from contor_training.documents.forest_fit import Growth, fit_choice, fit_forest
from contor_training.documents.prepared import Prepared
from contor_training.documents.receipt_papers import (
    ReceiptPaper,
    marked_lines,
    marked_totals,
    receipt_papers,
)
from contor_training.documents.text_fit import fit_scores
from contor_training.documents.worn_papers import worn_papers

_FEWEST = 30
_TEXT_FOLDS = 3
_MEMORY_FOLDS = (8, 3, 2)
_SUREST = 0.995
_RUNS = Growth(leaves=12, depth=5, fewest=15, features=0.25, damping=5.0, rate=0.06, rounds=120)
_SPELLED = Growth(leaves=12, depth=5, fewest=15, features=0.5, damping=5.0, rate=0.05, rounds=120)
_RISING_NAME = frozenset(
    {"alike", "confirmed", "vote_share", "votes", "score", "usual", "line_name", "key_confirmed"}
)
_RISING_ADDRESS = frozenset(
    {"span_score", "alike", "confirmed", "vote_share", "votes", "same_figures", "most_confirmed"}
)
Floats = NDArray[np.float32]
Labels = NDArray[np.int8]
_Step = tuple[Floats, Labels]
Marked = Callable[[ReceiptPaper], Mapping[str, tuple[bool, ...]]]


def fit_receipts(prepared: Sequence[Prepared]) -> ReceiptModel | None:
    """The model of the till receipts among documents, None where there are too few."""
    receipts = [p for p in prepared if is_till_paper(p.document)]
    if len(receipts) < _FEWEST:
        return None
    genuine = receipt_papers(receipts)
    worn = worn_papers(receipts)
    copies = receipt_papers([copy for _, copy in worn])
    papers = [*genuine, *(replace(copy, worn=True) for copy in copies)]
    origins = [*range(len(genuine)), *(place for place, _ in worn)]
    folds = folds_of([paper.group for paper in papers], _TEXT_FOLDS)
    memories = [_memories(papers, origins, count) for count in _MEMORY_FOLDS]
    lines, lines_out = _texts(papers, folds, marked_lines, LINE_CLASSES)
    totals, totals_out = _texts(papers, folds, marked_totals, ("total",))
    heads: dict[str, Forest] = {}
    sureness: dict[str, Steps] = {}
    # A name that is printed so is mostly meant so: names do not learn from worn copies.
    own = [run[: len(genuine)] for run in memories]
    named = _fit_names(genuine, folds[: len(genuine)], own, lines_out, heads, sureness)
    named = [named[origin] for origin in origins]
    _fit_addresses(papers, folds, memories, lines_out, named, heads, sureness)
    rows = [
        total_rows(paper.document, paper.scored, paper.amounts, texts)
        for paper, texts in zip(genuine, totals_out, strict=False)
    ]
    labels = [paper.total_labels for paper in genuine]
    heads["total"] = _usual(rows, labels)
    own_folds = folds[: len(genuine)]
    found = _out_of_fold([rows], [labels], own_folds, _usual, Forest.probability)[0]
    sureness["total"] = _sureness(genuine, found, labels)
    directory = SellerDirectory(tuple(paper.head for paper in genuine))
    return ReceiptModel(heads, lines, totals, directory, sureness)


def _fit_names(
    papers: Sequence[ReceiptPaper],
    folds: Sequence[int],
    memories: Sequence[Sequence[HeadMemory]],
    texts: Sequence[TextScores],
    heads: dict[str, Forest],
    sureness: dict[str, Steps],
) -> list[ChosenName]:
    """Each paper's name, as chosen by forests that do not know the paper."""
    first = [
        printed_name_rows(paper.document, paper.names, paper.scored.finder, scores, memory)
        for paper, scores, memory in zip(papers, texts, memories[0], strict=False)
    ]

    def remembering(paper: ReceiptPaper, row: Floats, memory: HeadMemory) -> Floats:
        extras = line_extras(paper.document, paper.names, memory)
        return np.hstack([row[:, : -len(LINE_EXTRAS)], extras])

    def second(paper: ReceiptPaper, score: Floats, row: Floats, memory: HeadMemory) -> _Step:
        chosen = spellings(paper.names, memory)
        extras = name_extras(paper.names, score, chosen, memory, row[:, -len(LINE_EXTRAS) :])
        return extras, np.array([one.text == paper.name for one in chosen], dtype=np.int8)

    def fit(rows: Sequence[Floats], labels: Sequence[Labels]) -> Forest:
        rising = [name in _RISING_NAME for name in NAME_EXTRAS]
        return fit_choice(rows, labels, _SPELLED, rising)

    labels = [paper.name_labels for paper in papers]
    steps = _Steps(("printed_name", "name"), _usual, Forest.probability, remembering, second, fit)
    chosen = _fit_steps(papers, folds, memories, first, labels, steps, heads, sureness)
    found = []
    for paper, memory, scores in zip(papers, memories[0], chosen, strict=True):
        written = spellings(paper.names, memory)
        best = written[int(np.argmax(scores))] if written else None
        printed = paper.names[best.printed] if best else None
        found.append(
            ChosenName(best.text, printed.line + printed.rows)
            if best and printed
            else ChosenName("", 0)
        )
    return found


def _fit_addresses(
    papers: Sequence[ReceiptPaper],
    folds: Sequence[int],
    memories: Sequence[Sequence[HeadMemory]],
    texts: Sequence[TextScores],
    named: Sequence[ChosenName],
    heads: dict[str, Forest],
    sureness: dict[str, Steps],
) -> None:
    first = [
        address_line_rows(paper.document, paper.spans, scores, memory)
        for paper, scores, memory in zip(papers, texts, memories[0], strict=True)
    ]

    name_of = {id(paper): name for paper, name in zip(papers, named, strict=True)}

    def remembering(paper: ReceiptPaper, row: Floats, memory: HeadMemory) -> Floats:
        extras = span_extras(paper.document, paper.spans, memory)
        return np.hstack([row[:, : -len(SPAN_EXTRAS)], extras])

    def second(paper: ReceiptPaper, score: Floats, row: Floats, memory: HeadMemory) -> _Step:
        chosen = address_spellings(paper.spans, score, memory)
        name = name_of[id(paper)]
        extras = address_rows(paper.document, name, paper.spans, row, score, chosen, memory)
        return extras, np.array([one.text == paper.address for one in chosen], dtype=np.int8)

    def fit(rows: Sequence[Floats], labels: Sequence[Labels]) -> Forest:
        rising = [
            name in _RISING_ADDRESS for name in (*ADDRESS_EXTRAS, *RIVAL_EXTRAS, *EDGE_EXTRAS)
        ]
        return fit_choice(rows, labels, _SPELLED, rising)

    labels = [paper.span_labels for paper in papers]
    steps = _Steps(("address_lines", "address"), _runs, Forest.shares, remembering, second, fit)
    _fit_steps(papers, folds, memories, first, labels, steps, heads, sureness)


@dataclass(frozen=True, slots=True)
class _Steps:
    """Two steps of a choice: their heads, how each is fitted and what makes its rows.

    ``asked`` is what the first step tells the second.
    """

    heads: tuple[str, str]
    first: Callable[[Sequence[Floats], Sequence[Labels]], Forest]
    asked: Callable[[Forest, Floats], Floats]
    remembering: Callable[[ReceiptPaper, Floats, HeadMemory], Floats]
    second: Callable[[ReceiptPaper, Floats, Floats, HeadMemory], _Step]
    fit: Callable[[Sequence[Floats], Sequence[Labels]], Forest]


def _fit_steps(
    papers: Sequence[ReceiptPaper],
    folds: Sequence[int],
    memories: Sequence[Sequence[HeadMemory]],
    first: Sequence[Floats],
    labels: Sequence[Labels],
    steps: _Steps,
    heads: dict[str, Forest],
    sureness: dict[str, Steps],
) -> list[Floats]:
    """The first step sees the longest memory; the second learns with shorter ones, too."""
    heads[steps.heads[0]] = steps.first(first, labels)
    runs = [
        [steps.remembering(p, row, m) for p, row, m in zip(papers, first, run, strict=True)]
        for run in memories
    ]
    scores = _out_of_fold(runs, [labels], folds, steps.first, steps.asked)
    made = [
        [
            steps.second(paper, score, row, memory)
            for paper, score, row, memory in zip(papers, found, rows, run, strict=True)
        ]
        for found, rows, run in zip(scores, runs, memories, strict=True)
    ]
    rows = [[row for row, _ in run] for run in made]
    right = [[label for _, label in run] for run in made]
    heads[steps.heads[1]] = steps.fit(list(chain(*rows)), list(chain(*right)))
    chosen = _out_of_fold(rows, right, folds, steps.fit, Forest.shares)
    sureness[steps.heads[1]] = _sureness(papers, chosen[0], right[0])
    return chosen[0]


def _memories(
    papers: Sequence[ReceiptPaper], origins: Sequence[int], count: int
) -> list[HeadMemory]:
    """What each paper recalls from the genuine papers of the other folds.

    Few folds make it forgetful; a worn copy never recalls its own original.
    """
    genuine = papers[: len(set(origins))]
    drawn = np.random.RandomState(count).permutation(len(genuine)) % count
    directories = [
        SellerDirectory(tuple(p.head for p, f in zip(genuine, drawn, strict=True) if f != fold))
        for fold in range(count)
    ]
    return [
        remember(paper.document, directories[drawn[origin]])
        for paper, origin in zip(papers, origins, strict=True)
    ]


def _texts(
    papers: Sequence[ReceiptPaper], folds: Sequence[int], marked: Marked, classes: tuple[str, ...]
) -> tuple[TextScores, list[TextScores]]:
    """Scores of texts, and for each paper those that do not know its supplier."""
    marks = [{} if paper.worn else marked(paper) for paper in papers]

    def fit(chosen: Sequence[Mapping[str, tuple[bool, ...]]]) -> TextScores:
        # A text counts once, however often its supplier was met.
        seen: dict[str, tuple[bool, ...]] = {}
        for one in chosen:
            for text, label in one.items():
                old = seen.get(text, label)
                seen[text] = tuple(a or b for a, b in zip(old, label, strict=True))
        return fit_scores(list(seen), list(seen.values()), classes)

    by_fold = {
        fold: fit([m for m, f in zip(marks, folds, strict=True) if f != fold])
        for fold in sorted(set(folds))
    }
    return fit(marks), [by_fold[fold] for fold in folds]


def _runs(rows: Sequence[Floats], labels: Sequence[Labels]) -> Forest:
    return fit_choice(rows, labels, _RUNS)


def _usual(rows: Sequence[Floats], labels: Sequence[Labels]) -> Forest:
    """A forest over papers on which the right candidate was found."""
    used = [(row, label) for row, label in zip(rows, labels, strict=True) if label.any()]
    return fit_forest([row for row, _ in used], [label for _, label in used])


def _out_of_fold(
    runs: Sequence[Sequence[Floats]],
    labels: Sequence[Sequence[Labels]],
    folds: Sequence[int],
    fit: Callable[[Sequence[Floats], Sequence[Labels]], Forest],
    asked: Callable[[Forest, Floats], Floats],
) -> list[list[Floats]]:
    """What forests not grown on its fold say of the rows of each paper in each run.

    They are grown on as many runs as there are labels for.
    """
    found = [[np.zeros(0, dtype=np.float32)] * len(folds) for _ in runs]
    for fold in sorted(set(folds)):
        known = [i for i, f in enumerate(folds) if f != fold]
        rows = [run[i] for run, _ in zip(runs, labels, strict=False) for i in known]
        forest = fit(rows, [right[i] for right in labels for i in known])
        for place, run in enumerate(runs):
            for i, f in enumerate(folds):
                if f == fold:
                    found[place][i] = asked(forest, run[i])
    return found


def _sureness(
    papers: Sequence[ReceiptPaper], scores: Sequence[Floats], labels: Sequence[Labels]
) -> Steps:
    """Steps of (probability, share right) of the best candidates, rising; never quite certain."""
    tops = [
        (float(s.max()), int(right[int(np.argmax(s))]))
        for paper, s, right in zip(papers, scores, labels, strict=True)
        if len(s) and not paper.worn
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
