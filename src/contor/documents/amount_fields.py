"""The amounts of a document as facts: net, tax and gross together, prepaid and payable."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from contor.documents.amounts import plain
from contor.documents.arithmetic import repaired
from contor.documents.candidates import Candidate
from contor.documents.chosen import MOST, SURE, fact_of
from contor.documents.chosen_amounts import Choice, Totals
from contor.documents.dates.terms import is_tier
from contor.documents.document_text import DocumentText
from contor.documents.insurance_tax import without_insurance_tax
from contor.documents.page import Source
from contor.documents.reading import Fact
from contor.documents.receipts.reader import ReceiptTotal
from contor.documents.reductions import after_reductions
from contor.documents.scored_values import AMOUNT_ROLES, Scored
from contor.documents.tax_row_search import find_tax_rows
from contor.documents.tax_rows import TaxRowCandidate, usual_rate
from contor.documents.totals import choose_totals, without_tax
from contor.documents.untaxed import is_untaxed
from contor.documents.untaxed_parts import with_untaxed_part

_LEAST = 0.45
_PROVEN = 0.99
_NAMED = 0.6
_LIKELY = 0.9
_UNPROVEN = 0.6
_IN_PARTS = 0.8
_WITHHELD = re.compile(
    r"ritenut|\br\.? ?a\.? ?\d|scissione|split payment|withh|retenue|retenci|i\.?r\.?p\.?f",
    re.IGNORECASE,
)
"""What the buyer keeps back for the state was not paid before."""


def choose_amounts(
    document: DocumentText,
    scored: Scored,
    fields: dict[str, Fact],
    source: Source,
    *,
    repair: bool = True,
    paid: ReceiptTotal | None = None,
) -> Totals:
    """Put the amounts into ``fields``; the totals behind them. ``paid`` settles the gross total."""
    indexes = [i for i, c in enumerate(scored.candidates) if c.kind == "amount" and not c.percent]
    amounts = [scored.candidates[i] for i in indexes]
    settled = paid.candidate if paid else None
    rows = find_tax_rows(document, [c for c in scored.candidates if c.kind == "amount"])
    rated = scored.evidence.percent_lines
    totals = _chosen(scored.wordings, indexes, amounts, rows, settled, rated)
    if scored.scores is not scored.wordings and not _proven(totals):
        by_wordings = totals
        totals = _chosen(scored.scores, indexes, amounts, rows, settled, rated)
        if by_wordings.tax is None:
            totals = _without_lone_tax(totals)
        if totals.tax is None and _same_gross(totals, by_wordings):
            totals = by_wordings
    totals = after_reductions(document, totals, amounts, rows)
    totals = with_untaxed_part(
        document, totals, amounts, [scored.wordings["gross_total"][i] for i in indexes], rows
    )
    if source == "ocr" and repair and not paid:
        totals = repaired(totals)
    if not paid and is_untaxed([line.text for line in document.lines]):
        totals = without_tax(_without_strange_tax(totals))
    totals = without_insurance_tax(document, totals)
    sure = _sureness(totals) if totals.adds_up else None
    if sure == MOST and _proven(totals):
        sure = SURE  # called net and called gross, the same amount, and no tax
    for name, choice in (
        ("net_total", totals.net),
        ("tax_total", totals.tax),
        ("gross_total", totals.gross),
    ):
        if choice:
            fields[name] = _amount_fact(choice, sure, source)
    if paid and "gross_total" in fields:
        sure = paid.confidence * (0.5 + 0.5 * paid.candidate.confidence)
        if totals.adds_up and _sureness(totals) == _PROVEN:
            sure = max(sure, MOST)  # the receipt's own rows of tax say so, too
        fields["gross_total"] = replace(fields["gross_total"], confidence=sure)
    elif totals.gross and _is_proven(scored, totals.gross):
        fields["gross_total"] = _amount_fact(totals.gross, _PROVEN, source)
    _named_amounts(document, scored, fields, source)
    _hand_back(document, scored, totals, fields)
    _payable(document, scored, totals, fields)
    return totals


def _named_amounts(
    document: DocumentText, scored: Scored, fields: dict[str, Fact], source: Source
) -> None:
    """What the wordings call paid before and left to pay."""
    for name in ("prepaid", "payable"):
        best = scored.best(name, _LEAST)
        if best is not None and is_tier(document.lines[scored.candidates[best].line].text):
            continue  # what a discount would leave to pay
        if (
            name == "prepaid"
            and best is not None
            and not _is_paid(document, scored.candidates[best])
        ):
            continue
        if best is not None and scored.candidates[best].number is not None:
            candidate = _sum_of_row(scored, scored.candidates[best])
            number = candidate.number or Decimal(0)
            score = scored.scores[name][best]
            value = plain(abs(number) if name == "prepaid" else number)
            fields[name] = fact_of(candidate, value, 0.9 * score, source)


def _is_paid(document: DocumentText, candidate: Candidate) -> bool:
    """Whether it may be a payment: no end of a card's number, nothing kept back for the state."""
    return candidate.valid and not _WITHHELD.search(document.lines[candidate.line].text)


def _without_strange_tax(totals: Totals) -> Totals:
    """The totals of a paper without tax, less two prices that were taken for net and tax."""
    net, tax = totals.net, totals.tax
    if not net or not tax or not net.value or not tax.value:
        return totals
    unread = tax.candidate is None  # only the difference of net and total
    if unread or usual_rate(net.value, tax.value) < 0:
        return replace(totals, net=None, tax=None, rows=(), adds_up=False)
    return totals


def _without_lone_tax(totals: Totals) -> Totals:
    """The totals less a tax that nothing on the page calls so, and that is no usual share of them."""
    tax, gross = totals.tax, totals.gross
    if totals.net or not tax or not gross or not tax.value:
        return totals
    rest = gross.value - tax.value
    told = rest and usual_rate(rest, tax.value) == 1.0
    return totals if told else replace(totals, tax=None)


def _sum_of_row(scored: Scored, candidate: Candidate) -> Candidate:
    """Of net, tax and gross in the row of what is left to pay, the gross."""
    row = [c for c in scored.candidates if c.kind == "amount" and c.line == candidate.line]
    for tax in row:
        for gross in row:
            starts = {candidate.start, tax.start, gross.start}
            if len(starts) < len((candidate, tax, gross)) or not gross.valid or not tax.number:
                continue
            if (candidate.number or 0) + tax.number == gross.number:
                return gross
    return candidate


def _chosen(
    scores: Mapping[str, Mapping[int, float]],
    indexes: Sequence[int],
    amounts: Sequence[Candidate],
    rows: Sequence[TaxRowCandidate],
    settled: Candidate | None,
    rated: frozenset[int],
) -> Totals:
    by_role = {role: [scores[role][i] for i in indexes] for role in AMOUNT_ROLES}
    return choose_totals(amounts, by_role, rows, settled, rated)


def _same_gross(totals: Totals, other: Totals) -> bool:
    """Whether the other totals have the same gross, and net and tax besides."""
    known = totals.gross and other.gross and other.net and other.tax
    return bool(known and totals.gross and other.gross and totals.gross.value == other.gross.value)


def _proven(totals: Totals) -> bool:
    """Whether wordings name all three amounts and they add up: no model knows better."""
    choices = (totals.net, totals.tax, totals.gross)
    if _rows_prove(totals):
        return True
    if not all(choice is not None and choice.score >= _NAMED for choice in choices):
        return False
    return (totals.adds_up and _sureness(totals) == _PROVEN) or _untaxed(totals)


def _rows_prove(totals: Totals) -> bool:
    """Whether bases and taxes of several rates make a total that is named, though their sums are not."""
    named = totals.gross is not None and totals.gross.score >= _NAMED
    whole = [row for row in totals.rows if row.base is not None and row.rate]
    return totals.adds_up and named and len({row.rate for row in whole}) > 1


def _untaxed(totals: Totals) -> bool:
    return bool(totals.tax and totals.tax.value == 0)


def _sureness(totals: Totals) -> float:
    """Proven: a usual rate of tax, and wordings or rows that name all three amounts."""
    choices = (totals.net, totals.tax, totals.gross)
    named = all(choice is not None and choice.score >= _NAMED for choice in choices)
    named = named or _rows_prove(totals)
    net, tax = totals.net, totals.tax
    usual = net is not None and tax is not None and tax.value and usual_rate(net.value, tax.value)
    return _PROVEN if (usual == 1.0 or totals.rows) and named and not totals.misread else MOST


def _is_proven(scored: Scored, gross: Choice) -> bool:
    """Whether a likely total is printed once more less a commission or a discount."""
    return (
        gross.candidate is not None
        and gross.score >= _LIKELY
        and gross.value in scored.evidence.before_percent
    )


def _hand_back(
    document: DocumentText, scored: Scored, totals: Totals, fields: dict[str, Fact]
) -> None:
    """Cash above the total, with its change on the paper, was no payment in advance."""
    given, gross = fields.get("prepaid"), totals.gross
    if given is None or gross is None:
        return
    change = Decimal(given.value) - gross.value
    if change > 0 and any(
        c.number is not None
        and abs(c.number) == change
        and any(label.concept == "change" for label in document.lines[c.line].labels)
        for c in scored.candidates
    ):
        del fields["prepaid"]
        if _equals(fields.get("payable"), change):
            del fields["payable"]


def _payable(
    document: DocumentText, scored: Scored, totals: Totals, fields: dict[str, Fact]
) -> None:
    """What is to be paid where the page does not say: gross less what was paid before."""
    if totals.gross is None:
        return
    if "payable" in fields:
        _after_payment(scored, totals.gross.value, fields)
        if not _left_over(scored, totals.gross.value, fields):
            _prepaid(document, scored, totals.gross.value, fields)
        _doubt_prepaid(scored, totals, fields)
        return
    _doubt_prepaid(scored, totals, fields)
    gross, prepaid = fields["gross_total"], fields.get("prepaid")
    left = totals.gross.value - (Decimal(prepaid.value) if prepaid else Decimal(0))
    if prepaid and left * totals.gross.value < 0:
        return
    confidence = 0.9 * min(gross.confidence, prepaid.confidence if prepaid else 1.0)
    fields["payable"] = replace(gross, value=plain(left), confidence=confidence, source="derived")


def _after_payment(scored: Scored, gross: Decimal, fields: dict[str, Fact]) -> None:
    """What is left below a payment printed with its minus, where the total was called payable, too."""
    if "prepaid" in fields or not _equals(fields["payable"], gross):
        return
    amounts = [(i, c) for i, c in enumerate(scored.candidates) if c.kind == "amount" and c.valid]
    for index, rest in reversed(amounts):
        called = scored.wordings["payable"].get(index, 0.0) >= _LEAST
        if not called or rest.number is None or not 0 <= rest.number < gross:
            continue
        payment = next((c for _, c in amounts if c.number == rest.number - gross), None)
        if payment and payment.line < rest.line:
            source = fields["payable"].source
            fields["prepaid"] = fact_of(payment, plain(gross - rest.number), 0.85, source)
            fields["payable"] = fact_of(rest, plain(rest.number), 0.9, source)
            return


def _doubt_prepaid(scored: Scored, totals: Totals, fields: dict[str, Fact]) -> None:
    """What is called paid, and leaves no rest that is printed, may be the price of a prepayment."""
    fact, gross = fields.get("prepaid"), totals.gross
    if fact is None or gross is None:
        return
    paid = Decimal(fact.value)
    rest = abs(gross.value) - paid
    payable = fields.get("payable")
    if rest and any(c and abs(c.value) == paid for c in (totals.net, totals.tax)):
        del fields["prepaid"]
        return
    if rest == 0 or (payable and Decimal(payable.value) == rest):
        return
    if payable is None and any(c.number == rest and c.valid for c in scored.candidates):
        return
    fields["prepaid"] = replace(fact, confidence=min(_UNPROVEN, fact.confidence))


def _left_over(scored: Scored, gross: Decimal, fields: dict[str, Fact]) -> bool:
    """Whether gross was called payable though the rest after a payment is printed below it."""
    paid, called = fields.get("prepaid"), Decimal(fields["payable"].value)
    if paid is None or called != gross or not Decimal(paid.value):
        return False
    rest = gross - Decimal(paid.value)
    place = scored.best("payable", _LEAST)
    below = scored.candidates[place or 0 :]
    printed = next((c for c in reversed(below) if c.number == rest and c.valid), None)
    if printed is None:
        return False
    fields["payable"] = fact_of(printed, plain(rest), 0.9, fields["payable"].source)
    return True


def _prepaid(
    document: DocumentText, scored: Scored, gross: Decimal, fields: dict[str, Fact]
) -> None:
    """What was paid before, where it is printed and makes up the difference."""
    paid = gross - Decimal(fields["payable"].value)
    printed = next(
        (c for c in scored.candidates if c.number in {paid, -paid} and c.valid and not c.percent),
        None,
    )
    if printed and _WITHHELD.search(document.lines[printed.line].text):
        return
    parts = [] if printed or paid <= 0 else _parts_paid(scored, gross, fields["payable"])
    if parts and sum(parts, Decimal(0)) == paid:
        source = fields["payable"].source
        fields["prepaid"] = Fact(plain(paid), _IN_PARTS, source=source)
        return
    if paid > 0 and printed and not _equals(fields.get("prepaid"), paid):
        fields["prepaid"] = fact_of(printed, plain(paid), 0.85, fields["payable"].source)


def _parts_paid(scored: Scored, gross: Decimal, payable: Fact) -> list[Decimal]:
    """The last amount of each row between the total and what is left to pay."""
    amounts = [c for c in scored.candidates if c.kind == "amount" and c.valid and not c.percent]
    left = Decimal(payable.value)
    end = next((c.line for c in reversed(amounts) if c.number == left), 0)
    start = next((c.line for c in reversed(amounts) if c.number == gross and c.line < end), end)
    rows = {c.line: abs(c.number or Decimal(0)) for c in amounts if start < c.line < end}
    return list(rows.values())


def _equals(fact: Fact | None, number: Decimal) -> bool:
    return fact is not None and Decimal(fact.value) == number


def _amount_fact(choice: Choice, sure: float | None, source: Source) -> Fact:
    confidence = sure if sure is not None else 0.25 + 0.6 * max(0.0, min(1.0, choice.score))
    if choice.candidate is None:
        return Fact(plain(choice.value), 0.8 * confidence, source="derived")
    read = choice.candidate
    if confidence == _PROVEN:  # the sum proves it, whatever recognition doubted
        return Fact(plain(choice.value), _PROVEN, read.page, read.box, source)
    return fact_of(read, plain(choice.value), confidence, source, SURE)
