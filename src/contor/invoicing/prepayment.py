"""Prepayments: the final invoice deducts each with its net and its VAT (§ 14 (5) UStG).

An invoice that left the VAT of a prepayment undeducted would owe it twice (§ 14c UStG).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contor.errors import Refusal
from contor.invoicing.invoice import DocumentReference, Invoice
from contor.money import Money


def deduct_prepayments(draft: Invoice, prepayments: Sequence[Invoice]) -> Invoice:
    """The final invoice: ``draft`` with every prepayment invoice listed and deducted.

    Refuses ``prepayment_not_issued`` and ``prepayment_of_another``.
    """
    rows: list[DocumentReference] = []
    paid = Money(0, draft.currency)
    for earlier in prepayments:
        if earlier.status != "issued" or earlier.issue_date is None:
            raise Refusal(
                "prepayment_not_issued",
                "The prepayment {key} has not been issued.",
                "Deduct issued prepayment invoices only.",
                key=earlier.key,
            )
        if earlier.customer.number != draft.customer.number:
            raise Refusal(
                "prepayment_of_another",
                "The prepayment {number} is of another customer.",
                "Deduct the customer's own prepayments.",
                number=earlier.number,
            )
        totals = earlier.totals
        rows.append(DocumentReference(earlier.number, earlier.issue_date, totals.net, totals.tax))
        paid = paid + totals.gross
    totals = replace(
        draft.totals, prepaid=paid, payable=draft.totals.gross - paid + draft.totals.rounding
    )
    return replace(draft, kind="final", prepayments=tuple(rows), totals=totals)
