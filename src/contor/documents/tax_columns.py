"""Taxes of several rates side by side, each under its heading: *Netto 19 % | USt 19 % | USt 7 %*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.tax_rows import TAX_WORD, TaxRowCandidate, percents

_NET_WORD = re.compile(r"\b(?:netto\w*|net|imponibile|base|ht|h\.t\.)(?!\w)", re.IGNORECASE)
_FEWEST_RATES = 2
_FEWEST_FIGURES = 3


def rows_in_columns(
    document: DocumentText, printed: Mapping[int, Sequence[Candidate]]
) -> Iterator[TaxRowCandidate]:
    """A row for each rate that heads a column of tax; its base where a column of net names the rate."""
    for index, figures in printed.items():
        money = [one for one in figures if one.valid and not one.percent]
        line = document.lines[index]
        if len(money) < _FEWEST_FIGURES or percents(line.text):
            continue
        heading = next(document.above(line, 1), None)
        if heading and len(set(percents(heading.text))) >= _FEWEST_RATES:
            yield from _rows_under(heading, money, index)


def _rows_under(
    heading: TextLine, money: Sequence[Candidate], index: int
) -> Iterator[TaxRowCandidate]:
    nets: dict[Decimal, Decimal] = {}
    taxes: dict[Decimal, Decimal] = {}
    for cell in heading.line.cells:
        below = [one for one in money if one.box[0] < cell.x1 and one.box[2] > cell.x0]
        rates = percents(cell.text)
        if len(rates) != 1 or len(below) != 1 or below[0].number is None:
            continue
        if TAX_WORD.search(cell.text):
            taxes[rates[0]] = below[0].number
        elif _NET_WORD.search(cell.text):
            nets[rates[0]] = below[0].number
    rows = [TaxRowCandidate(rate, nets.get(rate), tax, index) for rate, tax in taxes.items()]
    if len(rows) >= _FEWEST_RATES and all(row.base is None or row.fits(row.base) for row in rows):
        yield from rows
