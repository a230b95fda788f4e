"""Totals: VAT per category and rate over the summed bases, each rounded once, half up.

Net mode: tax = base x rate. Gross mode (documented prices include the tax): tax = gross x rate /
(100 + rate), base = gross - tax, so that what the customer agreed to pay never moves by a cent;
the net amounts of the lines are shared out to add up to the base.

>>> [str(money) for money in split_gross(Money.of("79.20", "EUR"), Decimal(19))]
['66.55 EUR', '12.65 EUR']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from contor.invoicing.invoice import DocumentAllowance, InvoiceLine, LineTax, TaxLine, Totals
from contor.invoicing.price_digits import fitting_price
from contor.money import Money, minor_digits, round_half_up

TaxGroup = tuple[str, Decimal, str, str, str]


def group_of(tax: LineTax | TaxLine) -> TaxGroup:
    """The VAT group of a line or of a row of the breakdown."""
    return (tax.category, tax.rate, tax.taxed_in, tax.legend, tax.exemption_code)


def split_gross(
    gross: Money, rate: Decimal, first: Literal["tax", "net"] = "tax"
) -> tuple[Money, Money]:
    """Net and tax of a gross amount; ``first`` says which of the two is rounded."""
    digits = minor_digits(gross.currency)
    if first == "net":
        net = Money.of(round_half_up(gross.amount * 100 / (100 + rate), digits), gross.currency)
        return net, gross - net
    tax = Money.of(round_half_up(gross.amount * rate / (100 + rate), digits), gross.currency)
    return gross - tax, tax


@dataclass(frozen=True, slots=True)
class TotalledUp:
    """Lines and allowances with their net amounts, the VAT breakdown, the totals."""

    lines: tuple[InvoiceLine, ...]
    allowances: tuple[DocumentAllowance, ...]
    tax_breakdown: tuple[TaxLine, ...]
    totals: Totals


def total_up(
    lines: Sequence[InvoiceLine],
    allowances: Sequence[DocumentAllowance],
    currency: str,
    price_mode: Literal["net", "gross"],
    *,
    prepaid: Money | None = None,
    rounding: Money | None = None,
    tax_of: Mapping[TaxGroup, Money] | None = None,
) -> TotalledUp:
    """Sum up; lines come with ``charged``, allowances with ``amount``, both in the price mode.

    ``tax_of`` states the tax of groups where it is not computed: the last credit of an invoice
    takes what is left of its tax, so that invoice and credits add up.
    """
    zero = Money(0, currency)
    done_lines: list[InvoiceLine] = list(lines)
    done_allowances: list[DocumentAllowance] = list(allowances)
    breakdown: list[TaxLine] = []
    groups = dict.fromkeys(group_of(line.tax) for line in lines)
    for group in groups:
        at = [i for i, line in enumerate(lines) if group_of(line.tax) == group]
        off = [i for i, row in enumerate(allowances) if group_of(row.tax) == group]
        charged = sum((lines[i].charged for i in at), zero)
        reduced = sum((allowances[i].amount for i in off), zero)
        category, rate, taxed_in, legend, code = group
        base, tax = _base_and_tax(charged - reduced, rate, price_mode, (tax_of or {}).get(group))
        if price_mode == "net":
            nets = [lines[i].charged for i in at]
            off_nets = [allowances[i].amount for i in off]
        else:
            off_nets = [split_gross(allowances[i].amount, rate)[0] for i in off]
            nets = _share([lines[i].charged for i in at], rate, base + sum(off_nets, zero))
        for i, net in zip(at, nets, strict=True):
            done_lines[i] = _with_net(lines[i], net, price_mode)
        for i, net in zip(off, off_nets, strict=True):
            done_allowances[i] = replace(allowances[i], net=net)
        breakdown.append(TaxLine(category, rate, taxed_in, base, tax, legend, code))
    return TotalledUp(
        tuple(done_lines),
        tuple(done_allowances),
        tuple(breakdown),
        _totals(done_lines, done_allowances, breakdown, prepaid or zero, rounding or zero),
    )


def _base_and_tax(
    charged: Money, rate: Decimal, price_mode: Literal["net", "gross"], stated: Money | None
) -> tuple[Money, Money]:
    """Base and tax of a group from its sum in the price mode."""
    if price_mode == "net":
        return charged, charged.times(rate / 100) if stated is None else stated
    if stated is not None:
        return charged - stated, stated
    return split_gross(charged, rate)


def _totals(
    lines: Sequence[InvoiceLine],
    allowances: Sequence[DocumentAllowance],
    breakdown: Sequence[TaxLine],
    prepaid: Money,
    rounding: Money,
) -> Totals:
    zero = Money(0, prepaid.currency)
    line_sum = sum((line.net for line in lines), zero)
    reduced = sum((row.net for row in allowances), zero)
    tax = sum((row.tax for row in breakdown), zero)
    net = line_sum - reduced
    gross = net + tax
    return Totals(line_sum, reduced, net, tax, gross, prepaid, rounding, gross - prepaid + rounding)


def _share(charged: Sequence[Money], rate: Decimal, total: Money) -> list[Money]:
    """Net amounts near ``charged`` without tax that add up to ``total``; big lines take the rest."""
    nets = [split_gross(amount, rate)[0] for amount in charged]
    rest = (total - sum(nets, Money(0, total.currency))).minor
    step = 1 if rest > 0 else -1
    order = sorted(range(len(nets)), key=lambda i: (-abs(charged[i].minor), i))
    for turn in range(abs(rest)):
        i = order[turn % len(order)]
        nets[i] = Money(nets[i].minor + step, total.currency)
    return nets


def _with_net(line: InvoiceLine, net: Money, price_mode: Literal["net", "gross"]) -> InvoiceLine:
    if price_mode == "net":
        return replace(line, net=net, net_price=line.unit_price)
    digits = minor_digits(net.currency)
    exact = net.amount / line.quantity if line.quantity else Decimal(0)
    return replace(line, net=net, net_price=fitting_price(line.quantity, exact, net.amount, digits))
