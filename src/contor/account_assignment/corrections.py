"""Corrections: what a person decided against a suggestion holds for the next line like it.

The ranker weighs a single booking among many; a person who has just corrected a suggestion expects
the same line to come right the next time, and every time after it. A correction holds until the same
line is decided otherwise, and never goes through alone. What was taught for lines of one text and
amount also holds for those of another amount. Where people decide such lines now so, now otherwise,
nothing is taught and the ranker speaks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.choice import RANKS, Choices
from contor.account_assignment.keys import AMOUNT, SUPPLIER, TEXT, Ints, mix

_FICKLE = 3
"""So often decided otherwise than taught, what is alike does not say how it is booked."""


@dataclass
class Corrections:
    """Corrected codes by what makes a line the same, and how often each was decided otherwise."""

    taught: dict[int, int] = field(default_factory=dict)
    broken: dict[int, int] = field(default_factory=dict)
    kept: int = 4
    seen: int = 5

    def note(self, keys: Ints, chosen: Ints, codes: Ints) -> None:
        """Remember decisions against the choice; one that agrees leaves what was taught as it is."""
        for like, choice, code in zip(
            _likeness(keys), chosen.tolist(), codes.tolist(), strict=True
        ):
            if code < 0 or not like[1]:
                continue
            held = self._held(like)
            if held is not None:
                self.seen += 1
                self.kept += held == code
            for one in set(like):
                before = self.taught.get(one)
                if before is not None and before != code:
                    self.broken[one] = self.broken.get(one, 0) + 1
                if choice != code or before is not None:
                    self.taught[one] = code

    def _held(self, like: tuple[int, int]) -> int | None:
        """What was taught for a line: the same text and amount, else the one of them."""
        for one in like:
            if one in self.taught:
                return self.taught[one] if self.broken.get(one, 0) < _FICKLE else None
        return None

    def apply(self, keys: Ints, choices: Choices) -> tuple[Choices, NDArray[np.bool_]]:
        """Put taught codes first; says where that changed the choice."""
        taught = np.zeros(len(choices), bool)
        if not self.taught:
            return choices, taught
        codes = choices.codes.copy()
        for place, like in enumerate(_likeness(keys)):
            code = self._held(like)
            if code is not None and codes[place, 0] != code:
                taught[place] = True
                others = [other for other in codes[place].tolist() if other != code]
                codes[place] = [code, *others][:RANKS]
        return replace(choices, codes=codes), taught

    def trust(
        self, confidence: NDArray[np.float64], taught: NDArray[np.bool_]
    ) -> NDArray[np.float64]:
        """Confidence with that of taught codes put in: the share of corrections that held."""
        return np.where(taught, self.kept / self.seen, confidence)


def _likeness(keys: Ints) -> list[tuple[int, int]]:
    """Supplier, text and amount; and of these text, or amount where there is no text.

    A line that names no supplier, as the bank's own charges do, is like others of its text.
    """
    nameless = keys[:, SUPPLIER] == 0
    text = np.where(nameless, keys[:, TEXT], keys[:, 4])
    amount = np.where(nameless, mix(text, keys[:, AMOUNT]), keys[:, 2])
    near = np.where(text != 0, text, amount)
    both = mix(text, amount)
    return list(zip(np.where(both != 0, both, near).tolist(), near.tolist(), strict=True))
