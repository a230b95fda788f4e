"""The journal entry and the clearings that a bank line leads to.

The bank account takes the line; each allocation moves the control account of its open item; cash
discount, fee and write-off stand beside the money. A discount corrects the tax in proportion to the
item's shares by rate (§ 17 (1) UStG). What no allocation explains goes where the person says, else
to the suspense account: the entry always balances.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contor.errors import Refusal
from contor.ledger.clearing import Clearing
from contor.ledger.discount_tax import discount_lines
from contor.ledger.entry import JournalEntry, JournalLine
from contor.ledger.open_items import OpenItem
from contor.ledger.tax_code import TaxCode, find_tax_code
from contor.money import Money
from contor.review.control_accounts import ControlAccounts
from contor.review.decisions import AllocationChoice, PostingChoice


@dataclass(frozen=True, slots=True)
class BankBooking:
    """The bank line to book: signed ``amount``, the ledger account of our bank account."""

    source: str
    booked_on: date
    amount: Money
    bank_account: str
    text: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class BankPosting:
    """The entry to post and the clearings to append with it."""

    entry: JournalEntry
    clearings: tuple[Clearing, ...]


@dataclass(frozen=True, slots=True)
class _Allocated:
    item: OpenItem
    choice: AllocationChoice

    @property
    def sign(self) -> int:
        return -1 if self.choice.amount.minor < 0 else 1

    def deduction(self, name: str) -> Money:
        """A deduction with the sign of the money."""
        amount: Money | None = getattr(self.choice, name)
        return Money(self.sign * abs(amount.minor) if amount else 0, self.choice.amount.currency)

    @property
    def moved(self) -> Money:
        """What leaves the control account: money and deductions."""
        parts = (self.deduction(name) for name in ("discount", "fee", "write_off"))
        return sum(parts, start=self.choice.amount)


def post_bank_line(
    booking: BankBooking,
    allocations: Sequence[AllocationChoice],
    items: Mapping[int, OpenItem],
    rest: Sequence[PostingChoice],
    control: ControlAccounts,
    tax_codes: Sequence[TaxCode],
) -> BankPosting:
    """The entry and clearings of a bank line.

    ``rest`` says where money without an open item goes (``net`` is the gross part of the line, its
    tax is taken out by the tax code); without it the rest stands on the suspense account.

    Raises:
        Refusal: ``open_item_unknown``, ``allocated_more_than_line``, tax code refusals.
    """
    allocated = [_Allocated(_item_of(items, choice), choice) for choice in allocations]
    lines = [JournalLine(booking.bank_account, booking.amount, text=booking.text)]
    for part in allocated:
        lines.append(
            JournalLine(
                part.item.account or _control_of(part.item, control),
                -part.moved,
                text=f"{part.item.party_name} {part.item.number}".strip(),
                party=part.item.party_number,
            )
        )
        lines += _deductions(part, booking, control, tax_codes)
    left = booking.amount - sum(
        (part.choice.amount for part in allocated), start=Money(0, booking.amount.currency)
    )
    lines += _rest(left, rest, booking, control, tax_codes)
    entry = JournalEntry(
        booking.booked_on,
        booking.text,
        tuple(line for line in lines if line.amount),
        source=booking.source,
        reference=booking.reference,
    )
    return BankPosting(entry, tuple(_clearing(part, booking) for part in allocated))


def _item_of(items: Mapping[int, OpenItem], choice: AllocationChoice) -> OpenItem:
    item = items.get(choice.open_item_id)
    if item is None:
        raise Refusal(
            "open_item_unknown",
            "There is no open item {item}.",
            "Choose an item from the list.",
            item=choice.open_item_id,
        )
    return item


def _control_of(item: OpenItem, control: ControlAccounts) -> str:
    return control.receivables if item.side == "receivable" else control.payables


def _deductions(
    part: _Allocated, booking: BankBooking, control: ControlAccounts, tax_codes: Sequence[TaxCode]
) -> list[JournalLine]:
    ours = part.item.side == "receivable"
    account = control.discount_granted if ours else control.discount_received
    return [
        *discount_lines(part.deduction("discount"), part.item, account, tax_codes),
        JournalLine(control.fees, part.deduction("fee"), text=booking.text),
        JournalLine(control.write_off, part.deduction("write_off"), text=part.item.number),
    ]


def _rest(
    left: Money,
    choices: Sequence[PostingChoice],
    booking: BankBooking,
    control: ControlAccounts,
    tax_codes: Sequence[TaxCode],
) -> list[JournalLine]:
    """Book what no open item explains; the last choice takes what is still left."""
    lines: list[JournalLine] = []
    for number, choice in enumerate(choices):
        last = number == len(choices) - 1
        gross = left if last or choice.net is None else _signed_like(choice.net, booking.amount)
        left -= gross
        tax = Money(0, gross.currency)
        if choice.tax_code:
            code = find_tax_code(tax_codes, choice.tax_code, booking.booked_on)
            if code.tax_account and not code.counter_account:
                tax = gross.times(code.rate / (Decimal(100) + code.rate))
                lines.append(
                    JournalLine(code.tax_account, -tax, text=code.name, tax_code=code.code)
                )
        lines.append(
            JournalLine(
                choice.account or control.suspense,
                -(gross - tax),
                text=choice.text or booking.text,
                cost_centre=choice.cost_centre,
                tax_code=choice.tax_code,
            )
        )
    if left:
        lines.append(JournalLine(control.suspense, -left, text=booking.text))
    return lines


def _signed_like(amount: Money, other: Money) -> Money:
    return Money(abs(amount.minor) if other.minor >= 0 else -abs(amount.minor), amount.currency)


def _clearing(part: _Allocated, booking: BankBooking) -> Clearing:
    direction = part.item.direction

    def toward(amount: Money) -> Money:
        return Money(direction * amount.minor, amount.currency)

    def deduction(name: str) -> Money | None:
        amount = part.deduction(name)
        return toward(amount) if amount else None

    return Clearing(
        part.item.id,
        booking.booked_on,
        toward(part.choice.amount),
        discount=deduction("discount"),
        fee=deduction("fee"),
        write_off=deduction("write_off"),
        payment=booking.source,
    )
