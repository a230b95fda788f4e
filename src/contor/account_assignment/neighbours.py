"""Neighbours: what lines that arrive together say of one another, before any of them is coded.

Bookkeepers work in batches: documents of neighbouring numbers were entered by one person for one
unit, the lines of a supplier's day are one decision, and so are those of one document. What a line's
neighbours are likely to be coded to speaks for its own candidates (collective classification; Sen et
al. 2008, doi:10.1609/aimag.v29i3.2157). The line itself has one vote among its neighbours', so that a
line on its own is neither lifted nor lowered.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.choice import Choices
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


def numbers(lines: Lines) -> tuple[Ints, NDArray[np.bool_]]:
    """The document number of each line (its invoice number where it has none) and which it is."""
    documents = lines.facts.get("doc_no") or ("",) * len(lines)
    invoices = lines.facts.get("invoice_no") or ("",) * len(lines)
    own = np.array([bool(cell) for cell in documents], bool)
    cells = zip(documents, invoices, strict=True)
    found = (document_shape(one or other)[2][-_DIGITS:] or "0" for one, other in cells)
    return np.fromiter(map(int, found), np.int64, len(lines)), own


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Who is whose neighbour among lines that came together: worked out once for all targets.

    ``alike`` has for each way of being neighbours the group of each line and how many are in it;
    ``order`` puts documents in the order of their numbers, and ``steps`` has for each number of steps
    the places in that order from which as many lead to a neighbour, and how much that one counts (none
    where the order is no longer than that).
    """

    alike: tuple[tuple[Ints, Ints], ...]
    order: Ints
    steps: tuple[tuple[Ints, NDArray[np.float64]], ...]

    @classmethod
    def of(cls, keys: Ints, lines: Lines, alone: NDArray[np.bool_] | None = None) -> Neighbourhood:
        """Days stay apart: their codes are decided apart. ``alone``: as if they had come singly."""
        day = lines.day + 1 if alone is None else np.where(alone, 0, lines.day + 1)
        number, own = numbers(lines)
        group = mix(np.where(own, keys[:, _RANGE], keys[:, 0]), day)
        return cls(
            tuple(_alike(mix(keys[:, kind], day)) for kind in _ALIKE),
            *_in_order(np.where(number > 0, group, 0), number),
        )

    def signs(self, choices: Choices) -> Floats:
        """Columns for each candidate of each line: (lines, candidates, columns).

        For each way of being neighbours, how much more of their odds falls on the candidate than of
        the line's own, and how many they are: nothing is said where nobody ever has such neighbours.
        """
        columns = [one for group in self.alike for one in _votes(*group, choices)]
        return np.stack([*columns, *self._beside(choices)], axis=2)

    def _beside(self, choices: Choices) -> list[Floats]:
        """What the nearest documents hold of each candidate, the nearer the more, as in ``_votes``."""
        codes, odds = choices.codes[self.order], choices.odds[self.order].astype(np.float64)
        total, weight = odds.copy(), np.ones((len(odds), 1))
        back = np.empty(len(odds), np.int64)
        back[self.order] = np.arange(len(odds))
        columns: list[Floats] = []
        for step, (one, counts) in enumerate(self.steps, 1):
            met = ((one, one + step), (one + step, one)) if len(one) else ()
            for here, there in met:  # no line is met twice
                same = codes[here][:, :, None] == codes[there][:, None, :]
                total[here] += counts * (same * odds[there][:, None, :]).sum(axis=2)
                weight[here] += counts
            if step in _REACH:
                columns += _columns(
                    (total / weight - odds)[back], np.broadcast_to(weight, total.shape)[back]
                )
        return columns


def _alike(group: Ints) -> tuple[Ints, Ints]:
    """The number of each line's group, and how many lines are in it (0 is no group)."""
    number = np.unique(group, return_inverse=True)[1]
    return number, np.where(group != 0, np.bincount(number)[number], 1)


def _in_order(
    group: Ints, number: Ints
) -> tuple[Ints, tuple[tuple[Ints, NDArray[np.float64]], ...]]:
    order = np.lexsort((number, group))
    ranked = group[order]
    steps = []
    for step in range(1, _REACH[-1] + 1):
        one = np.flatnonzero((ranked[step:] == ranked[:-step]) & (ranked[step:] != 0))
        apart = number[order[one + step]] - number[order[one]]
        steps.append((one, (_FADE**step / (1.0 + np.log1p(apart)))[:, None]))
    return order, tuple(steps)


def _votes(number: Ints, size: Ints, choices: Choices) -> list[Floats]:
    """What a group's lines hold of each candidate beside the line's own odds, and how many they are."""
    odds = choices.odds.astype(np.float64)
    share = odds.copy()
    some = np.flatnonzero(size > 1)
    if len(some):
        pair = mix(number[some, None] + 1, choices.codes[some] + 1)
        place = np.unique(pair, return_inverse=True)[1].reshape(pair.shape)
        total = np.bincount(place.ravel(), share[some].ravel())[place]
        share[some] = np.where(pair != 0, total / size[some, None], share[some])
    return _columns(share - odds, np.broadcast_to(np.log(size)[:, None], share.shape))


def _columns(*parts: NDArray[np.float64]) -> list[Floats]:
    return [np.asarray(part, np.float32) for part in parts]
