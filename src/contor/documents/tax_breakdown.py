"""The VAT breakdown of a document (BG-23): the rows as printed, their bases where only lines tell.

Many invoices print *zzgl. 19 % USt. 538,87* and *zzgl. 7 % USt. 13,99* and leave the base of each
rate to the reader: it is the sum of the lines taxed at that rate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from contor.documents.amounts import plain
from contor.documents.chosen_amounts import Totals
from contor.documents.reading import LineItem, TaxRow
from contor.documents.tax_rows import TaxRowCandidate, percents, usual_rate
from contor.documents.untaxed import reason_untaxed

_MOST_LINES = 16
_HALF_CENT = Decimal("0.0051")
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


def tax_breakdown(
    totals: Totals, items: Sequence[LineItem], texts: Sequence[str]
) -> tuple[TaxRow, ...]:
    """The rows of the breakdown in the order printed; a base stays unknown where nothing tells it."""
    rows = _merged(totals.rows or _single_row(totals, items, texts))
    rows = rows or _rows_of_lines(totals, items)
    if any(row.base is None for row in rows):
        rows = _with_bases(rows, items, totals)
    rest = _untaxed_rest(rows, items, totals)
    if rest is not None:
        rows = [*rows, TaxRowCandidate(Decimal(0), rest, Decimal(0), 0)]
    return tuple(_printed(row, texts) for row in rows)


def _single_row(
    totals: Totals, items: Sequence[LineItem], texts: Sequence[str]
) -> tuple[TaxRowCandidate, ...]:
    """A breakdown of one row where net and tax make a rate that is usual, or printed.

    A net that is not printed is proven by the lines.
    """
    if not (totals.net and totals.tax and totals.tax.value and totals.net.value):
        return ()
    net, tax = totals.net.value, totals.tax.value
    exact = tax / net * _HUNDRED
    row = TaxRowCandidate(exact.quantize(Decimal("0.1")), net, tax, 0)
    if usual_rate(net, tax) < 1:
        printed = [rate for text in texts for rate in percents(text)]
        row = next(
            (replace(row, rate=rate) for rate in printed if replace(row, rate=rate).fits(net)), row
        )
        if row.rate not in printed:
            return ()
    proven = totals.adds_up or sum((Decimal(item.net or 0) for item in items), Decimal(0)) == net
    return (row,) if row.fits(net) and proven else ()


def _rows_of_lines(totals: Totals, items: Sequence[LineItem]) -> list[TaxRowCandidate]:
    """A row for each rate that the lines name, where the taxes on them make the tax printed.

    Some programs round the tax on each line, others on the sum; a reduction bears the tax of the
    line above it.
    """
    if not (totals.net and totals.tax and totals.tax.value):
        return []
    taxed: dict[Decimal, list[Decimal]] = {}
    rate = None
    for item in items:
        net = Decimal(item.net or 0)
        rate = Decimal(item.rate) if item.rate else rate if net < 0 else None
        if rate is None:
            return []
        taxed.setdefault(rate, []).append(net)
    sums = {rate: sum(nets, Decimal(0)) for rate, nets in taxed.items()}
    if sum(sums.values(), Decimal(0)) != totals.net.value:
        return []
    for parts in ({rate: [net] for rate, net in sums.items()}, taxed):
        taxes = {rate: sum((_tax(net, rate) for net in parts[rate]), Decimal(0)) for rate in sums}
        if sum(taxes.values(), Decimal(0)) == totals.tax.value:
            return [TaxRowCandidate(rate, sums[rate], taxes[rate], 0) for rate in sums]
    return []


def _tax(net: Decimal, rate: Decimal) -> Decimal:
    return (net * rate / _HUNDRED).quantize(_CENT, ROUND_HALF_UP)


def _merged(rows: Sequence[TaxRowCandidate]) -> list[TaxRowCandidate]:
    """One row a rate: goods and freight at the same rate are one row of the breakdown."""
    found: dict[Decimal, TaxRowCandidate] = {}
    for row in rows:
        old = found.get(row.rate)
        if old is None or old.base is None or row.base is None:
            found.setdefault(row.rate, row)
        else:
            found[row.rate] = replace(old, base=old.base + row.base, tax=old.tax + row.tax)
    return list(found.values())


def _with_bases(
    rows: Sequence[TaxRowCandidate], items: Sequence[LineItem], totals: Totals
) -> list[TaxRowCandidate]:
    """The base of each rate from the lines, where exactly one sharing out gives every tax."""
    nets = [Decimal(item.net) for item in items if item.net]
    if totals.net and all(_makes(row, totals.net.value) for row in rows):
        return [row.with_base(totals.net.value) for row in rows]  # federal and local tax
    if totals.net is None or sum(nets, Decimal(0)) != totals.net.value:
        return list(rows)
    by_rate: dict[Decimal, Decimal] = {}
    for item in items:
        if item.rate and item.net:
            rate = Decimal(item.rate)
            by_rate[rate] = by_rate.get(rate, Decimal(0)) + Decimal(item.net)
    if all(row.rate in by_rate and _makes(row, by_rate[row.rate]) for row in rows):
        return [row.with_base(by_rate[row.rate]) for row in rows]
    if len(rows) == 2 and len(nets) <= _MOST_LINES:
        shares = set(_shares(rows, nets, totals.net.value))
        if len(shares) == 1:
            first, second = shares.pop()
            return [rows[0].with_base(first), rows[1].with_base(second)]
    return list(rows)


def _shares(
    rows: Sequence[TaxRowCandidate], nets: Sequence[Decimal], net: Decimal
) -> Iterator[tuple[Decimal, Decimal]]:
    """Ways to share the lines among two rates so that both taxes come out."""
    for size in range(1, len(nets)):
        for group in combinations(nets, size):
            first = sum(group, Decimal(0))
            if _makes(rows[0], first) and _makes(rows[1], net - first):
                yield first, net - first


def _makes(row: TaxRowCandidate, base: Decimal) -> bool:
    return abs(base * row.rate / _HUNDRED - row.tax) <= _HALF_CENT


def _untaxed_rest(
    rows: Sequence[TaxRowCandidate], items: Sequence[LineItem], totals: Totals
) -> Decimal | None:
    """What of the net bears no tax: all of it, or the lines without a rate beside those taxed."""
    if totals.net is None or totals.tax is None or any(row.rate == 0 for row in rows):
        return None
    if not rows:
        return totals.net.value if totals.tax.value == 0 else None
    if any(row.base is None for row in rows):
        return None
    rest = totals.net.value - sum((row.base or Decimal(0) for row in rows), Decimal(0))
    free = [
        Decimal(item.net)
        for item in items
        if item.net and (item.rate is None or Decimal(item.rate) == 0)
    ]
    return rest if rest and free and sum(free, Decimal(0)) == rest else None


def _printed(row: TaxRowCandidate, texts: Sequence[str]) -> TaxRow:
    """A row of the breakdown for the reading; why no tax is charged is told by the wording."""
    base = plain(row.base) if row.base is not None else None
    category: str | None = "S"
    if not row.rate:
        category = reason_untaxed(texts)
    return TaxRow(category, plain(row.rate), base, plain(row.tax))
