"""Signs from a supplier's own bookings: amount, age, rhythm, and on how many days they were made.

A payment run of forty lines is one decision of one person on one day: besides every line, every
day has a vote.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.asked import Asked
from contor.account_assignment.keys import Ints

Floats = NDArray[np.float32]

_FAR = np.float32(3000)
_HABIT = 60.0
"""Days in which a habit fades to a third."""


def supplier_signs(
    days: Ints, cents: Ints, asked: Asked, line: Ints, rank: Ints, row: Ints, of_row: Ints
) -> list[Floats]:
    """Columns over rows (line ``of_row``) from events: their line, rank (0 newest) and row."""
    n, rows = len(asked.day), len(of_row)
    seen = asked.recalled[0][line, rank]
    age = (asked.day[line] - days[seen]).astype(np.float32)
    own = np.log(np.abs(asked.cents).astype(np.float32) + 1.0)[line]
    ratio = np.abs(own - np.log(np.abs(cents[seen]).astype(np.float32) + 1.0))
    ratio = np.where((cents[seen] < 0) == (asked.cents < 0)[line], ratio, np.float32(9.0))
    steady = np.float32(0.97) ** rank.astype(np.float32)
    month = np.abs(age / 30.44 - np.round(age / 30.44)) * 30.44
    run, days_in_all, lines_in_run = _runs(line, days[seen], n)

    def share(weight: Floats) -> Floats:
        total = np.bincount(line, weight, minlength=n)[of_row]
        return np.asarray(
            np.bincount(row, weight, minlength=rows) / np.maximum(total, 1e-6), np.float32
        )

    def least(value: Floats, far: np.float32) -> Floats:
        found = np.full(rows, far, np.float32)
        np.minimum.at(found, row, value)
        return found

    latest = np.full(n, _FAR, np.float32)
    np.minimum.at(latest, line, age)
    youngest = least(age, _FAR)
    fresh = np.unique(row * 64 + run, return_index=True)[1]
    days_so = np.bincount(row[fresh], minlength=rows)
    streak, streak_days = _streak(line, rank, row, run, n)
    newest = np.full(n, -1)
    newest[line[::-1]] = row[::-1]
    is_newest = newest[of_row] == np.arange(rows)
    one = np.ones_like(age)
    columns = [
        share(steady * (1.0 + 5.0 * (ratio < 0.002) + (ratio < 0.1))),
        share(np.exp(-3.0 * ratio) * steady),
        share(((month < 2.5) & (age > 20) & (age < 400)).astype(np.float32)),
        share((np.abs(age - 365) < 12).astype(np.float32)),
        share(one),
        share(np.exp(-np.maximum(age, 0) / _HABIT)),
        share((0.9**run / lines_in_run).astype(np.float32)),
        least(ratio, np.float32(10)),
        youngest,
        youngest - latest[of_row],
        np.bincount(row, minlength=rows),
        np.bincount(line, minlength=n)[of_row],
        np.bincount(row, month < 2.5, minlength=rows),
        days_so,
        days_in_all[of_row] - days_so,
        np.where(is_newest, streak[of_row], 0),
        np.where(is_newest, streak_days[of_row], 0),
    ]
    return [np.asarray(column, np.float32) for column in columns]


def _runs(line: Ints, day: Ints, n: int) -> tuple[Ints, Ints, Ints]:
    """Per event the number of its day (0 newest), per line its days, per event lines that day."""
    fresh = np.ones(len(line), bool)
    fresh[1:] = (line[1:] != line[:-1]) | (day[1:] != day[:-1])
    number = np.cumsum(fresh) - 1
    lines_in_run = np.bincount(number)[number] if len(line) else number
    days_in_all = np.bincount(line[fresh], minlength=n)
    start = np.r_[0, np.cumsum(days_in_all)[:-1]]
    return number - start[line], days_in_all, lines_in_run


def _streak(line: Ints, rank: Ints, row: Ints, run: Ints, n: int) -> tuple[Ints, Ints]:
    """How many lines, and days, of a supplier in a row went to the code booked last."""
    first = np.ones(len(line), bool)
    first[1:] = line[1:] != line[:-1]
    newest = np.zeros(n, np.int64)
    newest[line[first]] = row[first]
    other = row != newest[line]
    lines = np.bincount(line, minlength=n)
    days = np.zeros(n, np.int64)
    np.maximum.at(days, line, run + 1)
    np.minimum.at(lines, line[other], rank[other])
    np.minimum.at(days, line[other], run[other])
    return lines, days
