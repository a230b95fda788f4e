"""What stands in place of a tax code on a day on which it does not hold.

When a rate changes, another code takes over: in Germany 16 % and 5 % took the place of 19 % and 7 %
in the second half of 2020 (§ 28 (1) to (3) UStG), and gave it back. The code that takes over is of
the same kind (direction, category, who owes the tax) and its rate has the same rank: the standard
rate stays the standard rate. Where several could be meant, none is.

>>> from decimal import Decimal
>>> def code(name, rate, first, last=None):
...     return TaxCode(name, name, Decimal(rate), "input", "S", date.fromisoformat(first),
...                    last and date.fromisoformat(last))
>>> rows = [code("V19", 19, "2007-01-01", "2020-06-30"), code("V16", 16, "2020-07-01", "2020-12-31"),
...         code("V19", 19, "2021-01-01")]
>>> [in_place_of("V19", rows, date(2020, 9, 1)).code, in_place_of("V16", rows, date(2021, 1, 1)).code]
['V16', 'V19']
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from contor.ledger.tax_code import Direction, TaxCode

PURCHASES: tuple[Direction, ...] = ("input",)
BOTH: tuple[Direction, ...] = ("input", "output")
_DAY = timedelta(1)


def holding_on(
    rows: Iterable[TaxCode], on: date, directions: Collection[Direction] = BOTH
) -> tuple[TaxCode, ...]:
    """The rows that are valid on the day, of the directions asked for."""
    return tuple(row for row in rows if row.direction in directions and row.holds_on(on))


def in_place_of(code: str, rows: Sequence[TaxCode], on: date) -> TaxCode | None:
    """The row that stands for the code on the day: its own, else that of the code that took over.

    None where the code is unknown, or no code or several could have taken over.
    """
    own = [row for row in rows if row.code == code]
    valid = next((row for row in own if row.holds_on(on)), None)
    if valid is not None or not own:
        return valid
    nearest = min(own, key=lambda row: abs(on - _edge(row, on)))
    then = _like(nearest, holding_on(rows, _edge(nearest, on)))
    now = _like(nearest, holding_on(rows, on))
    equals = [row for row in then if row.rate == nearest.rate]
    rates = sorted({row.rate for row in now}, reverse=True)
    rank = sorted({row.rate for row in then}, reverse=True).index(nearest.rate)
    beside = {row.code for row in then}  # what held beside it did not take its place
    heirs = [
        row
        for row in now
        if rank < len(rates) and row.rate == rates[rank] and row.code not in beside
    ]
    changed = [row for row in heirs if _for_a_while(own, row, rows)]
    if len(changed) == 1:
        return changed[0]
    return heirs[0] if len(heirs) == len(equals) == 1 else None


def _edge(row: TaxCode, on: date) -> date:
    """The day of the row's validity that is nearest to a day outside it."""
    return row.valid_to if row.valid_to is not None and row.valid_to < on else row.valid_from


def _like(one: TaxCode, rows: Iterable[TaxCode]) -> list[TaxCode]:
    """The rows of the same kind: direction, category, and whether the recipient owes the tax."""

    def kind(row: TaxCode) -> tuple[str, str, bool]:
        return row.direction, row.category, bool(row.counter_account)

    return [row for row in rows if kind(row) == kind(one)]


def _for_a_while(own: Sequence[TaxCode], other: TaxCode, rows: Iterable[TaxCode]) -> bool:
    """Whether one of the two codes holds just before and just after a row of the other."""
    others = [row for row in rows if row.code == other.code]
    return any(_surrounds(own, row) for row in others) or any(
        _surrounds(others, row) for row in own
    )


def _surrounds(outer: Iterable[TaxCode], inner: TaxCode) -> bool:
    if inner.valid_to is None or inner.valid_to == date.max or inner.valid_from == date.min:
        return False
    held = {
        day
        for day in (inner.valid_from - _DAY, inner.valid_to + _DAY)
        for row in outer
        if row.holds_on(day)
    }
    return len(held) == 2
