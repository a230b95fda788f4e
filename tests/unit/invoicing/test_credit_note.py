"""Credit notes: worked figures (V53, V55), caps, and the invoice plus its credits being zero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contor.errors import Refusal
from contor.invoicing.credit_note import credit, unused_amounts
from contor.invoicing.invoice import DocumentAllowance, Invoice
from contor.invoicing.issue import issue
from contor.money import Money
from contor.periods import Period
from tests.support.billing import draft, euro, issued, line, tax

JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))


def credited(invoice: Invoice, number: str = "CN-1", **facts: object) -> Invoice:
    return issue(credit(invoice, "Vertrag beendet", **facts), number, date(2026, 10, 5))  # type: ignore[arg-type]  # a test's shorthand


@pytest.mark.parametrize(
    ("price", "rate", "span", "on", "net", "taxed", "gross"),
    [
        ("200.00", "25", JUNE, date(2026, 6, 2), "193.33", "48.33", "241.66"),
        ("160.00", "25", JUNE, date(2026, 6, 2), "154.67", "38.67", "193.34"),
        (
            "29.99",
            "23.33",
            Period(date(2026, 6, 1), date(2026, 6, 8)),
            date(2026, 6, 2),
            "25.71",
            "6.00",
            "31.71",
        ),
    ],
)
def test_the_unused_rest(
    price: str, rate: str, span: Period, on: date, net: str, taxed: str, gross: str
) -> None:
    invoice = issued([line("1", price, tax(rate=rate), span)])
    note = credited(invoice, amounts=unused_amounts(invoice, on))
    totals = note.totals
    assert (totals.net, totals.tax, totals.gross) == (euro(net), euro(taxed), euro(gross))
    assert note.preceding[0].number == "RE-1"


def test_invoice_and_its_credits_come_to_zero() -> None:
    invoice = issued([line("1", "769.00", tax(rate="20"))])
    first = credited(invoice, amounts={"1": euro("726.86")})
    rest = credited(invoice, "CN-2", credited_before=[first])
    assert (first.totals.gross, rest.totals.gross) == (euro("872.23"), euro("50.57"))
    assert first.totals.gross + rest.totals.gross == invoice.totals.gross


def test_reductions_of_the_whole_document_are_taken_back_with_the_rest() -> None:
    off = DocumentAllowance("X", "Aktion", euro("10.00"), euro("10.00"), tax())
    invoice = issued([line("1", "50.00"), line("1", "30.00")], allowances=[off])
    first = credited(invoice, amounts={"1": euro("20.00")})
    rest = credited(invoice, "CN-2", credited_before=[first])
    assert first.totals.gross + rest.totals.gross == invoice.totals.gross
    with pytest.raises(Refusal) as refusal:
        credit(invoice, "zu viel", {"1": euro("50.00"), "2": euro("30.00")})
    assert refusal.value.code == "credit_exceeds_rate"


def test_no_line_is_credited_beyond_what_is_left() -> None:
    invoice = issued([line("1", "50.00")])
    for amount, code in (("50.01", "credit_exceeds_line"), ("-1.00", "credit_exceeds_line")):
        with pytest.raises(Refusal) as refusal:
            credit(invoice, "zu viel", {"1": euro(amount)})
        assert refusal.value.code == code
    with pytest.raises(Refusal) as refusal:
        credit(invoice, "fremd", {"9": euro("1.00")})
    assert refusal.value.code == "line_unknown"
    note = credited(invoice)
    with pytest.raises(Refusal) as refusal:
        credit(invoice, "noch einmal", credited_before=[note])
    assert refusal.value.code == "nothing_left"


def test_drafts_and_credit_notes_are_not_credited() -> None:
    for document in (draft([line("1", "5.00")]), credited(issued([line("1", "5.00")]))):
        with pytest.raises(Refusal) as refusal:
            credit(document, "falsch")
        assert refusal.value.code == "invoice_not_issued"


@settings(max_examples=60)
@given(
    prices=st.lists(st.integers(1, 99999), min_size=1, max_size=5),
    cut=st.lists(st.integers(0, 100), min_size=5, max_size=5),
    mode=st.sampled_from(["net", "gross"]),
)
def test_any_two_credits_come_to_zero(prices: list[int], cut: list[int], mode: str) -> None:
    lines = [
        line("1", str(Decimal(p).scaleb(-2)), tax(rate=["19", "7"][i % 2]))
        for i, p in enumerate(prices)
    ]
    invoice = issued(lines, mode=mode)
    amounts = {
        row.id: Money(row.charged.minor * share // 100, "EUR")
        for row, share in zip(invoice.lines, cut, strict=False)
    }
    notes: list[Invoice] = []
    if any(amounts.values()):
        notes.append(credited(invoice, amounts=amounts))
    if any(amounts[row.id] != row.charged for row in invoice.lines):
        notes.append(credited(invoice, "CN-2", credited_before=tuple(notes)))
    for figure in ("net", "tax", "gross"):
        back = sum((getattr(note.totals, figure) for note in notes), Money(0, "EUR"))
        assert back == getattr(invoice.totals, figure)
