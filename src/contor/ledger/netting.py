"""Netting: a credit note set off against an item of the same party, without money (§ 387 BGB)."""

from __future__ import annotations

from datetime import date

from contor.errors import Refusal
from contor.ledger.clearing import Clearing
from contor.ledger.open_items import OpenItem
from contor.money import Money


def net_off(
    item: OpenItem, credit_note: OpenItem, on: date, amount: Money | None = None
) -> tuple[Clearing, Clearing]:
    """Clearings of the item and of the credit note over ``amount`` (as much as possible if None).

    Refuses ``netting_parties_differ`` and ``netting_sides_equal``; more than is open is refused
    when the clearings are applied.
    """
    if (item.party_number, item.side) != (credit_note.party_number, credit_note.side):
        raise Refusal(
            "netting_parties_differ",
            "{item} and {credit_note} stand on different accounts.",
            "Only items of one party and one side are set off.",
            item=item.number,
            credit_note=credit_note.number,
        )
    if item.direction == credit_note.direction:
        raise Refusal(
            "netting_sides_equal",
            "{item} and {credit_note} point the same way.",
            "Set a credit note off against an invoice.",
            item=item.number,
            credit_note=credit_note.number,
        )
    share = min(item.open_amount, credit_note.open_amount) if amount is None else amount
    return (
        Clearing(item.id, on, share, payment=f"credit_note:{credit_note.number}"),
        Clearing(credit_note.id, on, share, payment=f"open_item:{item.number}"),
    )
