"""Net, tax and gross chosen together, so that they add up.

Every printed amount has a score for each role. Of all triples with net + tax = gross the one with
the best sum wins; where none adds up, the roles are filled one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from contor.documents.candidates import Candidate
from contor.documents.tax_rows import TaxRowCandidate, usual_rate

Scores = Mapping[str, Sequence[float]]
"""Role -> score of each amount candidate."""

_CENT = Decimal("0.01")
_MOST = 14
_ADDS_UP = 0.9
_USUAL_RATE = 0.35
_ROWS_AGREE = 0.8


@dataclass(frozen=True, slots=True)
class Choice:
    """A value for a role: the candidate it was read from, None where it was derived."""

    value: Decimal
    candidate: Candidate | None
    score: float


@dataclass(frozen=True, slots=True)
class Totals:
    """The chosen amounts; ``adds_up`` when net + tax = gross was read, not derived."""

    net: Choice | None
    tax: Choice | None
    gross: Choice | None
    rows: tuple[TaxRowCandidate, ...] = ()
    adds_up: bool = False


def choose_totals(
    amounts: Sequence[Candidate], scores: Scores, rows: Sequence[TaxRowCandidate]
) -> Totals:
    """The best consistent choice of net, tax and gross."""
    nets = _best_by_value(amounts, scores["net_total"])
    taxes = _best_by_value(amounts, scores["tax_total"])
    grosses = _best_by_value(amounts, scores["gross_total"])
    _add_row_sums(nets, taxes, rows)
    best = _best_triple(nets, taxes, grosses, rows)
    gross = _top(grosses)
    if best and (not gross or best[0] >= gross.score + 0.25 or best[3].value == gross.value):
        _, net, tax, chosen = best
        agreeing = _agreeing_rows(rows, net.value, tax.value)
        return Totals(net, tax, chosen, agreeing, adds_up=True)
    net, tax = _top(nets, 0.45), _top(taxes, 0.45)
    if gross and net and not tax and abs(gross.value) > abs(net.value):
        tax = Choice(gross.value - net.value, None, 0.3)
    return Totals(net, tax, gross)


def _best_by_value(
    amounts: Sequence[Candidate], scores: Sequence[float]
) -> dict[Decimal, Choice]:
    """The best candidate of each value, the values in order of score."""
    best: dict[Decimal, Choice] = {}
    for candidate, score in zip(amounts, scores, strict=True):
        assert candidate.number is not None
        old = best.get(candidate.number)
        if old is None or score > old.score:
            best[candidate.number] = Choice(candidate.number, candidate, score)
    ordered = sorted(best.values(), key=lambda choice: -choice.score)[:_MOST]
    return {choice.value: choice for choice in ordered if choice.score > 0.02}


def _add_row_sums(
    nets: dict[Decimal, Choice], taxes: dict[Decimal, Choice], rows: Sequence[TaxRowCandidate]
) -> None:
    """Sums over several VAT rows that are not printed as such."""
    distinct = {(row.rate, row.base, row.tax): row for row in rows if row.base is not None}
    if len({row.rate for row in distinct.values()}) < 2 and len(distinct) < 2:
        return
    base = sum((row.base or Decimal(0) for row in distinct.values()), Decimal(0))
    tax = sum((row.tax for row in distinct.values()), Decimal(0))
    nets.setdefault(base, Choice(base, None, 0.4))
    taxes.setdefault(tax, Choice(tax, None, 0.4))


def _best_triple(
    nets: Mapping[Decimal, Choice],
    taxes: Mapping[Decimal, Choice],
    grosses: Mapping[Decimal, Choice],
    rows: Sequence[TaxRowCandidate],
) -> tuple[float, Choice, Choice, Choice] | None:
    best: tuple[float, Choice, Choice, Choice] | None = None
    for gross in grosses.values():
        for net in nets.values():
            difference = gross.value - net.value
            if not difference or difference * gross.value < 0 or net.value * gross.value <= 0:
                continue
            tax = taxes.get(difference)
            if tax is None or tax.candidate is not None and tax.candidate is net.candidate:
                continue
            score = gross.score + 0.8 * net.score + 0.8 * tax.score + _ADDS_UP
            score += _USUAL_RATE * usual_rate(net.value, tax.value)
            if _agreeing_rows(rows, net.value, tax.value):
                score += _ROWS_AGREE
            if best is None or score > best[0]:
                best = (score, net, tax, gross)
    if best and best[1].score + best[2].score < 0.15:
        return None
    return best


def _agreeing_rows(
    rows: Sequence[TaxRowCandidate], net: Decimal, tax: Decimal
) -> tuple[TaxRowCandidate, ...]:
    """The VAT rows that sum up to net and tax: one row, one a rate, or all of them."""
    distinct = list({(row.rate, row.base, row.tax): row for row in rows}.values())
    groups = [[row] for row in distinct]
    groups.append(list({row.rate: row for row in reversed(distinct)}.values()))
    groups.append(distinct)
    for group in groups:
        if not group or any(row.base is None for row in group):
            continue
        base = sum((row.base or Decimal(0) for row in group), Decimal(0))
        if abs(base - net) <= _CENT and abs(sum(row.tax for row in group) - tax) <= _CENT:
            return tuple(sorted(group, key=lambda row: (row.line, row.rate)))
    for row in distinct:
        if row.base is None and abs(row.tax - tax) <= _CENT and row.fits(net):
            return (row.with_base(net),)
    return ()


def _top(choices: Mapping[Decimal, Choice], least: float = 0.2) -> Choice | None:
    best = max(choices.values(), key=lambda choice: choice.score, default=None)
    return best if best and best.score >= least else None
