"""Columns that stand close: a gap hardly wider than a blank parts cells where the lines around part.

A long name may reach almost to the label beside it (*Hafenraum Immobilien UG Belegdatum:*), a
number of items to its unit. The edges of the neighbouring lines' cells tell a column from a blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from contor.documents.page import Word

_LEAST = 0.42
"""Narrowest gap of a column, as a share of the line's height."""
_WIDER = 1.6
"""How much wider than the usual blank of its own run a gap must be."""
_NEVER = 1e9
_FLUSH = 1.0
_AROUND = 3

Runs = Sequence[Sequence[Word]]


def split_at_columns(lines: Sequence[Runs]) -> list[list[list[Word]]]:
    """The lines of a page with cells parted where neighbours begin or end a cell.

    >>> label = [Word("Datum", 50, 0, 80, 10)]
    >>> tight = [Word("Nord", 0, 12, 20, 22), Word("AG", 23, 12, 43, 22),
    ...          Word("Nr.", 50, 12, 60, 22)]
    >>> above = [[Word("Firma", 0, 0, 25, 10)], label]
    >>> [[word.text for word in run] for run in split_at_columns([above, [tight]])[1]]
    [['Nord', 'AG'], ['Nr.']]
    """
    lefts = [[run[0].x0 for run in runs[1:]] for runs in lines]
    rights = [[run[-1].x1 for run in runs[:-1]] for runs in lines]
    found = []
    for index, runs in enumerate(lines):
        near = [i for i in range(index - _AROUND, index + _AROUND + 1) if 0 <= i < len(lines)]
        near.remove(index)
        parted: list[list[Word]] = []
        for run in runs:
            parted.append([run[0]])
            gaps = sorted(word.x0 - before.x1 for before, word in pairwise(run))
            usual = _WIDER * gaps[(len(gaps) - 1) // 2] if len(gaps) > 1 else _NEVER
            for before, word in pairwise(run):
                gap = word.x0 - before.x1
                if gap > max(usual, _LEAST * max(before.height, word.height)) and (
                    _meets(word.x0, lefts, near) or _meets(before.x1, rights, near)
                ):
                    parted.append([])
                parted[-1].append(word)
        found.append(parted)
    return found


def _meets(edge: float, edges: Sequence[Sequence[float]], near: Sequence[int]) -> bool:
    return any(abs(other - edge) < _FLUSH for index in near for other in edges[index])
