"""Share an amount out without losing or inventing a cent (largest remainder, first come first).

>>> allocate(100, [1, 1, 1])
[34, 33, 33]
>>> sum(allocate(-7, [3, 2]))
-7
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def allocate(minor: int, weights: Sequence[int | Decimal | Fraction]) -> list[int]:
    """Split ``minor`` units by ``weights``; the parts always sum to ``minor``.

    Raises ValueError without weights, with a negative weight, or where all weights are zero.
    """
    shares = [Fraction(weight) for weight in weights]
    total = sum(shares, Fraction(0))
    if total <= 0 or any(share < 0 for share in shares):
        message = "weights must not be negative and must not all be zero"
        raise ValueError(message)
    sign = -1 if minor < 0 else 1
    exact = [abs(minor) * share / total for share in shares]
    parts = [int(part) for part in exact]
    left = abs(minor) - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[:left]:
        parts[i] += 1
    return [sign * part for part in parts]
