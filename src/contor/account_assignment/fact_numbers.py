"""Facts as stable numbers, by some form of theirs; equal cells are looked at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.lines import Lines
from contor.account_assignment.wording import stamp

Ints = NDArray[np.int64]


def numbers_of(lines: Lines, name: str, form: Callable[[str], str]) -> Ints:
    """A number for the form of each cell of a fact; 0 where it is empty."""
    return numbers_by(lines, name, lambda cell: (form(cell),))[0]


def numbers_by(lines: Lines, name: str, forms: Callable[[str], tuple[str, ...]]) -> list[Ints]:
    """A column for each form of a fact's cells."""
    width = len(forms(""))
    cells = lines.facts.get(name)
    if not cells:
        return [np.zeros(len(lines), np.int64)] * width
    number: dict[str, int] = {}
    place = [number.setdefault(cell, len(number)) for cell in cells]
    stamps = [[stamp(form) for form in forms(cell)] if cell else [0] * width for cell in number]
    return list(np.array(stamps, np.int64)[place].T)
