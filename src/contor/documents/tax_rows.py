"""Rows of a VAT breakdown as printed: rate, base and tax on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText

_RATES = tuple(
    Decimal(rate)
    for rate in ["19", "7", "16", "5", "20", "10", "5.5", "2.1", "22", "4", "21", "9", "6", "8.1", "2.6", "3.8", "7.7", "2.5", "13", "25", "12", "8.5", "23", "8", "24", "27", "18", "0"]
)  # fmt: skip
_HUNDRED = Decimal(100)
_TOLERANCE = Decimal("0.02")
_TAX_WORD = re.compile(
    r"\b(?:mwst|ust|umsatzst|mehrwertst|vat|tva|iva|gst|tax|steuer|btw|umsatzsteuer)", re.IGNORECASE
)
_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d{1,3})?)\s?%")


@dataclass(frozen=True, slots=True)
class TaxRowCandidate:
    """Rate in percent, base and tax; ``line`` of the document it stands on."""

    rate: Decimal
    base: Decimal | None
    tax: Decimal
    line: int

    def fits(self, base: Decimal) -> bool:
        """Whether the rate on this base gives the tax, to two cents."""
        return abs(base * self.rate / _HUNDRED - self.tax) <= _TOLERANCE

    def with_base(self, base: Decimal) -> TaxRowCandidate:
        """The row with a base derived elsewhere."""
        return replace(self, base=base)


def usual_rate(net: Decimal, tax: Decimal) -> float:
    """1.0 when tax is a usual European rate of net (or a mix of two), else less.

    >>> usual_rate(Decimal("100.00"), Decimal("19.00")), usual_rate(Decimal(100), Decimal(61))
    (1.0, -1.0)
    """
    if any(abs(net * rate / _HUNDRED - tax) <= _TOLERANCE for rate in _RATES if rate):
        return 1.0
    return 0.3 if 0 < tax / net <= Decimal("0.27") else -1.0


def find_tax_rows(document: DocumentText, amounts: Sequence[Candidate]) -> list[TaxRowCandidate]:
    """VAT rows in order; those with all three figures before those without a base."""
    rows: list[TaxRowCandidate] = []
    for index, group in groupby(amounts, key=lambda candidate: candidate.line):
        line = document.lines[index]
        figures = list(group)
        taxed = bool(_TAX_WORD.search(line.text)) or _under_tax_header(document, index)
        rates = [
            (Decimal(match[1].replace(",", ".")), match.start())
            for match in _PERCENT.finditer(line.text)
        ]
        if not rates and taxed:
            rates = [
                (figure.number, figure.start)
                for figure in figures
                if figure.number in _RATES and figure.number and not figure.money
            ]
        if rates:
            rows.extend(_rows_of(figures, rates, index, taxed=taxed))
    return rows


def _under_tax_header(document: DocumentText, index: int) -> bool:
    line = document.lines[index]
    for upper in document.above(line, 5):
        concepts = {label.concept for label in upper.labels}
        if "tax_base" in concepts and ("tax_rate" in concepts or "tax_total" in concepts):
            return True
    return False


def _rows_of(
    figures: Sequence[Candidate],
    rates: Sequence[tuple[Decimal, int]],
    line: int,
    *,
    taxed: bool,
) -> list[TaxRowCandidate]:
    for rate, place in rates:
        money = [
            figure.number
            for figure in figures
            if figure.number is not None and not figure.percent and figure.start != place
        ]
        for base in money:
            for tax in money:
                close = abs(base * rate / _HUNDRED - tax) <= _TOLERANCE
                if close and tax and abs(base) > abs(tax):
                    return [TaxRowCandidate(rate, base, tax, line)]
        if taxed and rate and len(money) == 1 and len(rates) == 1:
            return [TaxRowCandidate(rate, None, money[0], line)]
    return []
