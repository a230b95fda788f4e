"""Open items: what customers owe us, what we owe suppliers, and credit notes not used yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from contor.errors import Refusal
from contor.ledger.discount_terms import BankDays, DiscountTerm, term_on
from contor.money import Money

OpenItemKind = Literal["receivable", "payable", "credit_note"]
Side = Literal["receivable", "payable"]


@dataclass(frozen=True, slots=True)
class TaxShare:
    """The part of the gross amount under one tax code: a discount corrects its tax in proportion."""

    tax_code: str
    rate: Decimal
    gross: Money


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One item. ``gross`` is positive whatever the kind; ``open_amount`` is what remains.

    ``side`` says whose account a credit note stands on; ``account`` is the control account in the
    ledger; ``entry_number`` the journal entry that opened it. ``id`` 0 = not stored yet.
    """

    kind: OpenItemKind
    number: str
    party_number: str
    party_name: str
    issue_date: date
    due_date: date
    gross: Money
    open_amount: Money
    side: Side
    account: str = ""
    discount_terms: tuple[DiscountTerm, ...] = ()
    tax_shares: tuple[TaxShare, ...] = ()
    order_reference: str = ""
    contract_reference: str = ""
    mandate_id: str = ""
    end_to_end_id: str = ""
    entry_number: str = ""
    id: int = 0

    def __post_init__(self) -> None:
        if self.gross.minor <= 0 or not 0 <= self.open_amount.minor <= self.gross.minor:
            raise Refusal(
                "open_item_amount_wrong",
                "The item {number} over {gross} cannot have {open} open.",
                "Amounts are positive, and never more than the whole is open.",
                number=self.number,
                gross=str(self.gross),
                open=str(self.open_amount),
            )
        if self.gross.currency != self.open_amount.currency:
            message = "gross and open amount are of one currency"
            raise ValueError(message)

    @property
    def settled(self) -> bool:
        """Whether nothing is left."""
        return not self.open_amount

    @property
    def direction(self) -> int:
        """+1 where settling it brings money in, -1 where it takes money out."""
        incoming = (self.side == "receivable") != (self.kind == "credit_note")
        return 1 if incoming else -1

    def overdue_days(self, on: date) -> int:
        """Days after the due date, 0 when not late or settled."""
        return 0 if self.settled else max(0, (on - self.due_date).days)

    def discount_on(self, paid: date, is_bank_day: BankDays | None = None) -> Money:
        """The discount that payment on this day would earn; zero when the terms have run out.

        Computed from the whole amount and never more than is open.
        """
        term = term_on(self.discount_terms, self.issue_date, paid, is_bank_day)
        if term is None:
            return Money(0, self.gross.currency)
        return min(term.discount(self.gross), self.open_amount)


def open_receivable(
    number: str, party_number: str, party_name: str, issued: date, due: date, gross: Money
) -> OpenItem:
    """A new item that a customer owes; further facts by ``dataclasses.replace``."""
    return OpenItem(
        "receivable", number, party_number, party_name, issued, due, gross, gross, "receivable"
    )


def open_payable(
    number: str, party_number: str, party_name: str, issued: date, due: date, gross: Money
) -> OpenItem:
    """A new item that we owe a supplier."""
    return OpenItem(
        "payable", number, party_number, party_name, issued, due, gross, gross, "payable"
    )


def open_credit_note(
    number: str, party_number: str, party_name: str, issued: date, gross: Money, side: Side
) -> OpenItem:
    """A new credit note: ours to a customer (``receivable``) or a supplier's (``payable``)."""
    return OpenItem(
        "credit_note", number, party_number, party_name, issued, issued, gross, gross, side
    )
