"""What the other amounts of a document say about an amount: it sums them up, it is one less a share.

A total is proven by the column above it, whatever it is called; a commission or a discount relates
two totals by a percentage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText

_COLUMN = 4.0
_LEAST_ADDENDS = 2
_PERCENT = Decimal(100)
_CENT = Decimal("0.01")
_USUAL_COMMISSION = Decimal(15)
_MOST_PERCENTS = 6
_REDUCTIONS = frozenset({"allowance", "skonto"})


@dataclass(frozen=True, slots=True)
class AmountEvidence:
    """Amounts that a column above adds up to, that are larger or smaller by a known percentage."""

    column_sums: frozenset[Decimal] = frozenset()
    before_percent: frozenset[Decimal] = frozenset()
    after_percent: frozenset[Decimal] = frozenset()
    percent_lines: frozenset[int] = frozenset()


def amount_evidence(
    candidates: Sequence[Candidate], reductions: Sequence[Decimal] = ()
) -> AmountEvidence:
    """Evidence from all amounts of a document in reading order; ``reductions`` are its percentages.

    >>> box = (0.0, 0.0, 50.0, 9.0)
    >>> amounts = [Candidate("amount", v, v, i, 0, 5, 1, box, 1.0, number=Decimal(v))
    ...            for i, v in enumerate(("60.00", "40.00", "100.00", "85.00"))]
    >>> evidence = amount_evidence(amounts)
    >>> evidence.column_sums == {Decimal("100.00")}, evidence.before_percent == {Decimal("100.00")}
    (True, True)
    """
    amounts = [c for c in candidates if c.number is not None and c.valid and not c.percent]
    values = {c.number for c in amounts if c.number is not None and c.number > 0}
    before, after = set(), set()
    for percent in {_USUAL_COMMISSION, *reductions}:
        for value in values:
            less = (value * (_PERCENT - percent) / _PERCENT).quantize(_CENT)
            if less in values and less != value:
                before.add(value)
                after.add(less)
    lines = frozenset(c.line for c in candidates if c.percent)
    return AmountEvidence(_column_sums(amounts), frozenset(before), frozenset(after), lines)


def reductions_of(document: DocumentText, candidates: Sequence[Candidate]) -> list[Decimal]:
    """Percentages printed beside a commission or a discount."""
    found = []
    for candidate in candidates:
        number = candidate.number
        if candidate.percent and number is not None and 0 < number < _PERCENT:
            labels = document.lines[candidate.line].labels
            if any(label.concept in _REDUCTIONS for label in labels):
                found.append(number)
    return found[:_MOST_PERCENTS]


def _column_sums(amounts: Sequence[Candidate]) -> frozenset[Decimal]:
    """Amounts that equal the sum of all amounts before them in their column (flush right)."""
    printed = {c.number for c in amounts}
    running: dict[int, tuple[Decimal, int]] = {}
    found: set[Decimal] = set()
    for candidate in amounts:
        number = candidate.number
        if not number:
            continue
        column = round(candidate.box[2] / _COLUMN)
        near = next((k for k in (column, column - 1, column + 1) if k in running), column)
        total, count = running.get(near, (Decimal(0), 0))
        if count >= _LEAST_ADDENDS and total == number:
            found.add(number)
            continue  # the sum itself is no addend of the next one
        total, count = total + number, count + 1
        running[near] = (total, count)
    # Where the total stands on top of the document, its lines follow.
    found.update(
        total for total, count in running.values() if count >= _LEAST_ADDENDS and total in printed
    )
    return frozenset(found)
