"""Neighbours: what lines that arrive together say of one another, before any of them is coded.

Bookkeepers work in batches: documents of neighbouring numbers were entered by one person for one
unit, the lines of a supplier's day are one decision, and so are those of one document. What a line's
neighbours are likely to be coded to speaks for its own candidates (collective classification; Sen et
al. 2008, doi:10.1609/aimag.v29i3.2157). The line itself has one vote among its neighbours', so that a
line on its own is neither lifted nor lowered.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.accord import OTHER, Accord
from contor.account_assignment.choice import Choices
from contor.account_assignment.evidence import Rows
from contor.account_assignment.keys import Ints, mix
from contor.account_assignment.lines import Lines
from contor.account_assignment.wording import document_shape

Floats = NDArray[np.float32]

_ALIKE = (18, 0, 17, 16, 3)
"""Kinds of keys that make neighbours: same document; same supplier; numbers that share all but two,
all but four digits; same supplier and size."""
_RANGE = 15
_REACH = (1, 4, 12)
"""Documents to either side in the order of their numbers."""
_FADE = 0.7
_DIGITS = 15


def rows_again(
    target: str,
    keys: Ints,
    lines: Lines,
    cuts: Ints,
    accord: Accord | None,
    found: Mapping[str, Choices],
    alone: NDArray[np.bool_] | None = None,
) -> Rows:
    """Rows of the candidates that ``found`` has of a target, with what came with them.

    ``alone`` says which lines are looked at as if they had come singly.
    """
    choices = found[target]
    signs = [neighbour_signs(keys, lines, choices, alone)]
    shape = choices.codes.shape
    if accord is not None:
        others = found[OTHER[target]]
        signs.append(accord.held(keys[:, 0], cuts, choices.codes, others.codes[:, 0]))
        signs.append(_each(others.odds[:, :1], shape))
    signs += [choices.odds[:, :, None], _each(np.arange(shape[1])[None, :], shape)]
    line, rank = np.nonzero(choices.codes >= 0)
    features = np.concatenate(signs, axis=2)[line, rank]
    return Rows(line, choices.codes[line, rank], features, choices.odds[line, rank])


def _each(column: NDArray[np.generic], shape: tuple[int, ...]) -> Floats:
    return np.broadcast_to(column, shape)[:, :, None].astype(np.float32)


def numbers(lines: Lines) -> tuple[Ints, NDArray[np.bool_]]:
    """The document number of each line (its invoice number where it has none) and which it is."""
    documents = lines.facts.get("doc_no") or ("",) * len(lines)
    invoices = lines.facts.get("invoice_no") or ("",) * len(lines)
    own = np.array([bool(cell) for cell in documents], bool)
    cells = zip(documents, invoices, strict=True)
    found = (document_shape(one or other)[2][-_DIGITS:] or "0" for one, other in cells)
    return np.fromiter(map(int, found), np.int64, len(lines)), own


def neighbour_signs(
    keys: Ints, lines: Lines, choices: Choices, alone: NDArray[np.bool_] | None = None
) -> Floats:
    """Columns for each candidate of each line: (lines, candidates, columns).

    For each way of being neighbours, how much more of their odds falls on the candidate than of the
    line's own, and how many they are: nothing is said where nobody ever has such neighbours. Days stay
    apart: their codes are decided apart.
    """
    day = lines.day + 1 if alone is None else np.where(alone, 0, lines.day + 1)
    columns: list[Floats] = []
    for kind in _ALIKE:
        columns += _votes(mix(keys[:, kind], day), choices)
    number, own = numbers(lines)
    group = mix(np.where(own, keys[:, _RANGE], keys[:, 0]), day)
    columns += _beside(np.where(number > 0, group, 0), number, choices)
    return np.stack(columns, axis=2)


def _votes(group: Ints, choices: Choices) -> list[Floats]:
    """What a group's lines hold of each candidate beside the line's own odds, and how many they are."""
    odds = choices.odds.astype(np.float64)
    share = odds.copy()
    number = np.unique(group, return_inverse=True)[1]
    size = np.where(group != 0, np.bincount(number)[number], 1)
    some = np.flatnonzero(size > 1)
    if len(some):
        pair = mix(group[some, None], choices.codes[some] + 1)
        place = np.unique(pair, return_inverse=True)[1].reshape(pair.shape)
        total = np.bincount(place.ravel(), share[some].ravel())[place]
        share[some] = np.where(pair != 0, total / size[some, None], share[some])
    return _columns(share - odds, np.broadcast_to(np.log(size)[:, None], share.shape))


def _beside(group: Ints, number: Ints, choices: Choices) -> list[Floats]:
    """What the nearest documents hold of each candidate, the nearer the more, as in ``_votes``."""
    count = len(group)
    order = np.lexsort((number, group))
    ranked = group[order]
    codes, odds = choices.codes[order], choices.odds[order].astype(np.float64)
    total, weight = odds.copy(), np.ones((count, 1))
    back = np.empty(count, np.int64)
    back[order] = np.arange(count)
    columns: list[Floats] = []
    for step in range(1, _REACH[-1] + 1):
        one = np.flatnonzero((ranked[step:] == ranked[:-step]) & (ranked[step:] != 0))
        apart = number[order[one + step]] - number[order[one]]
        counts = (_FADE**step / (1.0 + np.log1p(apart)))[:, None]
        for here, there in ((one, one + step), (one + step, one)):  # no line is met twice
            same = codes[here][:, :, None] == codes[there][:, None, :]
            total[here] += counts * (same * odds[there][:, None, :]).sum(axis=2)
            weight[here] += counts
        if step in _REACH:
            columns += _columns(
                (total / weight - odds)[back], np.broadcast_to(weight, total.shape)[back]
            )
    return columns


def _columns(*parts: NDArray[np.float64]) -> list[Floats]:
    return [np.asarray(part, np.float32) for part in parts]
