"""Choices: the ranked codes of each line with the ranker's odds, and how solid they look."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.evidence import Rows
from contor.account_assignment.keys import Ints

RANKS = 3
"""Codes a person is shown, and the judge looks at."""
CONSIDERED = 5
"""Codes that are weighed again beside what came with them."""
_THOUGHT_OF = 0.75
"""So much of what the odds give to runners-up came true on earlier stretches of three ledgers."""
_LEAST = 1e-6
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Choices:
    """Per line: the best codes (n, ranks) with their odds, -1 where there is none, and ``signs``.

    ``moved`` says which lines got another first code by what came with them, ``unheard`` which show
    a VAT rate that their supplier never showed, where codes follow from it.
    """

    codes: Ints
    odds: Floats
    signs: Floats
    moved: NDArray[np.bool_] | None = None
    unheard: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.codes)

    def part(self, begin: int, stop: int) -> Choices:
        """The choices of some lines."""
        where = slice(begin, stop)
        moved = None if self.moved is None else self.moved[where]
        unheard = None if self.unheard is None else self.unheard[where]
        return Choices(self.codes[where], self.odds[where], self.signs[where], moved, unheard)

    def behind(self, confidence: NDArray[np.float64]) -> NDArray[np.float64]:
        """Confidence in the codes after the first (n, ranks - 1), given that in the first.

        What the first leaves is shared out by the odds, but for codes that nobody thought of.
        """
        left = (1.0 - confidence)[:, None] * _THOUGHT_OF
        share = self.odds[:, 1:] / np.maximum(1.0 - self.odds[:, :1], _LEAST)
        return np.asarray(np.minimum(left * np.minimum(share, 1.0), confidence[:, None]))

    def beside(self, more: Floats) -> Choices:
        """The same with further signs behind its own."""
        return replace(self, signs=np.concatenate([self.signs, more], axis=1))


def choose(rows: Rows, odds: Floats, count: int, ranks: int = CONSIDERED) -> Choices:
    """The best candidates of each of ``count`` lines."""
    codes = np.full((count, ranks), -1, np.int64)
    best = np.zeros((count, ranks), np.float32)
    signs = np.zeros((count, rows.features.shape[1]), np.float32)
    order = np.lexsort((rows.code, -odds, rows.line))
    line = rows.line[order]
    place = np.arange(len(order)) - np.searchsorted(line, np.arange(count))[line]
    for rank in range(ranks):
        picks = order[place == rank]
        codes[rows.line[picks], rank] = rows.code[picks]
        best[rows.line[picks], rank] = odds[picks]
    top = order[place == 0]
    signs[rows.line[top]] = rows.features[top]
    return Choices(codes, best, signs)


def gather(parts: list[Choices]) -> Choices:
    """Several choices as one."""
    if not parts:
        return Choices(
            np.zeros((0, CONSIDERED), np.int64),
            np.zeros((0, CONSIDERED), np.float32),
            np.zeros((0, 0), np.float32),
        )
    return Choices(
        np.concatenate([part.codes for part in parts]),
        np.concatenate([part.odds for part in parts]),
        np.concatenate([part.signs for part in parts]),
    )
