"""Credit notes (Rechnungskorrektur, UNTDID 381): what of an issued invoice is taken back.

The price is the one that was charged, category and rate are the original's, and no line or rate is
credited beyond what is left. The note that empties a rate takes the rest of its tax, so that an
invoice and all its credits come to zero to the cent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from contor.contracts.proration import prorate
from contor.errors import Refusal
from contor.invoicing.invoice import DocumentAllowance, DocumentReference, Invoice, InvoiceLine
from contor.invoicing.totals import TaxGroup, TotalledUp, group_of, total_up
from contor.money import Money, round_half_up
from contor.money.money import minor_digits
from contor.periods import Period


def credit(
    invoice: Invoice,
    reason: str,
    amounts: Mapping[str, Money] | None = None,
    credited_before: Sequence[Invoice] = (),
) -> Invoice:
    """The draft of a credit note; number and day come with :func:`contor.invoicing.issue.issue`.

    ``amounts`` names line ids and what is credited of them in the invoice's price mode; None
    credits all that is left, document reductions included. ``credited_before`` are the credit
    notes of the invoice so far.

    Refuses ``invoice_not_issued``, ``line_unknown``, ``credit_exceeds_line``, ``nothing_left``.
    """
    if invoice.status != "issued" or invoice.issue_date is None or invoice.kind == "credit_note":
        raise Refusal(
            "invoice_not_issued",
            "Only issued invoices are credited, not {key}.",
            "Drop the draft, or credit the invoice itself.",
            key=invoice.number or invoice.key,
        )
    left = remaining(invoice, credited_before)
    wanted = left if amounts is None else dict(amounts)
    lines = [_credit_line(invoice, line_id, amount, left) for line_id, amount in wanted.items()]
    lines = [replace(line, id=str(i)) for i, line in enumerate((n for n in lines if n.charged), 1)]
    if not lines:
        raise Refusal(
            "nothing_left",
            "Nothing of {number} is left to credit.",
            "Check the credit notes issued before.",
            number=invoice.number,
        )
    taken = any(note.allowances for note in credited_before)
    allowances = invoice.allowances if amounts is None and not taken else ()
    totals = _total(invoice, lines, allowances, credited_before)
    reference = DocumentReference(invoice.number, invoice.issue_date)
    return replace(
        invoice,
        kind="credit_note",
        status="draft",
        key=f"{invoice.number}:credit:{len(credited_before) + 1}",
        number="",
        issue_date=None,
        due_date=None,
        lines=totals.lines,
        allowances=totals.allowances,
        tax_breakdown=totals.tax_breakdown,
        totals=totals.totals,
        periods=(),
        preceding=(reference,),
        prepayments=(),
        reason=reason,
    )


def remaining(invoice: Invoice, credited_before: Sequence[Invoice]) -> dict[str, Money]:
    """What is left to credit of each line, in the price mode."""
    left = {line.id: line.charged for line in invoice.lines}
    for note in credited_before:
        for line in note.lines:
            left[line.credits_line] = left[line.credits_line] - line.charged
    return left


def unused_amounts(invoice: Invoice, on: date) -> dict[str, Money]:
    """What the days from ``on`` to the end of each line's period cost: the credit of a stop.

    Usage and one-time charges stay; a line whose period is over has nothing unused.
    """
    unused: dict[str, Money] = {}
    for line in invoice.lines:
        period = line.period
        if line.kind != "recurring" or period is None or on >= period.end:
            continue
        share = prorate(Period(max(on, period.start), period.end), period)
        exact = line.charged.amount * share.numerator / share.denominator
        digits = minor_digits(invoice.currency)
        unused[line.id] = Money.of(round_half_up(exact, digits), invoice.currency)
    return unused


def _credit_line(
    invoice: Invoice, line_id: str, amount: Money, left: Mapping[str, Money]
) -> InvoiceLine:
    line = next((line for line in invoice.lines if line.id == line_id), None)
    if line is None:
        raise Refusal(
            "line_unknown",
            "The invoice {number} has no line {line}.",
            "Name the lines by their number on the invoice.",
            number=invoice.number,
            line=line_id,
        )
    if abs(amount.minor) > abs(left[line_id].minor) or amount.minor * left[line_id].minor < 0:
        raise Refusal(
            "credit_exceeds_line",
            "{amount} is more than the {left} left of line {line} of {number}.",
            "Credit at most what is left.",
            amount=str(amount),
            left=str(left[line_id]),
            line=line_id,
            number=invoice.number,
        )
    if amount == line.charged:
        return replace(line, credits_line=line_id)
    return replace(
        line,
        quantity=Decimal(1),
        unit="C62",
        unit_price=amount.amount,
        amount=amount,
        charged=amount,
        net=amount,
        net_price=amount.amount,
        discounts=(),
        note="",
        credits_line=line_id,
    )


def _total(
    invoice: Invoice,
    lines: Sequence[InvoiceLine],
    allowances: Sequence[DocumentAllowance],
    before: Sequence[Invoice],
) -> TotalledUp:
    """Totals with the rest of the tax where a group is emptied; refuses more than a group has."""
    zero = Money(0, invoice.currency)
    now = total_up(lines, allowances, invoice.currency, invoice.price_mode)
    rest: dict[TaxGroup, Money] = {}
    for row in invoice.tax_breakdown:
        group = group_of(row)
        charged = _charged(invoice, group) - sum((_charged(note, group) for note in before), zero)
        share = sum((line.charged for line in lines if group_of(line.tax) == group), zero)
        share = share - sum((a.amount for a in allowances if group_of(a.tax) == group), zero)
        if charged < share:
            raise Refusal(
                "credit_exceeds_rate",
                "{amount} is more than the {left} left at {rate} % on {number}.",
                "The invoice was reduced as a whole: credit less, or all that is left.",
                amount=str(share),
                left=str(charged),
                rate=row.rate,
                number=invoice.number,
            )
        if share and charged == share:
            paid = [r.tax for note in before for r in note.tax_breakdown if group_of(r) == group]
            rest[group] = row.tax - sum(paid, zero)
    if not rest:
        return now
    return total_up(lines, allowances, invoice.currency, invoice.price_mode, tax_of=rest)


def _charged(invoice: Invoice, group: TaxGroup) -> Money:
    zero = Money(0, invoice.currency)
    lines = sum((line.charged for line in invoice.lines if group_of(line.tax) == group), zero)
    return lines - sum((a.amount for a in invoice.allowances if group_of(a.tax) == group), zero)
