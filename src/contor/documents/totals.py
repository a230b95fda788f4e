"""Net, tax and gross chosen together, so that they add up.

Every printed amount has a score for each role. Of all triples with net + tax = gross the one with
the best sum wins; where none adds up, the roles are filled one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from contor.documents.amounts import is_product
from contor.documents.candidates import Candidate
from contor.documents.chosen_amounts import Choice, Totals
from contor.documents.table_sums import sum_row
from contor.documents.tax_rows import TaxRowCandidate, usual_rate
from contor.documents.totals_by_rows import (
    LABELLED,
    add_rest,
    add_row_sums,
    agreeing_rows,
    shares_of_whole,
    with_its_rest,
    with_its_tax,
    with_tax_within,
)

Scores = Mapping[str, Sequence[float]]
"""Role -> score of each amount candidate."""

_MOST = 14
_ADDS_UP = 0.9
_USUAL_RATE = 0.35
_ROWS_AGREE = 0.8
_LARGEST = 0.5
_SUMS_UP = 0.2
_MARGIN = 0.35
_MOST_TAX = Decimal("0.5")
"""No rate of tax on sales comes near half; shares of a market add up, too."""
_ROUNDING = Decimal("0.05")
_COLUMN_LINES = 8
_ALIGNED = 4.0
_A_SHARE = 2.0
_SAID, _SAID_WELL = 0.15, 0.5
"""How much must speak for net and tax together: more where the rate is none that is usual."""


def choose_totals(
    amounts: Sequence[Candidate],
    scores: Scores,
    rows: Sequence[TaxRowCandidate],
    settled: Candidate | None = None,
    rated: frozenset[int] = frozenset(),
) -> Totals:
    """The best consistent choice of net, tax and gross; ``settled`` is the gross where it is known.

    On the lines ``rated`` a percentage is printed: what stands there is a share, no sum of others.
    """
    roles = ("net_total", "tax_total", "gross_total")
    named = [max(row) >= LABELLED for row in zip(*(scores[role] for role in roles), strict=True)]
    apart = [name or c.line in rated for name, c in zip(named, amounts, strict=True)]
    parts = _column_parts(amounts, apart)
    promoted = {role: _promoted(scores[role], parts) for role in roles}
    nets = _best_by_value(amounts, promoted["net_total"])
    taxes = _best_by_value(amounts, promoted["tax_total"])
    grosses = _best_by_value(amounts, promoted["gross_total"])
    if settled is not None:
        grosses = _around(settled, grosses)
    add_row_sums(nets, taxes, rows, grosses)
    add_rest(nets, taxes, rows, grosses, amounts)
    best = _best_triple(nets, _but_prices(taxes, amounts), grosses, rows)
    gross = _top(grosses)
    within = with_tax_within(gross, taxes, rows)
    bare = with_its_rest(gross, rows)
    untaxed = None if within or bare else _untaxed(nets, taxes, gross)
    if untaxed and (best is None or not _is_credible(*best[1:])):
        tax = taxes.get(Decimal(0)) or Choice(Decimal(0), None, 0.6)
        return Totals(nets[untaxed.value], tax, untaxed, (), adds_up=Decimal(0) in taxes)
    if best and (not gross or best[3].score >= gross.score - _MARGIN):
        _, net, tax, chosen = _of_sum_row(best, amounts)
        if gross and gross.score > chosen.score + 0.1 and _rounded(gross, chosen):
            chosen = gross
        agreeing = agreeing_rows(rows, net.value, tax.value)
        return Totals(net, tax, chosen, agreeing, adds_up=True)
    if within:
        return within
    taxed = with_its_tax(nets, taxes, gross, rows, amounts)
    if taxed:
        return taxed
    if gross:  # *Total inkl. MwSt* says tax, too
        most = _MOST_TAX * abs(gross.value)
        taxes = {value: tax for value, tax in taxes.items() if abs(value) < most}
    only_net, only_tax = _top(_but_prices(nets, amounts), 0.45), _top(taxes, 0.45)
    if bare and only_tax is None:
        return bare
    if gross and only_net and only_tax is None and abs(gross.value) > abs(only_net.value):
        only_tax = _rest(only_net, gross, amounts, rated)
        if only_tax.candidate is not None:
            agreeing = agreeing_rows(rows, only_net.value, only_tax.value)
            return Totals(only_net, only_tax, gross, agreeing, adds_up=True)
    if gross and only_tax and only_net is None:
        rest = gross.value - only_tax.value
        if rest and only_tax.value and usual_rate(rest, only_tax.value) == 1.0:
            only_net = Choice(rest, None, 0.3)  # *davon MwSt*: the net is not printed
    return Totals(only_net, only_tax, gross)


def _is_credible(net: Choice, tax: Choice, gross: Choice) -> bool:
    """Whether net, tax and gross make a usual rate, or are called so each: a mix of rates is none."""
    named = min(net.score, tax.score, gross.score) >= LABELLED and tax.value != 0
    return named or usual_rate(net.value, tax.value) == 1


def _rest(
    net: Choice, gross: Choice, amounts: Sequence[Candidate], rated: frozenset[int]
) -> Choice:
    """The difference of net and gross: read where it is printed beside a percentage."""
    rest = gross.value - net.value
    named = net.score >= LABELLED and usual_rate(net.value, rest) == 1.0
    shown = next((c for c in amounts if c.number == rest and c.valid and c.line in rated), None)
    return Choice(rest, shown, LABELLED) if named and shown else Choice(rest, None, 0.3)


def _of_sum_row(
    best: tuple[float, Choice, Choice, Choice], amounts: Sequence[Candidate]
) -> tuple[float, Choice, Choice, Choice]:
    """The sums of a table with net, tax and gross in each row, where one of its rows was chosen."""
    score, net, tax, gross = best
    if net.candidate is None or tax.candidate is None or gross.candidate is None:
        return best
    row = sum_row((net.candidate, tax.candidate, gross.candidate), amounts)
    if row is None:
        return best
    summed = [
        Choice(figure.number or Decimal(0), figure, choice.score)
        for figure, choice in zip(row, (net, tax, gross), strict=True)
    ]
    return score, summed[0], summed[1], summed[2]


def without_tax(totals: Totals) -> Totals:
    """The totals of a paper that says no tax is charged: net and gross are one amount."""
    net, tax, gross = totals.net, totals.tax, totals.gross
    if (tax and tax.value) or (net and gross and net.value != gross.value):
        return totals
    known = gross or net
    if known is None:
        return totals
    derived = Choice(known.value, None, known.score)
    nothing = tax or Choice(Decimal(0), None, known.score)
    return replace(totals, net=net or derived, tax=nothing, gross=gross or derived)


def _best_by_value(amounts: Sequence[Candidate], scores: Sequence[float]) -> dict[Decimal, Choice]:
    """The best candidate of each value, the values in order of score."""
    best: dict[Decimal, Choice] = {}
    for candidate, score in zip(amounts, scores, strict=True):
        assert candidate.number is not None
        old = best.get(candidate.number)
        if old is None or score > old.score:
            best[candidate.number] = Choice(candidate.number, candidate, score)
    ordered = sorted(best.values(), key=lambda choice: -choice.score)[:_MOST]
    return {choice.value: choice for choice in ordered if choice.score > 0.02}


def _but_prices(
    choices: Mapping[Decimal, Choice], amounts: Sequence[Candidate]
) -> dict[Decimal, Choice]:
    """The choices without what nothing names and pieces × price on its line make: a line's total."""
    by_line: dict[int, list[Candidate]] = {}
    for amount in amounts:
        by_line.setdefault(amount.line, []).append(amount)
    return {
        value: choice
        for value, choice in choices.items()
        if choice.candidate is None
        or choice.score >= LABELLED
        or not _is_product(choice.candidate, by_line[choice.candidate.line])
    }


def _is_product(total: Candidate, line: Sequence[Candidate]) -> bool:
    others = [one.number for one in line if one is not total and one.number and one.number != 1]
    return is_product(total.number, others)


def _around(settled: Candidate, grosses: Mapping[Decimal, Choice]) -> dict[Decimal, Choice]:
    """The settled gross, and what it may have been before it was rounded to the smallest coin."""
    assert settled.number is not None
    near = {
        value: replace(choice, score=min(choice.score, 1 - _MARGIN))
        for value, choice in grosses.items()
        if 0 < abs(value - settled.number) <= _ROUNDING
    }
    return {settled.number: Choice(settled.number, settled, 1.0), **near}


def _rounded(gross: Choice, sum_of_parts: Choice) -> bool:
    """Whether the gross is the sum rounded to the smallest coin."""
    return abs(gross.value - sum_of_parts.value) <= _ROUNDING


def _column_parts(amounts: Sequence[Candidate], apart: Sequence[bool]) -> dict[int, list[int]]:
    """Figures that sum up the figures above them, with these; those ``apart`` need no such proof."""
    found: dict[int, list[int]] = {}
    for index, candidate in enumerate(amounts):
        if apart[index] or not candidate.number:
            continue
        total = Decimal(0)
        parts: list[int] = []
        edge, line, page = candidate.box[2], candidate.line, candidate.page
        for other in range(index - 1, max(-1, index - 60), -1):
            above = amounts[other]
            if above.page != page or line - above.line > _COLUMN_LINES:
                break
            if above.line == line or not above.number or abs(above.box[2] - edge) > _ALIGNED:
                continue
            total += above.number
            parts.append(other)
            if len(parts) > 1 and total == candidate.number:
                found[index] = parts
                break
    return found


def _promoted(scores: Sequence[float], parts: Mapping[int, Sequence[int]]) -> list[float]:
    """Scores with what the figures above say for their sum."""
    promoted = list(scores)
    for index, others in parts.items():
        best = max(scores[other] for other in others)
        promoted[index] = max(promoted[index], best + _SUMS_UP)
    return promoted


def _best_triple(
    nets: Mapping[Decimal, Choice],
    taxes: Mapping[Decimal, Choice],
    grosses: Mapping[Decimal, Choice],
    rows: Sequence[TaxRowCandidate],
) -> tuple[float, Choice, Choice, Choice] | None:
    best: tuple[float, Choice, Choice, Choice] | None = None
    shares = shares_of_whole(rows, grosses)
    top = max((abs(gross.value) for gross in grosses.values() if gross.score > 0.3), default=None)
    for gross in grosses.values():
        for net in nets.values():
            difference = gross.value - net.value
            if not difference or difference * gross.value < 0 or net.value * gross.value <= 0:
                continue
            if abs(difference) > _MOST_TAX * abs(net.value):
                continue
            tax = taxes.get(difference) or _slip_of_sign(taxes, difference)
            if tax is None or (tax.candidate is not None and tax.candidate is net.candidate):
                continue
            usual = usual_rate(net.value, tax.value)
            if net.score + tax.score < (_SAID if usual == 1.0 else _SAID_WELL):
                continue  # two prices make a sum, too
            score = 1.5 * gross.score + 0.8 * net.score + 0.8 * tax.score + _ADDS_UP
            score += _USUAL_RATE * usual
            if agreeing_rows(rows, net.value, tax.value):
                score += _ROWS_AGREE
            if (net.value, tax.value) in shares:
                score -= _A_SHARE
            if top and abs(gross.value) <= top:
                score += _LARGEST * float(abs(gross.value) / top)
            if best is None or score > best[0]:
                best = (score, net, tax, gross)
    return best


def _slip_of_sign(taxes: Mapping[Decimal, Choice], difference: Decimal) -> Choice | None:
    """A credit note's tax that was printed without the minus of net and gross."""
    printed = taxes.get(-difference) if difference < 0 else None
    return Choice(difference, printed.candidate, printed.score) if printed else None


def _untaxed(
    nets: Mapping[Decimal, Choice], taxes: Mapping[Decimal, Choice], gross: Choice | None
) -> Choice | None:
    """The gross where the same amount is called net and no tax is printed."""
    if gross is None or gross.score < LABELLED:
        return None
    net = nets.get(gross.value)
    if net is None or net.score < LABELLED or _same_place(net, gross):
        return None
    nothing = taxes.get(Decimal(0))
    if nothing and nothing.score >= LABELLED:
        return gross
    others = [tax for tax in taxes.values() if tax.value and tax.score >= LABELLED]
    return None if others else gross


def _same_place(choice: Choice, other: Choice) -> bool:
    return choice.candidate is not None and choice.candidate is other.candidate


def _top(choices: Mapping[Decimal, Choice], least: float = 0.2) -> Choice | None:
    best = max(choices.values(), key=lambda choice: choice.score, default=None)
    return best if best and best.score >= least else None
