"""Clearing: what a payment, a discount, a fee or a write-off takes off an open item.

Never more than is open, and a returned payment never gives back more than was cleared.

>>> from datetime import date
>>> from contor.ledger.open_items import open_receivable
>>> euro = lambda amount: Money.of(amount, "EUR")
>>> item = open_receivable("RE-7", "10001", "Muster GmbH", date(2026, 9, 1), date(2026, 9, 15),
...                        euro("2594.20"))
>>> clearing = Clearing(item.id, date(2026, 9, 8), euro("2542.32"), discount=euro("51.88"))
>>> clear(item, clearing).settled
True
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from contor.errors import Refusal
from contor.ledger.open_items import OpenItem
from contor.money import Money


@dataclass(frozen=True, slots=True)
class Clearing:
    """What is taken off the item ``item_id`` on a day.

    ``amount`` is money in the item's own direction (positive settles, negative reopens after a
    return); deductions stand beside it. ``payment`` names where the money came from
    (``bank_line:9``), ``entry_number`` the journal entry that booked it.
    """

    item_id: int
    on: date
    amount: Money
    discount: Money | None = None
    fee: Money | None = None
    write_off: Money | None = None
    payment: str = ""
    entry_number: str = ""
    id: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        for deduction in (self.discount, self.fee, self.write_off):
            if deduction is not None and deduction.minor * (self.amount.minor or 1) < 0:
                raise Refusal(
                    "clearing_signs_differ",
                    "Money of {amount} and a deduction of {deduction} point in two directions.",
                    "Clear and reopen in two steps.",
                    amount=str(self.amount),
                    deduction=str(deduction),
                )

    @property
    def total(self) -> Money:
        """Money and deductions together: what is taken off the item."""
        deductions = (d for d in (self.discount, self.fee, self.write_off) if d is not None)
        return sum(deductions, start=self.amount)


def take_back(clearing: Clearing, on: date, payment: str = "") -> Clearing:
    """The clearing that undoes another one: the item is open again as before.

    >>> paid = Clearing(7, date(2026, 9, 8), Money(98, "EUR"), discount=Money(2, "EUR"))
    >>> str(take_back(paid, date(2026, 9, 9)).total)
    '-1.00 EUR'
    """

    def negative(money: Money | None) -> Money | None:
        return None if money is None else -money

    return Clearing(
        clearing.item_id,
        on,
        -clearing.amount,
        discount=negative(clearing.discount),
        fee=negative(clearing.fee),
        write_off=negative(clearing.write_off),
        payment=payment or clearing.payment,
    )


def clear(item: OpenItem, clearing: Clearing) -> OpenItem:
    """The item with what remains after the clearing.

    Refuses ``nothing_to_clear``, ``more_than_open`` and ``more_than_cleared``.
    """
    total = clearing.total
    if not total:
        raise Refusal(
            "nothing_to_clear",
            "The clearing of {number} has no amount.",
            "Leave it out.",
            number=item.number,
        )
    left = item.open_amount - total
    if left.minor < 0:
        raise Refusal(
            "more_than_open",
            "{total} is more than the {open} open on {number}.",
            "Allocate less and book the rest as overpayment or to another item.",
            total=str(total),
            open=str(item.open_amount),
            number=item.number,
        )
    if item.gross < left:
        raise Refusal(
            "more_than_cleared",
            "{total} is more than was ever cleared on {number}.",
            "A return gives back at most what was paid.",
            total=str(-total),
            number=item.number,
        )
    return replace(item, open_amount=left)
