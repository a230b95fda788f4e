"""Corrections: what a person decided against a suggestion holds for the next line like it.

The ranker weighs a single booking among many; a person who has just corrected a suggestion expects
the same line to come right the next time. A correction holds until the same line is decided
otherwise, and never goes through alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.choice import RANKS, Choices
from contor.account_assignment.keys import Ints


@dataclass
class Corrections:
    """Corrected codes by what makes a line the same: supplier and text, else supplier and amount."""

    taught: dict[int, int] = field(default_factory=dict)
    kept: int = 4
    seen: int = 5

    def note(self, keys: Ints, chosen: Ints, codes: Ints) -> None:
        """Remember decisions against the choice; a choice confirmed settles the matter."""
        for like, choice, code in zip(
            _likeness(keys).tolist(), chosen.tolist(), codes.tolist(), strict=True
        ):
            if code < 0 or not like:
                continue
            if like in self.taught:
                self.seen += 1
                self.kept += self.taught[like] == code
            if choice != code:
                self.taught[like] = code
            elif self.taught.get(like, code) == code:
                self.taught.pop(like, None)

    def apply(self, keys: Ints, choices: Choices) -> tuple[Choices, NDArray[np.bool_]]:
        """Put taught codes first; says where that changed the choice."""
        taught = np.zeros(len(choices), bool)
        if not self.taught:
            return choices, taught
        codes = choices.codes.copy()
        for place, like in enumerate(_likeness(keys).tolist()):
            code = self.taught.get(like)
            if code is not None and codes[place, 0] != code:
                taught[place] = True
                others = [other for other in codes[place].tolist() if other != code]
                codes[place] = [code, *others][:RANKS]
        return Choices(codes, choices.odds, choices.signs), taught

    def trust(
        self, confidence: NDArray[np.float64], taught: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """Confidence with that of taught codes put in: the share of corrections that held."""
        return np.where(taught, self.kept / self.seen, confidence)


def _likeness(keys: Ints) -> Ints:
    """Supplier and text where there is a text, else supplier and amount."""
    return np.where(keys[:, 4] != 0, keys[:, 4], keys[:, 2])
