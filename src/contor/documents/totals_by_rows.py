"""What the rows of a VAT table say of net, tax and gross: their sums, their shares, a tax within a price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from contor.documents.candidates import Candidate
from contor.documents.chosen_amounts import Choice, Totals
from contor.documents.tax_rows import RATES, TaxRowCandidate, usual_rate

_CENT = Decimal("0.01")
_MOST_ROWS = 8
_ROW_SUM = 0.6
_ROUNDING = Decimal("0.05")
LABELLED = 0.6
"""What a wording beside an amount says at least where it names it."""


def with_tax_within(
    gross: Choice | None, taxes: Mapping[Decimal, Choice], rows: Sequence[TaxRowCandidate]
) -> Totals | None:
    """A named total with a row of tax that makes it up; the net is not printed."""
    if gross is None or gross.score < LABELLED:
        return None
    for row in rows:
        if row.rate and row.base is not None and row.base + row.tax == gross.value:
            tax = taxes.get(row.tax) or Choice(row.tax, None, _ROW_SUM)
            return Totals(Choice(row.base, None, _ROW_SUM), tax, gross, (row,), adds_up=True)
    return None


def with_its_rest(gross: Choice | None, rows: Sequence[TaxRowCandidate]) -> Totals | None:
    """A named total and a tax at its rate on the rest of it, where no net is printed."""
    if gross is None or gross.score < LABELLED:
        return None
    for row in rows:
        rest = gross.value - row.tax
        if row.rate and row.tax and row.base in (None, rest) and row.fits(rest):
            net, tax = Choice(rest, None, _ROW_SUM), Choice(row.tax, None, _ROW_SUM)
            return Totals(net, tax, gross, (row.with_base(rest),))
    return None


def with_its_tax(
    nets: Mapping[Decimal, Choice],
    taxes: Mapping[Decimal, Choice],
    gross: Choice | None,
    rows: Sequence[TaxRowCandidate],
    amounts: Sequence[Candidate],
) -> Totals | None:
    """A named net and the tax printed at its rate, where the total below is another.

    It was rounded to the smallest coin, or a credit was taken off it that is printed, too: the
    document's total is then the sum, and what is printed is left to be paid.
    """
    printed = {abs(c.number) for c in amounts if c.number is not None and c.valid}
    for net in sorted(nets.values(), key=lambda choice: -choice.score):
        for row in rows:
            own = row.rate and row.base in (None, net.value) and row.fits(net.value)
            if gross is None or net.score < LABELLED or not own:
                continue
            short = net.value + row.tax - gross.value
            tax = taxes.get(row.tax) or Choice(row.tax, None, _ROW_SUM)
            agreeing = (row.with_base(net.value),)
            if abs(short) <= _ROUNDING:
                return Totals(net, tax, gross, agreeing, adds_up=True)
            if short > 0 and short in printed:
                total = Choice(net.value + row.tax, None, gross.score)
                return Totals(net, tax, total, agreeing, adds_up=True)
    return None


def add_row_sums(
    nets: dict[Decimal, Choice],
    taxes: dict[Decimal, Choice],
    rows: Sequence[TaxRowCandidate],
    grosses: Mapping[Decimal, Choice],
) -> None:
    """Sums over several VAT rows that are not printed as such."""
    printed = {
        (row.rate, row.tax): row
        for row in rows
        if row.rate in RATES or (row.rate and any(row.fits(net) for net in nets))
    }
    if len({rate for rate, _ in printed}) == len(printed) > 1:
        tax = sum((row.tax for row in printed.values()), Decimal(0))
        taxes.setdefault(tax, Choice(tax, None, _ROW_SUM))
    whole = _whole(rows)
    if len(whole) < 2:
        return
    _add_sum(nets, taxes, whole)
    named = {value for value, gross in grosses.items() if gross.score >= LABELLED}
    few = whole[:_MOST_ROWS]
    for size in range(2, len(few)):
        for group in combinations(few, size):
            if sum(_sums(group)) in named:
                _add_sum(nets, taxes, group)  # the others were none


def add_rest(
    nets: dict[Decimal, Choice],
    taxes: dict[Decimal, Choice],
    rows: Sequence[TaxRowCandidate],
    grosses: Mapping[Decimal, Choice],
    amounts: Sequence[Candidate],
) -> None:
    """What a named total leaves beside the tax at a rate, where it is printed: it is the net.

    Nothing need call it so: of *Total 381.12, VAT 19 % 72.41, Gross 453.53* the first is no gross.
    """
    for row in rows:
        if row.base is not None or row.rate not in RATES or not row.tax:
            continue
        for gross in grosses.values():
            rest = gross.value - row.tax
            if gross.score < LABELLED or not row.fits(rest):
                continue
            shown = next((c for c in amounts if c.number == rest and c.valid), None)
            known = nets.get(rest)
            if shown and (known is None or known.score < _ROW_SUM):
                nets[rest] = Choice(rest, shown, _ROW_SUM)
                taxes.setdefault(row.tax, Choice(row.tax, None, _ROW_SUM))


def _add_sum(
    nets: dict[Decimal, Choice], taxes: dict[Decimal, Choice], rows: Sequence[TaxRowCandidate]
) -> None:
    base, tax = _sums(rows)
    nets.setdefault(base, Choice(base, None, 0.4))
    taxes.setdefault(tax, Choice(tax, None, 0.4))


def _distinct(rows: Sequence[TaxRowCandidate]) -> list[TaxRowCandidate]:
    """The rows, those printed more than once counted once."""
    return list({(row.rate, row.base, row.tax): row for row in rows}.values())


def _whole(rows: Sequence[TaxRowCandidate]) -> list[TaxRowCandidate]:
    """Those of the rows that have a base, too."""
    return [row for row in _distinct(rows) if row.base is not None]


def _sums(rows: Sequence[TaxRowCandidate]) -> tuple[Decimal, Decimal]:
    """The sum of the bases and that of the taxes."""
    bases = sum((row.base or Decimal(0) for row in rows), Decimal(0))
    return bases, sum((row.tax for row in rows), Decimal(0))


def shares_of_whole(
    rows: Sequence[TaxRowCandidate], grosses: Mapping[Decimal, Choice]
) -> frozenset[tuple[Decimal, Decimal]]:
    """Base and tax of rows of several rates, where a total is printed that may hold them all."""
    whole = _whole(rows)
    if len({row.rate for row in whole}) < 2:
        return frozenset()
    base, tax = _sums(whole)
    named = (abs(gross.value) for gross in grosses.values() if gross.score >= LABELLED)
    if max(named, default=Decimal(0)) < abs(base + tax):
        return frozenset()
    return frozenset((row.base, row.tax) for row in whole if row.base is not None)


def agreeing_rows(
    rows: Sequence[TaxRowCandidate], net: Decimal, tax: Decimal
) -> tuple[TaxRowCandidate, ...]:
    """The VAT rows that sum up to net and tax: one row, one a rate, or all of them.

    Of rows that agree, those of several rates: one beside them is their sum, whatever rate it makes.
    """
    whole = _whole(rows)[:_MOST_ROWS]
    agreeing = (
        group
        for size in range(1, len(whole) + 1)
        for group in combinations(whole, size)
        if all(abs(a - b) <= _CENT for a, b in zip(_sums(group), (net, tax), strict=True))
    )
    group = next(agreeing, ())
    if len(group) == 1:
        mixed = (group for group in agreeing if len({row.rate for row in group}) > 1)
        group = next(mixed, group)
    if group:
        return tuple(sorted(group, key=lambda row: (row.line, row.rate)))
    if usual_rate(net, tax) < 1:
        for row in whole:
            if row.rate and row.tax == tax and 0 < (row.base or 0) < net:
                return (row,)  # the rest bears no tax
    bare = [row for row in _distinct(rows) if row.base is None]
    for row in bare:
        if abs(row.tax - tax) <= _CENT and row.fits(net):
            return (row.with_base(net),)
    rates = {row.rate for row in bare}
    if len(rates) == len(bare) > 1 and sum((row.tax for row in bare), Decimal(0)) == tax:
        return tuple(sorted(bare, key=lambda row: (row.line, row.rate)))
    return ()
