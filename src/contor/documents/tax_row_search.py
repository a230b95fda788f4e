"""Rows of a VAT breakdown found on the lines of a document: printed whole, in parts, or within a price."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, permutations

from contor.documents.amounts import one_digit_apart
from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText
from contor.documents.tax_columns import rows_in_columns
from contor.documents.tax_rows import PERCENT, RATES, TAX_WORD, TOLERANCE, TaxRowCandidate, percents

_HUNDRED = Decimal(100)
_HALF_CENT = Decimal("0.0051")
_WITHIN = Decimal("0.0151")
_HEADING_ROWS = 5
_CENTS = re.compile(r"\d[.,]\d\d(?!\d)(?!\s?%)")
_MOST_FIGURES = 4
_CENT = Decimal("0.01")


def find_tax_rows(document: DocumentText, amounts: Sequence[Candidate]) -> list[TaxRowCandidate]:
    """VAT rows in order; those with all three figures before those without a base."""
    rows: list[TaxRowCandidate] = []
    printed: dict[int, list[Candidate]] = {}
    nets: set[int] = set()
    for index, group in groupby(amounts, key=lambda candidate: candidate.line):
        line = document.lines[index]
        figures = printed[index] = [_unbracketed(line.text, figure) for figure in group]
        headed = _under_tax_header(document, index)
        taxed = headed or bool(TAX_WORD.search(line.text))
        rates = [
            (Decimal(match[1].replace(",", ".")), match.start())
            for match in PERCENT.finditer(line.text)
        ]
        if not rates and taxed:
            rates = [
                (figure.number, figure.start)
                for figure in sorted(figures, key=lambda figure: figure.valid)  # *7* before *22,00*
                if figure.number in RATES and not figure.money
            ]
            rates = [rate for rate in rates if rate[0]] or rates[:headed]
        if rates:
            taxed = taxed or _under_tax_word(document, index)
            if not taxed and _names_net(document, index):
                nets.add(index)
                taxed = True
            rows.extend(_rows_of(figures, rates, index, taxed=taxed))
        elif headed:
            rows.extend(_row_without_rate(figures, index))
        else:
            rows.extend(_rows_within(document, figures, index))
    rows.extend(_beside(rows, printed))
    rows.extend(rows_in_columns(document, printed))
    paired = [row for row in _paired(rows) if row.base is not None or row.line not in nets]
    rows = [_with_turnover(document, row, printed) for row in paired]
    taxed_rows = {row.rate for row in rows if row.base is not None and row.rate}
    return [row for row in rows if row.rate or len(taxed_rows) > 0]


def _paired(rows: Sequence[TaxRowCandidate]) -> list[TaxRowCandidate]:
    """Rows of one rate that print a turnover and the tax in it, or on it, on lines of their own."""
    bare = [row for row in rows if row.base is None and row.rate]
    whole: dict[int, TaxRowCandidate] = {}
    spent: set[int] = set()
    for first, second in permutations(bare, 2):
        if first.rate != second.rate or {first.line, second.line} & spent:
            continue
        turnover, tax = first.tax, second.tax
        if tax and _is_within(turnover, tax, first.rate):
            whole[second.line] = TaxRowCandidate(first.rate, turnover - tax, tax, second.line)
        elif tax and second.fits(turnover):
            whole[second.line] = second.with_base(turnover)
        else:
            continue
        spent |= {first.line, second.line}
    return [whole.get(row.line, row) for row in rows if row.line not in spent or row.line in whole]


def _with_turnover(
    document: DocumentText, row: TaxRowCandidate, printed: Mapping[int, Sequence[Candidate]]
) -> TaxRowCandidate:
    """A row without a base, and that of a turnover at its rate near by (*Verkäufe 19 % inkl.*)."""
    if row.base is not None or not row.rate:
        return row
    for line in (row.line - 1, row.line + 1):
        money = _amounts(printed.get(line, ()))
        if len(money) != 1 or row.rate not in percents(document.lines[line].text):
            continue
        if _is_within(money[0], row.tax, row.rate):
            return row.with_base(money[0] - row.tax)
        if row.fits(money[0]):
            return row.with_base(money[0])
    return row


def _is_within(price: Decimal, tax: Decimal, rate: Decimal, slack: Decimal = _WITHIN) -> bool:
    """Whether the tax is what a price holds at a rate; tills round line by line."""
    return abs(price * rate / (_HUNDRED + rate) - tax) <= slack


def _beside(
    rows: Sequence[TaxRowCandidate], printed: Mapping[int, Sequence[Candidate]]
) -> list[TaxRowCandidate]:
    """Rows right above or below a whole one whose own rate was not read: all three amounts are there."""
    known = {row.line for row in rows}
    found: list[TaxRowCandidate] = []
    for row in rows:
        for line in (row.line - 1, row.line + 1):
            if row.base is None or line in known or line not in printed:
                continue
            sums = {figure.number for figure in printed[line]}
            found.extend(
                one
                for one in _row_without_rate(printed[line], line)
                if one.base is not None and one.base + one.tax in sums
            )
            known.add(line)
    return found


def _amounts(figures: Sequence[Candidate]) -> list[Decimal]:
    """What is surely money on a line, in its order."""
    return [f.number for f in figures if f.number and f.valid and not f.percent]


def _unbracketed(text: str, figure: Candidate) -> Candidate:
    """A base in brackets is no negative one: *MwSt 19 % (140,65)  26,72*."""
    if figure.number is None or text[: figure.start].rstrip(" €$£")[-1:] != "(":
        return figure
    return replace(figure, number=abs(figure.number))


def _row_without_rate(figures: Sequence[Candidate], line: int) -> list[TaxRowCandidate]:
    """A row of a VAT table whose rate was not read: the one usual rate that base and tax make."""
    money = _amounts(figures)
    found = {
        (rate, base, tax)
        for base, tax in permutations(money[:_MOST_FIGURES], 2)
        for rate in RATES
        if rate and abs(base) > abs(tax) and abs(base * rate / _HUNDRED - tax) <= _CENT
    }
    return [TaxRowCandidate(*row, line) for row in found] if len(found) == 1 else []


def _under_tax_word(document: DocumentText, index: int) -> bool:
    """Whether the line right above says tax, and no figure: *Steuer inkl.:*."""
    above = next(document.above(document.lines[index], 1), None)
    words = above is not None and not any(sign.isdigit() for sign in above.text)
    return bool(above and words and TAX_WORD.search(above.text))


def _names_net(document: DocumentText, index: int) -> bool:
    """Whether a line is about a net amount: *Netto 19 %* with its tax on another line."""
    return any(label.concept in {"net_total", "tax_base"} for label in document.lines[index].labels)


def _under_tax_header(document: DocumentText, index: int) -> bool:
    line = document.lines[index]
    for upper in document.above(line, 5):
        concepts = {label.concept for label in upper.labels}
        if "tax_base" in concepts and ("tax_rate" in concepts or "tax_total" in concepts):
            return True
    return False


def _rows_within(
    document: DocumentText, figures: Sequence[Candidate], index: int
) -> list[TaxRowCandidate]:
    """A price and the tax within it under a heading of tax with its rate: *MwSt (D) 19 %*."""
    money = _amounts(figures)
    if len(money) < 2:
        return []
    for upper in document.above(document.lines[index], _HEADING_ROWS):
        if not TAX_WORD.search(upper.text) or _CENTS.search(upper.text):
            continue
        for rate in percents(upper.text):
            for gross, tax in permutations(money[:_MOST_FIGURES], 2):
                if rate and _is_within(gross, tax, rate, _HALF_CENT):
                    return [TaxRowCandidate(rate, gross - tax, tax, index)]
    return []


def _rows_of(
    figures: Sequence[Candidate],
    rates: Sequence[tuple[Decimal, int]],
    line: int,
    *,
    taxed: bool,
) -> list[TaxRowCandidate]:
    for rate, place in rates:
        printed = [
            figure
            for figure in figures
            if figure.number is not None and not figure.percent and figure.start != place
        ]
        money = [figure.number for figure in printed if figure.number is not None]
        for base, tax in permutations(printed, 2):
            row = _row_of(base, tax, rate, line, taxed=taxed)
            if row is not None:
                return [row]
        if not rate and taxed and len(money) > 1 and 0 in money:
            largest = max(money, key=abs)
            return [TaxRowCandidate(rate, largest, Decimal(0), line)] if largest else []
        misread = _misread_tax(figures, rate, place)
        if taxed and rate and misread:
            return [TaxRowCandidate(rate, *misread, line)]
        named = [figure.number for figure in printed if figure.valid] if len(money) > 1 else money
        if taxed and rate and len(named) == 1 and len(rates) == 1 and named[0] is not None:
            return [TaxRowCandidate(rate, None, named[0], line)]
    return []


def _row_of(
    whole: Candidate, part: Candidate, rate: Decimal, line: int, *, taxed: bool
) -> TaxRowCandidate | None:
    """Base and tax at a rate; or a price and the tax within it, where the line speaks of tax.

    A count beside a price with cents is no tax.
    """
    base, tax = whole.number, part.number
    if not base or not tax or abs(base) <= abs(tax):
        return None
    if whole.valid and not part.valid and not part.money:
        return None
    if abs(base * rate / _HUNDRED - tax) <= TOLERANCE:
        return TaxRowCandidate(rate, base, tax, line)
    if taxed and part.valid and _is_within(base, tax, rate):
        return TaxRowCandidate(rate, base - tax, tax, line)
    return None


def _misread_tax(
    figures: Sequence[Candidate], rate: Decimal, place: int
) -> tuple[Decimal, Decimal] | None:
    """Base and right tax where recognition misread one digit of the tax on that base.

    The row counts only where the rows add up to the document's totals.
    """
    money = [f for f in figures if f.valid and not f.percent and f.start != place]
    if len(money) < 2 or all(figure.confidence == 1 for figure in money):
        return None
    base, printed = money[0].number, money[-1].number
    if base is None or printed is None:
        return None
    tax = (base * rate / _HUNDRED).quantize(_CENT, ROUND_HALF_UP)
    return (base, tax) if tax and one_digit_apart(printed, tax) else None
