"""Rows of a table of items: their figures, and which column of them the invoice adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from contor.documents.candidates import Candidate

_ROUNDED = Decimal("0.005")
"""Tax is rounded line by line, by half a cent each at most."""
_EDGE = 4.0
"""Figures of one column end within so many points of one another."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table with its figures; ``total`` is the one in the column of totals."""

    line: int
    total: Candidate
    figures: tuple[Candidate, ...]


def without_tax(
    tables: Sequence[Sequence[Row]], net: Decimal | None, gross: Decimal | None
) -> list[list[Row]]:
    """The rows with their totals before tax, where those with tax were taken and both are printed.

    *Total excl. VAT | VAT rate | Total incl. VAT*: the column that adds up to the net is the lines'.
    """
    same = [list(rows) for rows in tables]
    rows = [row for table in tables for row in table]
    if net is None or gross is None or net == gross or not rows:
        return same
    whole = sum((row.total.number or Decimal(0) for row in rows), Decimal(0))
    if abs(whole - gross) > _ROUNDED * len(rows):
        return same
    for figure in rows[0].figures:
        column = [_at(row, figure.box[2]) for row in rows]
        numbers = [one.number for one in column if one is not None and one.number is not None]
        if len(numbers) == len(rows) and sum(numbers, Decimal(0)) == net:
            return [[_turned(row, figure.box[2]) for row in table] for table in tables]
    return same


def _at(row: Row, edge: float) -> Candidate | None:
    """The figure of a row that ends at an edge."""
    near = [one for one in row.figures if abs(one.box[2] - edge) < _EDGE and not one.percent]
    return near[-1] if near else None


def _turned(row: Row, edge: float) -> Row:
    total = _at(row, edge)
    return replace(row, total=total) if total else row
