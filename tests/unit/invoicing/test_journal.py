"""Journal entries and open items of invoices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contor.contracts.contract import CashDiscount, PaymentTerms
from contor.errors import Refusal
from contor.invoicing.credit_note import credit
from contor.invoicing.issue import issue
from contor.invoicing.journal import (
    PostingAccounts,
    entry_for_invoice,
    open_item_for_invoice,
)
from contor.ledger.entry import check_entry
from contor.ledger.tax_code import TaxCode
from tests.support.billing import draft, euro, issued, line, tax

CODES = (
    TaxCode("U19", "19", Decimal("19.00"), "output", "S", date(2021, 1, 1), None, "1776"),
    TaxCode("U7", "7", Decimal("7.00"), "output", "S", date(2021, 1, 1), None, "1771"),
    TaxCode("U13B", "rc", Decimal("0.00"), "output", "AE", date(2021, 1, 1)),
)
ACCOUNTS = PostingAccounts("1400", "8200", {"AE": "8336"})


def booked(invoice: Any) -> list[tuple[str, str, str]]:
    entry = entry_for_invoice(invoice, ACCOUNTS, CODES, "invoice:1")
    check_entry(entry)
    return [(row.account, str(row.amount.amount), row.tax_code) for row in entry.lines]


def test_receivable_against_revenue_and_tax() -> None:
    invoice = issued([line("1", "100.00"), line("1", "50.00"), line("1", "10.00", tax(rate="7"))])
    assert booked(invoice) == [
        ("1400", "189.20", ""),
        ("8400", "-150.00", "U19"),
        ("8400", "-10.00", "U7"),
        ("1776", "-28.50", "U19"),
        ("1771", "-0.70", "U7"),
    ]


def test_a_credit_note_turns_the_signs() -> None:
    invoice = issued([line("1", "100.00")])
    note = issue(credit(invoice, "Storno"), "CN-1", date(2026, 10, 2))
    assert booked(note) == [
        ("1400", "-119.00", ""),
        ("8400", "100.00", "U19"),
        ("1776", "19.00", "U19"),
    ]
    item = open_item_for_invoice(note, ACCOUNTS, CODES)
    assert item is not None
    assert (item.kind, item.gross) == ("credit_note", euro("119.00"))


def test_reverse_charge_has_its_own_account_and_no_tax_line() -> None:
    of = tax("AE", "0", taxed_in="AT", legend="Reverse charge.")
    assert booked(issued([line("1", "100.00", of)])) == [
        ("1400", "100.00", ""),
        ("8336", "-100.00", "U13B"),
    ]


def test_tax_without_a_code_is_refused() -> None:
    invoice = issued([line("1", "100.00", tax(rate="20", taxed_in="FR"))])
    with pytest.raises(Refusal) as refusal:
        entry_for_invoice(invoice, ACCOUNTS, CODES)
    assert refusal.value.code == "tax_code_missing"


def test_drafts_are_not_booked() -> None:
    with pytest.raises(Refusal) as refusal:
        entry_for_invoice(draft([line("1", "1.00")]), ACCOUNTS, CODES)
    assert refusal.value.code == "invoice_not_issued"


def test_the_open_item_carries_discount_and_tax_shares() -> None:
    terms = PaymentTerms(discounts=(CashDiscount(7, Decimal("2.00")),))
    invoice = issued([line("1", "2180.00")], payment=terms)
    item = open_item_for_invoice(invoice, ACCOUNTS, CODES)
    assert item is not None
    assert item.gross == euro("2594.20")
    assert item.discount_on(date(2026, 10, 8)) == euro("51.88")
    assert item.discount_on(date(2026, 10, 9)) == euro("0.00")
    assert item.tax_shares[0].gross == euro("2594.20")
