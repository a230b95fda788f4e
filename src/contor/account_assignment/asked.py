"""What is asked: new lines as of their day, and what memory and words already said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.heirs import Present
from contor.account_assignment.keys import Ints

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """Lines asked about, as of their day: ``n`` of each.

    ``cuts`` says how many lines of the past were known, ``recalled`` has the positions found by
    each kind of key, ``spoken`` the words model's probability of each code and ``loud`` its best.
    ``present`` is what past codes are called now.
    """

    keys: Ints
    cuts: Ints
    day: Ints
    cents: Ints
    recalled: Sequence[Ints]
    spoken: Floats
    loud: Ints
    present: Present | None = None
