"""The second calculator: every figure computed again, another way, before a number is spent.

It works on whole minor units and fractions of them and shares no code with the first one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from contor.errors import Finding
from contor.invoicing.invoice import Invoice, InvoiceLine
from contor.money import Money, minor_digits


def check_recomputed(invoice: Invoice) -> list[Finding]:
    """A finding ``g20_recomputed`` for each figure that the second path does not reproduce."""
    return [
        Finding("g20_recomputed", "error", f"{what}: {money} is not {other}.", (field,))
        for what, field, money, other in _compared(invoice)
        if money.minor != other
    ]


def _half_up(value: Fraction) -> int:
    """The whole number nearest to the value, halves away from zero."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return -whole if value < 0 else whole


def _compared(invoice: Invoice) -> Iterator[tuple[str, str, Money, int]]:
    scale = 10 ** minor_digits(invoice.currency)
    net_mode = invoice.price_mode == "net"
    groups: defaultdict[tuple[str, Fraction, str], int] = defaultdict(int)
    nets: defaultdict[tuple[str, Fraction, str], int] = defaultdict(int)
    for line in invoice.lines:
        yield from _line(line, scale)
        group = (line.tax.category, Fraction(line.tax.rate), line.tax.taxed_in)
        groups[group] += line.charged.minor
        nets[group] += line.net.minor
    for allowance in invoice.allowances:
        group = (allowance.tax.category, Fraction(allowance.tax.rate), allowance.tax.taxed_in)
        groups[group] -= allowance.amount.minor
        nets[group] -= allowance.net.minor
    for row in invoice.tax_breakdown:
        group = (row.category, Fraction(row.rate), row.taxed_in)
        what = f"{row.category} {row.rate} %"
        yield f"base of {what}", "tax_breakdown", row.base, nets[group]
        amount, rate = groups.pop(group, 0), group[1]
        tax = _half_up(amount * rate / (100 if net_mode else 100 + rate))
        if invoice.kind != "credit_note" or abs(row.tax.minor - tax) > 1:
            yield f"tax of {what}", "tax_breakdown", row.tax, tax
        if not net_mode:
            yield f"gross of {what}", "tax_breakdown", row.base + row.tax, amount
    for (category, rate, _), amount in groups.items():
        yield (
            f"breakdown of {category} {rate} %",
            "tax_breakdown",
            Money(0, invoice.currency),
            amount,
        )
    yield from _totals(invoice)


def _line(line: InvoiceLine, scale: int) -> Iterator[tuple[str, str, Money, int]]:
    exact = Fraction(line.quantity) * Fraction(line.unit_price) * scale
    reduced = sum(row.amount.minor for row in line.discounts)
    yield f"amount of line {line.id}", "lines", line.amount, _half_up(exact)
    yield f"line {line.id} after discount", "lines", line.charged, line.amount.minor - reduced
    if not line.discounts or line.net_price != line.unit_price:
        net = _half_up(Fraction(line.quantity) * Fraction(line.net_price) * scale)
        yield f"net of line {line.id}", "lines", line.net, net


def _totals(invoice: Invoice) -> Iterator[tuple[str, str, Money, int]]:
    totals = invoice.totals
    lines = sum(line.net.minor for line in invoice.lines)
    reduced = sum(row.net.minor for row in invoice.allowances)
    tax = sum(row.tax.minor for row in invoice.tax_breakdown)
    yield "sum of lines", "totals", totals.lines, lines
    yield "sum of allowances", "totals", totals.allowances, reduced
    yield "net total", "totals", totals.net, lines - reduced
    yield "tax total", "totals", totals.tax, tax
    yield "gross total", "totals", totals.gross, lines - reduced + tax
    payable = lines - reduced + tax - totals.prepaid.minor + totals.rounding.minor
    yield "payable", "totals", totals.payable, payable
