"""Arrivals: lines that come together, and what is known of them before any of their codes is.

Keys, runs and neighbours are the same for every target; they are worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.accord import OTHER, Accord, Floats
from contor.account_assignment.choice import Choices
from contor.account_assignment.evidence import Rows
from contor.account_assignment.keys import Ints
from contor.account_assignment.lines import Lines
from contor.account_assignment.neighbours import Neighbourhood
from contor.account_assignment.targets import BY_RATE


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Lines (n), their keys (n, kinds), how many lines were known by then (n), signs of their runs.

    ``unheard`` says which show a VAT rate that their supplier, known by then, never showed. ``near``
    are their neighbours; ``accords`` tell by target what was booked beside the other one.
    """

    lines: Lines
    keys: Ints
    cuts: Ints
    run: Floats
    unheard: NDArray[np.bool_]
    near: Neighbourhood
    accords: Mapping[str, Accord]

    def __len__(self) -> int:
        return len(self.keys)

    def part(self, begin: int, stop: int) -> Arrivals:
        """Some of the lines; neighbours are those of all of them, and are not asked for again."""
        where = slice(begin, stop)
        return replace(
            self,
            lines=self.lines.part(begin, stop),
            keys=self.keys[where],
            cuts=self.cuts[where],
            run=self.run[where],
            unheard=self.unheard[where],
        )

    def rows_again(self, target: str, found: Mapping[str, Choices]) -> Rows:
        """Rows of the candidates that ``found`` has of a target, ready for a second look."""
        choices, accord = found[target], self._accord(target, found)
        signs = [self.near.signs(choices)]
        shape = choices.codes.shape
        if accord is not None:
            others = found[OTHER[target]]
            own = accord.held(self.keys[:, 0], self.cuts, choices.codes, others.codes[:, 0])
            signs += [own, _each(others.odds[:, :1], shape)]
        signs += [choices.odds[:, :, None], _each(np.arange(shape[1])[None, :], shape)]
        line, rank = np.nonzero(choices.codes >= 0)
        features = np.concatenate(signs, axis=2)[line, rank]
        return Rows(line, choices.codes[line, rank], features, choices.odds[line, rank])

    def seen_together(self, target: str, found: Mapping[str, Choices]) -> Choices:
        """A target's choices with what their runs and the other target's choices say of them."""
        choices, accord = found[target].beside(self.run), self._accord(target, found)
        if target == BY_RATE:
            choices = replace(choices, unheard=self.unheard)
        if accord is None:
            return choices
        signs = accord.signs(self.keys[:, 0], self.cuts, choices, found[OTHER[target]])
        return choices.beside(signs)

    def _accord(self, target: str, found: Mapping[str, Choices]) -> Accord | None:
        """What was booked beside the other target, where that one is asked for, too."""
        return self.accords.get(target) if OTHER[target] in found else None


def _each(column: NDArray[np.generic], shape: tuple[int, ...]) -> Floats:
    return np.broadcast_to(column, shape)[:, :, None].astype(np.float32)
