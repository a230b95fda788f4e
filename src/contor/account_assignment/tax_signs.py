"""What a line shows of tax: its VAT rate, its tax category, and where its supplier is.

A tax code follows from these, whoever the supplier is: what was coded for the same rate from the
same side of the border says more than what the supplier's other documents were coded to.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.fact_numbers import numbers_of
from contor.account_assignment.lines import UNKNOWN_CENTS, Lines
from contor.account_assignment.tax_rules import TaxFacts, read_rate, region_of
from contor.account_assignment.wording import fold, stamp

Ints = NDArray[np.int64]

_UNSTATED = 5
"""Stands for the rate where a line states its tax category alone."""


def home_of(lines: Lines) -> str:
    """The country of the books: most suppliers that charge VAT are in it; empty where none is told.

    >>> home_of(Lines.from_rows([{"vat_id": "DE811569869", "tax_rate": "19"},
    ...                          {"vat_id": "IE6388047V", "tax_rate": "0"}]))
    'DE'
    """
    names = ("vat_id", "country", "tax_rate")
    columns = [lines.facts.get(name) or ("",) * len(lines) for name in names]
    met: Counter[str] = Counter()
    taxed: Counter[str] = Counter()
    for cells, count in Counter(zip(*columns, strict=True)).items():
        facts = TaxFacts.from_columns(dict(zip(names, cells, strict=True)))
        if facts.country:
            met[facts.country] += count
            taxed[facts.country] += count if facts.rate else 0
    return max(sorted(met), key=lambda country: (taxed[country], met[country]), default="")


def rates_of(lines: Lines) -> Ints:
    """A number for the VAT rate of each line, stated or worked out from the VAT amount; 0: unknown."""
    stated = numbers_of(lines, "tax_rate", _rate)
    cells = lines.facts.get("vat_amount")
    if cells is None:
        return stated
    rate = np.zeros(len(lines), np.int64)
    for i, cell in enumerate(cells):
        cents = int(lines.cents[i])
        if cell and cents not in {0, int(UNKNOWN_CENTS)}:
            try:
                rate[i] = round(float(cell) * 100_00 / cents) + 1000
            except (ValueError, OverflowError):
                rate[i] = 0
    return np.where(stated != 0, stated, rate)


def tax_signs(lines: Lines, rates: Ints, home: str) -> tuple[Ints, Ints, Ints]:
    """Parts of keys of each line: its rate, its tax category, its supplier's side of the border.

    ``rates`` are those of :func:`rates_of`. Lines that show neither rate nor category have 0 for
    the first; the others are never 0.
    """
    category = numbers_of(lines, "tax_category", str.upper)
    shown = np.where((rates == 0) & (category != 0), _UNSTATED, rates)
    country = numbers_of(lines, "country", lambda cell: region_of(cell.upper(), home))
    prefix = numbers_of(lines, "vat_id", lambda cell: _side(cell, home))
    side = np.where(country != 0, country, np.where(prefix != 0, prefix, stamp("unknown")))
    return shown, np.where(category == 0, 1, category), side


def _side(vat_id: str, home: str) -> str:
    return region_of(TaxFacts.from_columns({"vat_id": vat_id}).country, home)


def _rate(cell: str) -> str:
    """A rate in one way of writing: *19*, *19.00*, *19 %* and *0.19* are the same."""
    rate = read_rate(cell)
    return fold(cell) if rate is None else f"{rate.normalize():f}"
