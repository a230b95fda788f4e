"""What a bank line books: money, discount with its tax, fees, the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from contor.ledger.clearing import clear
from contor.ledger.entry import check_entry
from contor.ledger.open_items import OpenItem, TaxShare, open_payable, open_receivable
from contor.ledger.tax_code import TaxCode
from contor.money import Money
from contor.review.bank_entry import BankBooking, post_bank_line
from contor.review.control_accounts import control_accounts
from contor.review.decisions import AllocationChoice, PostingChoice

CONTROL = control_accounts("skr03")
START = date(2021, 1, 1)
CODES = [
    TaxCode("U19", "Umsatzsteuer 19 %", Decimal(19), "output", "S", START, tax_account="1776"),
    TaxCode("V19", "Vorsteuer 19 %", Decimal(19), "input", "S", START, tax_account="1576"),
]


def euro(amount: str) -> Money:
    return Money.of(amount, "EUR")


def booking(amount: str) -> BankBooking:
    return BankBooking("bank_line:9", date(2026, 9, 8), euro(amount), "1200", "Muster GmbH")


def receivable() -> OpenItem:
    item = open_receivable(
        "RE-7", "10001", "Muster GmbH", date(2026, 9, 1), date(2026, 10, 1), euro("2594.20")
    )
    return replace(item, id=7, tax_shares=(TaxShare("U19", Decimal(19), euro("2594.20")),))


def test_a_payment_with_cash_discount_corrects_the_output_tax() -> None:
    item = receivable()
    choice = AllocationChoice(7, euro("2542.32"), discount=euro("51.88"))
    posting = post_bank_line(booking("2542.32"), [choice], {7: item}, [], CONTROL, CODES)
    booked = {line.account: str(line.amount.amount) for line in posting.entry.lines}
    assert booked == {"1200": "2542.32", "1400": "-2594.20", "8736": "43.60", "1776": "8.28"}
    assert clear(item, posting.clearings[0]).settled


def test_our_own_payment_with_discount_takes_input_tax_back() -> None:
    item = replace(
        open_payable("R1", "70001", "Rack AG", date(2026, 9, 1), date(2026, 9, 30), euro("119.00")),
        id=3,
        tax_shares=(TaxShare("V19", Decimal(19), euro("119.00")),),
    )
    choice = AllocationChoice(3, euro("-116.62"), discount=euro("2.38"))
    posting = post_bank_line(booking("-116.62"), [choice], {3: item}, [], CONTROL, CODES)
    booked = {line.account: str(line.amount.amount) for line in posting.entry.lines}
    assert booked == {"1200": "-116.62", "1600": "119.00", "3736": "-2.00", "1576": "-0.38"}
    assert clear(item, posting.clearings[0]).settled


def test_a_returned_debit_opens_the_item_again() -> None:
    paid = replace(receivable(), open_amount=euro("0.00"))
    choice = AllocationChoice(7, euro("-2594.20"))
    posting = post_bank_line(booking("-2594.20"), [choice], {7: paid}, [], CONTROL, CODES)
    assert clear(paid, posting.clearings[0]).open_amount == euro("2594.20")


def test_money_nobody_explains_stands_on_the_suspense_account() -> None:
    posting = post_bank_line(booking("50.00"), [], {}, [], CONTROL, CODES)
    assert [(line.account, line.amount) for line in posting.entry.lines] == [
        ("1200", euro("50.00")),
        ("1590", euro("-50.00")),
    ]


def test_a_fee_without_open_item_goes_to_the_account_chosen() -> None:
    rest = [PostingChoice("4930", "900", "V19")]
    posting = post_bank_line(booking("-11.90"), [], {}, rest, CONTROL, CODES)
    booked = {line.account: str(line.amount.amount) for line in posting.entry.lines}
    assert booked == {"1200": "-11.90", "4930": "10.00", "1576": "1.90"}


@given(
    amount=st.integers(-10_000_00, 10_000_00).filter(bool),
    share=st.integers(0, 10_000_00),
    discount=st.integers(0, 50_00),
    fee=st.integers(0, 9_00),
)
def test_every_bank_entry_balances(amount: int, share: int, discount: int, fee: int) -> None:
    money = Money(amount, "EUR")
    part = Money(min(abs(amount), share) * (1 if amount > 0 else -1), "EUR")
    choice = AllocationChoice(7, part, discount=Money(discount, "EUR"), fee=Money(fee, "EUR"))
    posting = post_bank_line(
        replace(booking("1.00"), amount=money), [choice], {7: receivable()}, [], CONTROL, CODES
    )
    check_entry(posting.entry)
