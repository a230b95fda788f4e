"""The total of a till receipt: which amount the sums of the paper lead to.

Cash less change is the total; a total rounded to the smallest coin differs from the sum by a few
cents; a total is said again by the card slip. The wording of the line counts as much.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText
from contor.documents.text_scores import TextScores

_COIN = Decimal("0.05")
_ZERO = Decimal(0)
_NEAR = 0.2
_CLOSING = 4
_ALIGNED = 25
TOTAL_EXTRAS = (
    "closes", "cash_less_change", "change_after", "cash_after", "rounds_earlier", "rounded_later", "coin",
    "again_before", "again_after", "sum_above", "from_end", "lines_after", "wording", "wording_above",
    "wording_below", "best_wording", "wording_of_value", "column_right", "tall",
)  # fmt: skip


def total_texts(document: DocumentText, amounts: Sequence[Candidate]) -> list[tuple[str, str, str]]:
    """The line of each amount, the one above it and the one below it."""
    lines = document.lines
    found = []
    for amount in amounts:
        above = lines[amount.line - 1].text if amount.line else ""
        below = lines[amount.line + 1].text if amount.line + 1 < len(lines) else ""
        found.append((lines[amount.line].text, above, below))
    return found


def total_extras(
    document: DocumentText, amounts: Sequence[Candidate], texts: TextScores
) -> NDArray[np.float32]:
    """One row per amount: what the other amounts and the wordings say of it."""
    around = total_texts(document, amounts)
    flat = sorted({text for three in around for text in three})
    known = dict(zip(flat, texts.of(flat)[:, 0], strict=True)) if flat else {}
    wordings = [tuple(float(known[text]) for text in three) for three in around]
    best = max((three[0] for three in wordings), default=0.0)
    by_value: dict[Decimal, float] = {}
    for amount, three in zip(amounts, wordings, strict=True):
        value = _value(amount)
        by_value[value] = max(by_value.get(value, 0.0), three[0])
    valid = [amount for amount in amounts if amount.valid and not amount.percent]
    values = Counter(_value(amount) for amount in valid)
    right = max((amount.box[2] for amount in amounts), default=1.0)
    usual = (
        float(np.median([amount.box[3] - amount.box[1] for amount in amounts])) if amounts else 1.0
    )
    rows = []
    for index, (amount, three) in enumerate(zip(amounts, wordings, strict=True)):
        value = _value(amount)
        rows.append(
            [
                float(_closes(value, amount.line, valid)),
                *_paid(value, amount.line, valid, values),
                *_rounding(value, amount.line, valid),
                float(value % _COIN == 0),
                float(sum(_value(o) == value and o.line < amount.line for o in valid)),
                float(sum(_value(o) == value and o.line > amount.line for o in valid)),
                float(_is_sum_above(value, amount, valid)),
                float(len(amounts) - index),
                float(len(document.lines) - amount.line),
                *three, best - three[0], by_value[value],
                float(right - amount.box[2] < _NEAR * right),
                (amount.box[3] - amount.box[1]) / max(0.1, usual),
            ]
        )  # fmt: skip
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(TOTAL_EXTRAS))


def _value(amount: Candidate) -> Decimal:
    return amount.number if amount.number is not None else _ZERO


def _closes(value: Decimal, line: int, valid: Sequence[Candidate]) -> bool:
    """Whether the paper goes on with what was given and then, right below, with the change."""
    for cash in valid:
        if not line <= cash.line <= line + _CLOSING or _value(cash) < value or value <= 0:
            continue
        change = _value(cash) - value
        if any(0 < o.line - cash.line <= _CLOSING and abs(_value(o)) == change for o in valid):
            return True
    return False


def _paid(
    value: Decimal, line: int, valid: Sequence[Candidate], values: Counter[Decimal]
) -> tuple[float, float, float]:
    """Whether cash less change makes the value; whether it is itself such cash or such change."""
    made = as_cash = as_change = 0.0
    for other in valid:
        given = _value(other)
        if given > value > 0 and values[given - value]:
            later = other.line >= line
            made = max(made, 1.0 if later else 0.5)
            as_change = max(as_change, 1.0 if other.line <= line else 0.5)
        if value > given > 0 and values[value - given] and other.line != line:
            as_cash = max(as_cash, 1.0 if other.line <= line else 0.5)
    return made, as_change, as_cash


def _rounding(value: Decimal, line: int, valid: Sequence[Candidate]) -> tuple[float, float]:
    """Whether an amount a few cents away stands before the value, or behind it."""
    near = [o for o in valid if 0 < abs(_value(o) - value) <= _COIN and value > 1]
    return float(any(o.line < line for o in near)), float(any(o.line > line for o in near))


def _is_sum_above(value: Decimal, amount: Candidate, valid: Sequence[Candidate]) -> bool:
    """Whether the amounts of one column above sum up to the value."""
    total = _ZERO
    for other in sorted(valid, key=lambda one: -one.line):
        if other.line < amount.line and abs(other.box[2] - amount.box[2]) < _ALIGNED:
            total += _value(other)
            if total == value and value:
                return True
            if total > value:
                return False
    return False
