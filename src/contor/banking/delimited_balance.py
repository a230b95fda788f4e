"""Opening and closing balance from a column that prints the balance after each line.

Files run from old to new or from new to old; the chain of balances itself tells which.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from contor.banking.statement import BankLine


def balances_of(
    lines: Sequence[BankLine], balances: Sequence[Decimal | None]
) -> tuple[Decimal | None, Decimal | None]:
    """Opening and closing balance; unknown where the column forms no chain in either direction."""
    booked = [(line.amount, b) for line, b in zip(lines, balances, strict=True) if not line.pending]
    known = [(amount, balance) for amount, balance in booked if balance is not None]
    if not known or len(known) < len(booked):
        return None, None
    up = _links(known)
    down = _links(known[::-1])
    if max(up, down) * 2 < len(known) - 1:
        return None, None
    falling = down > up or (len(known) > 1 and down == up and _newest_first(lines))
    chain = known[::-1] if falling else known
    return chain[0][1] - chain[0][0], chain[-1][1]


def _newest_first(lines: Sequence[BankLine]) -> bool:
    return lines[0].booking_date > lines[-1].booking_date


def _links(chain: Sequence[tuple[Decimal, Decimal]]) -> int:
    """How many lines lead from the balance before to their own."""
    pairs = pairwise(chain)
    return sum(before[1] + amount == balance for before, (amount, balance) in pairs)
