"""Addresses that people have confirmed: where a recognised one has the same letters, theirs is taken.

Recognition takes commas for stops and loses spaces; the letters and figures decide which address it
is, the memory only how it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process

_ALIKE = 92.0
_SHORTEST = 16
_SAME_PARTY = 85.0


@dataclass(frozen=True)
class SupplierMemory:
    """Addresses as people confirmed them.

    >>> memory = SupplierMemory(("NO.5, JALAN SAGU 18, 81100 JOHOR BAHRU",))
    >>> memory.address("NO 5. JALAN SAGU 18. 81100 JOHOR BAHRU")
    'NO.5, JALAN SAGU 18, 81100 JOHOR BAHRU'
    >>> memory.address("NO 6. JALAN SAGU 18. 81100 JOHOR BAHRU") is None
    True
    """

    addresses: tuple[str, ...] = ()
    _by_letters: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_letters: dict[str, str] = {}
        for address in self.addresses:
            by_letters.setdefault(squeeze(address), address)
        object.__setattr__(self, "_by_letters", by_letters)

    def address(self, printed: str) -> str | None:
        """The confirmed spelling, None where no address is like it.

        One misread letter among many is forgiven, a figure is not: a house number is no misreading
        of another.
        """
        key = squeeze(printed)
        if key in self._by_letters:
            return self._by_letters[key]
        if len(key) < _SHORTEST:
            return None
        choices = [
            other
            for other in self._by_letters
            if len(other) == len(key) and _figures(other) == _figures(key)
        ]
        found = process.extractOne(key, choices, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return self._by_letters[found[0]] if found else None


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """Letters and digits only, upper case.

    >>> squeeze("NO 290, JALAN AIR-PANAS.")
    'NO290JALANAIRPANAS'
    """
    return re.sub(r"[\W_]", "", text).upper()


def is_same_party(one: str, other: str) -> bool:
    """Whether two names, or two addresses, are spellings of one.

    >>> is_same_party("Netzwerk Süd GmbH", "NETZWERK SUED GMBH")
    True
    """
    return fuzz.ratio(squeeze(one), squeeze(other)) >= _SAME_PARTY


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text)
