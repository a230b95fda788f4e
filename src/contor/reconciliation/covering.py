"""Exact covering sets: which open items add up to an amount, and whether there is only one way.

>>> covering_sets([500, 300, 200, 700], 1000)
Covering(sets=((1, 3), (0, 1, 2)), complete=True)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Covering:
    """Sets of indices that sum to the target; ``complete`` where all were found."""

    sets: tuple[tuple[int, ...], ...]
    complete: bool

    @property
    def unique(self) -> bool:
        """Whether there is exactly one set, proven."""
        return self.complete and len(self.sets) == 1


def covering_sets(
    values: Sequence[int], target: int, *, limit: int = 4, steps: int = 20_000
) -> Covering:
    """Up to ``limit`` sets of ``values`` (either sign) that sum to ``target``, search bounded.

    Branch and bound over values by falling size; a branch dies where the values left cannot
    reach the target.
    """
    order = sorted(range(len(values)), key=lambda i: (-abs(values[i]), i))
    ordered = [values[i] for i in order]
    highest = [0] * (len(values) + 1)
    lowest = [0] * (len(values) + 1)
    for i in range(len(values) - 1, -1, -1):
        highest[i] = highest[i + 1] + max(ordered[i], 0)
        lowest[i] = lowest[i + 1] + min(ordered[i], 0)
    found: list[tuple[int, ...]] = []
    stack: list[tuple[int, int, tuple[int, ...]]] = [(0, target, ())]
    spent = 0
    while stack and spent < steps and len(found) < limit:
        spent += 1
        index, rest, chosen = stack.pop()
        if rest == 0 and chosen:
            found.append(tuple(sorted(order[i] for i in chosen)))
            # a longer set through zero sums would be another explanation of the same money
            continue
        if index == len(ordered) or not lowest[index] <= rest <= highest[index]:
            continue
        stack.append((index + 1, rest, chosen))
        stack.append((index + 1, rest - ordered[index], (*chosen, index)))
    found.sort(key=lambda indices: (len(indices), indices))
    return Covering(tuple(found), not stack and spent < steps)
