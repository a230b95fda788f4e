"""Lines that are booked without a code of a target: that, too, is how they are booked.

Whether a cell is empty because nobody filled it in or because nothing belongs there is not said. But
once codes of the target are given at all, and where the latest lines of a supplier (of tax codes:
those that show the same tax) were all booked and none of them has one, hardly anyone would give the
next one a code.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.history import History
from contor.account_assignment.keys import RATE_SIDE, SUPPLIER, SUPPLIER_RATE, Ints
from contor.account_assignment.targets import BY_RATE

_LATEST = 8
_FEWEST = 3

Floats = NDArray[np.float64]


def without_code(history: History, target: str, keys: Ints) -> Floats:
    """The most that can be held of any code of a target, by line: 1 where codes are given at all.

    Lines of suppliers never met are judged by the tax they show, and by nothing for other targets.
    """
    codes = history.past[target].codes
    booked = np.any([past.codes >= 0 for past in history.past.values()], axis=0)
    most = np.ones(len(keys))
    if not booked.any() or not (booked & (codes < 0)).any():
        return most
    first = int(np.argmax(codes >= 0)) if (codes >= 0).any() else len(codes)
    kinds = (SUPPLIER_RATE, RATE_SIDE, SUPPLIER) if target == BY_RATE else (SUPPLIER,)
    open_yet = np.ones(len(keys), bool)
    for kind in kinds:
        cuts = np.full(len(keys), len(history))
        seen = history.memory.indexes[kind].latest(keys[:, kind], cuts, _LATEST)
        told = (seen >= first) & booked[seen]
        count = told.sum(axis=1)
        empty = open_yet & (count >= _FEWEST) & ~(told & (codes[seen] >= 0)).any(axis=1)
        most[empty] = 1.0 / (count[empty] + 2.0)
        open_yet &= count == 0
    return most
