"""Suppliers whose name and address people have confirmed: a misread letter is set right by them.

The page decides which supplier it is; the memory only decides how it is spelled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

_SAME_NAME = 90.0
_SAME_ADDRESS = 88.0


@dataclass(frozen=True)
class SupplierMemory:
    """Pairs of name and address (empty: unknown) as people confirmed them.

    >>> memory = SupplierMemory((("BOOK TA SDN BHD", "NO.5, JALAN SAGU 18, 81100 JOHOR BAHRU"),))
    >>> memory.name("BOOK TA SDN BND")
    'BOOK TA SDN BHD'
    >>> memory.name("BAKERY TA SDN BHD") is None
    True
    """

    suppliers: tuple[tuple[str, str], ...] = ()
    _names: dict[str, str] = field(init=False, repr=False, compare=False)
    _addresses: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names: dict[str, str] = {}
        addresses: dict[str, str] = {}
        for name, address in self.suppliers:
            names.setdefault(squeeze(name), name)
            if address:
                addresses.setdefault(squeeze(address), address)
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_addresses", addresses)

    def name(self, printed: str) -> str | None:
        """The confirmed spelling of a name, None where no supplier is like it."""
        return _nearest(printed, self._names, _SAME_NAME)

    def address(self, printed: str) -> str | None:
        """The confirmed spelling of an address, None where none is like it."""
        return _nearest(printed, self._addresses, _SAME_ADDRESS)


def squeeze(text: str) -> str:
    """Letters and digits only, upper case.

    >>> squeeze("NO 290, JALAN AIR-PANAS.")
    'NO290JALANAIRPANAS'
    """
    return re.sub(r"[\W_]", "", text).upper()


def _nearest(printed: str, known: dict[str, str], least: float) -> str | None:
    """Nearest spelling; figures must agree, since a house number is no misreading of another."""
    key = squeeze(printed)
    if key in known:
        return known[key]
    if len(key) < 8:
        return None
    found = process.extractOne(key, list(known), scorer=fuzz.ratio, score_cutoff=least)
    if found is None or _figures(found[0]) != _figures(key):
        return None
    return known[found[0]]


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text)
