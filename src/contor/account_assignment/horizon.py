"""For how many days ahead the lines of one table are suggested before any of their codes is known.

The autopilot's promise is proven for that many days. One line with a far date, mostly a slip of the
pen, must not make it a promise for decades: such a line is left to a person instead.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.keys import Ints

_USUAL = 0.9
_MONTH = 31


def days_ahead(last: int, days: Ints) -> int:
    """Days from the ``last`` of the past to the last of the lines, far ones and undated left out.

    Far is what lies more than twice as far ahead as nine in ten of the lines, and a month.

    >>> days_ahead(100, np.array([101, 110, 131])), days_ahead(100, np.array([101, 110, 27000]))
    (31, 10)
    """
    ahead = np.sort(days[days > 0]) - last
    if not len(ahead):
        return 1
    usual = max(int(ahead[int(_USUAL * (len(ahead) - 1))]), 1)
    return max(int(ahead[ahead <= 2 * usual + _MONTH][-1]), 1)


def beyond(last: int, days: Ints, horizon: int) -> NDArray[np.bool_]:
    """Which lines lie further ahead than the promise is proven for."""
    return days - last > horizon
