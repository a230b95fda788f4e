"""What a supplier's document books: expense, input tax, the payable, to the printed cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.errors import Refusal
from contor.ledger.entry import check_entry
from contor.ledger.tax_code import TaxCode
from contor.money import Money
from contor.review.decisions import PostingChoice
from contor.review.supplier_entry import SupplierDocument, post_supplier_document

START = date(2021, 1, 1)
CODES = [
    TaxCode("V19", "Vorsteuer 19 %", Decimal(19), "input", "S", START, tax_account="1576"),
    TaxCode("V7", "Vorsteuer 7 %", Decimal(7), "input", "S", START, tax_account="1571"),
    TaxCode(
        "V13B",
        "§ 13b 19 %",
        Decimal(19),
        "input",
        "AE",
        START,
        tax_account="1577",
        counter_account="1787",
    ),
]


def euro(amount: str) -> Money:
    return Money.of(amount, "EUR")


def document(gross: str, *, credit_note: bool = False) -> SupplierDocument:
    return SupplierDocument(
        "document:1",
        "R-1",
        date(2026, 9, 1),
        euro(gross),
        "70001",
        "Rack AG",
        credit_note=credit_note,
    )


def booked(gross: str, *choices: PostingChoice, credit_note: bool = False) -> dict[str, str]:
    posting = post_supplier_document(
        document(gross, credit_note=credit_note), choices, CODES, "1600"
    )
    check_entry(posting.entry)
    return {line.account: str(line.amount.amount) for line in posting.entry.lines}


def test_two_rates_in_one_document() -> None:
    assert booked(
        "226.00",
        PostingChoice("4964", "110", "V19", euro("100.00")),
        PostingChoice("4940", "900", "V7", euro("100.00")),
    ) == {"4964": "100.00", "1576": "19.00", "4940": "100.00", "1571": "7.00", "1600": "-226.00"}


def test_a_tax_code_of_sales_is_never_booked_for_a_supplier() -> None:
    sales = TaxCode("U19", "Umsatzsteuer 19 %", Decimal(19), "output", "S", START, None, "1776")
    choice = PostingChoice("4964", "110", "U19", euro("100.00"))
    with pytest.raises(Refusal, match="tax_code_of_sales"):
        post_supplier_document(document("119.00"), [choice], [*CODES, sales], "1600")


def test_reverse_charge_owes_the_net_amount_only() -> None:
    lines = booked("100.00", PostingChoice("3123", "110", "V13B", euro("100.00")))
    assert lines == {"3123": "100.00", "1577": "19.00", "1787": "-19.00", "1600": "-100.00"}


def test_a_credit_note_turns_every_sign_and_opens_a_credit() -> None:
    posting = post_supplier_document(
        document("119.00", credit_note=True),
        [PostingChoice("4964", "110", "V19", euro("100.00"))],
        CODES,
        "1600",
    )
    assert posting.open_item is not None
    assert posting.open_item.kind == "credit_note"
    assert {line.account: line.amount.minor for line in posting.entry.lines} == {
        "4964": -100_00,
        "1576": -19_00,
        "1600": 119_00,
    }


def test_a_cent_of_the_printed_tax_is_kept() -> None:
    # 13.49 at 19 % is 2.5631: the supplier printed 2.57.
    assert booked("16.06", PostingChoice("4964", "", "V19", euro("13.49")))["1576"] == "2.57"


def test_a_wrong_rate_is_refused_not_bent() -> None:
    with pytest.raises(Refusal, match="entry_differs_from_document"):
        booked("119.00", PostingChoice("4964", "", "V7", euro("100.00")))


def test_no_rate_for_the_day_is_a_refusal() -> None:
    old = SupplierDocument(
        "document:1", "R-1", date(2020, 9, 1), euro("116.00"), "70001", "Rack AG"
    )
    with pytest.raises(Refusal, match="tax_code_not_valid"):
        post_supplier_document(
            old, [PostingChoice("4964", "", "V19", euro("100.00"))], CODES, "1600"
        )


@given(st.lists(st.integers(1, 10_000_00), min_size=1, max_size=6))
def test_every_supplier_entry_balances_and_owes_the_gross(nets: list[int]) -> None:
    choices = [PostingChoice("4964", "110", "V19", Money(net, "EUR")) for net in nets]
    gross = sum(net + Money(net, "EUR").times(Decimal("0.19")).minor for net in nets)
    made = SupplierDocument(
        "document:1", "R", date(2026, 9, 1), Money(gross, "EUR"), "70001", "Rack AG"
    )
    posting = post_supplier_document(made, choices, CODES, "1600")
    check_entry(posting.entry)
    assert posting.open_item is not None
    assert posting.open_item.gross.minor == gross
