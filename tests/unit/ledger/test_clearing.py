"""Open items: terms, clearing, discount with its tax, suspense, netting."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.errors import Refusal
from contor.ledger.accounts import Account, Chart
from contor.ledger.clearing import Clearing, clear
from contor.ledger.discount_tax import discount_lines, settling_amount, split_discount
from contor.ledger.discount_terms import (
    DiscountTerm,
    format_discount_terms,
    parse_discount_terms,
    term_on,
)
from contor.ledger.entry import JournalEntry, JournalLine, check_entry
from contor.ledger.fiscal_period import fiscal_year
from contor.ledger.netting import net_off
from contor.ledger.open_items import (
    OpenItem,
    TaxShare,
    open_credit_note,
    open_payable,
    open_receivable,
)
from contor.ledger.posting import PostedEntry, post, reverse
from contor.ledger.suspense import explain, put_on_suspense, unexplained
from contor.ledger.tax_code import TaxCode, find_tax_code
from contor.money import Money

DAY = date(2026, 9, 1)


def euro(amount: str) -> Money:
    return Money.of(amount, "EUR")


def receivable(gross: str = "2594.20") -> OpenItem:
    terms = parse_discount_terms("7:2.00;14:1.00")
    item = open_receivable("RE-7", "10001", "Muster", DAY, DAY + timedelta(days=30), euro(gross))
    return replace(item, discount_terms=terms)


@pytest.mark.parametrize(
    ("paid", "discount"),
    [(0, "51.88"), (7, "51.88"), (8, "25.94"), (14, "25.94"), (15, "0.00")],
)
def test_the_discount_of_the_day(paid: int, discount: str) -> None:
    """V61: 2 % within 7 days, 1 % within 14, of 2594.20 gross."""
    day = DAY + timedelta(days=paid)
    item = receivable()
    assert item.discount_on(day) == euro(discount)
    assert settling_amount(item, day) == euro("2594.20") - euro(discount)


def test_a_deadline_on_a_sunday_moves_to_the_bank_day() -> None:
    term = DiscountTerm(7, Decimal(2))
    issued = date(2026, 9, 5)  # a Saturday
    assert term.deadline(issued, lambda day: day.weekday() < 5) == date(2026, 9, 14)
    paid = date(2026, 9, 14)
    assert term_on([term], issued, paid) is None
    assert term_on([term], issued, paid, lambda day: day.weekday() < 5) == term


@pytest.mark.parametrize("text", ["7", "7:x", "x:2", "-1:2", "7:100", "7:NaN", "7:-1"])
def test_terms_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(Refusal, match="discount_terms_unreadable"):
        parse_discount_terms(text)


def test_terms_are_written_as_they_are_read() -> None:
    assert format_discount_terms(parse_discount_terms("14:1.00;7:2.00")) == "7:2.00;14:1.00"
    assert parse_discount_terms(" ") == ()


@given(
    parts=st.lists(
        st.integers(min_value=-5000, max_value=5000).filter(bool), min_size=1, max_size=12
    )
)
def test_never_more_than_open_and_never_more_back_than_cleared(parts: list[int]) -> None:
    item = receivable("100.00")
    for minor in parts:
        clearing = Clearing(0, DAY, Money(minor, "EUR"))
        left = item.open_amount.minor - minor
        if left < 0 or left > 10000:
            with pytest.raises(
                Refusal, match="more_than_open" if left < 0 else "more_than_cleared"
            ):
                clear(item, clearing)
        else:
            item = clear(item, clearing)
            assert item.open_amount.minor == left


def test_clearings_without_amount_or_with_mixed_signs_are_refused() -> None:
    with pytest.raises(Refusal, match="nothing_to_clear"):
        clear(receivable(), Clearing(0, DAY, euro("0.00")))
    with pytest.raises(Refusal, match="clearing_signs_differ"):
        Clearing(0, DAY, euro("10.00"), fee=euro("-1.00"))
    write_off = Clearing(0, DAY, euro("0.00"), write_off=euro("0.20"))
    assert clear(receivable(), write_off).open_amount == euro("2594.00")


def test_items_that_make_no_sense_are_refused() -> None:
    for gross, left in (("0.00", "0.00"), ("-1.00", "0.00"), ("1.00", "1.01"), ("1.00", "-0.01")):
        with pytest.raises(Refusal, match="open_item_amount_wrong"):
            replace(receivable(), gross=euro(gross), open_amount=euro(left))
    with pytest.raises(ValueError, match="one currency"):
        replace(receivable(), open_amount=Money.of("1.00", "CHF"))


def test_directions_and_lateness() -> None:
    payable = open_payable("ER-1", "7", "L", DAY, DAY, euro("1.00"))
    ours = open_credit_note("GS-1", "1", "K", DAY, euro("1.00"), "receivable")
    theirs = open_credit_note("GS-2", "7", "L", DAY, euro("1.00"), "payable")
    assert [i.direction for i in (receivable(), payable, ours, theirs)] == [1, -1, -1, 1]
    assert payable.overdue_days(DAY + timedelta(days=3)) == 3
    assert replace(payable, open_amount=euro("0.00")).overdue_days(date(2027, 1, 1)) == 0


CODES = (
    TaxCode("U19", "19", Decimal("19.00"), "output", "S", DAY, None, "1776"),
    TaxCode("U7", "7", Decimal("7.00"), "output", "S", DAY, None, "1771"),
    TaxCode("V13B", "13b", Decimal("19.00"), "input", "AE", DAY, None, "1577", "1787"),
)


def test_the_discount_corrects_the_tax_of_each_rate() -> None:
    item = replace(
        receivable("226.00"),
        tax_shares=(
            TaxShare("U19", Decimal("19.00"), euro("119.00")),
            TaxShare("U7", Decimal("7.00"), euro("107.00")),
        ),
    )
    lines = discount_lines(euro("4.52"), item, "8736", CODES)
    assert [(line.account, str(line.amount.amount)) for line in lines] == [
        ("8736", "2.00"),
        ("1776", "0.38"),
        ("8736", "2.00"),
        ("1771", "0.14"),
    ]


def test_reverse_charge_corrects_both_sides_of_the_tax() -> None:
    item = replace(
        open_payable("ER-1", "7", "L", DAY, DAY, euro("100.00")),
        tax_shares=(TaxShare("V13B", Decimal("19.00"), euro("100.00")),),
    )
    lines = discount_lines(euro("-2.00"), item, "3736", CODES)
    assert [(line.account, str(line.amount.amount)) for line in lines] == [
        ("3736", "-2.00"),
        ("1577", "-0.38"),
        ("1787", "0.38"),
    ]


@given(
    discount=st.integers(min_value=1, max_value=10**7),
    grosses=st.lists(st.integers(min_value=1, max_value=10**7), min_size=1, max_size=4),
    uncovered=st.integers(min_value=0, max_value=10**6),
)
def test_the_parts_of_a_discount_sum_to_it(
    discount: int, grosses: list[int], uncovered: int
) -> None:
    rates = [Decimal("19.00"), Decimal("7.00"), Decimal("0.00"), Decimal("16.00")]
    shares = [
        TaxShare(f"U{rate}", rate, Money(gross, "EUR"))
        for rate, gross in zip(rates, grosses, strict=False)
    ]
    whole = Money(sum(grosses) + uncovered, "EUR")
    parts = split_discount(Money(discount, "EUR"), whole, shares)
    assert sum(part.gross.minor for part in parts) == discount
    assert all(part.tax == part.gross.times(part.rate / (100 + part.rate)) for part in parts)


CHART = Chart("t", tuple(Account(n, n, "asset") for n in ("1200", "1370", "1400", "4970")))


def posted(entry: JournalEntry, sequence: int) -> PostedEntry:
    check_entry(entry)
    return post(entry, chart=CHART, periods=fiscal_year(2026), sequence=sequence)


def test_suspense_is_explained_once_and_whole() -> None:
    accounts = {"bank_account": "1200", "suspense": "1370"}
    first = posted(put_on_suspense(euro("50.00"), DAY, "?", source="bank_line:1", **accounts), 1)
    second = posted(put_on_suspense(euro("-9.90"), DAY, "?", source="bank_line:2", **accounts), 2)
    third = posted(put_on_suspense(euro("1.00"), DAY, "?", source="bank_line:3", **accounts), 3)
    back = posted(reverse(third, on=DAY, reason="doppelt"), 4)
    waiting = unexplained([first, second, third, back], "1370")
    assert [(u.entry_number, u.amount) for u in waiting] == [
        ("2026-000001", euro("-50.00")),
        ("2026-000002", euro("9.90")),
    ]
    fee = JournalLine("4970", euro("9.90"))
    entry = explain(waiting[1], DAY, "Kontogebühr", [fee], suspense="1370")
    assert entry.source == "suspense:2026-000002"
    done = posted(entry, 5)
    left = unexplained([first, second, third, back, done], "1370")
    assert [u.entry_number for u in left] == ["2026-000001"]
    with pytest.raises(Refusal, match="suspense_not_explained"):
        explain(waiting[0], DAY, "x", [fee], suspense="1370")


def test_netting_takes_the_same_off_both() -> None:
    item = replace(receivable("100.00"), id=1)
    note = replace(
        open_credit_note("GS-1", "10001", "Muster", DAY, euro("30.00"), "receivable"), id=2
    )
    off, used = net_off(item, note, DAY)
    assert clear(item, off).open_amount == euro("70.00")
    assert clear(note, used).settled
    assert net_off(item, note, DAY, euro("5.00"))[0].total == euro("5.00")
    with pytest.raises(Refusal, match="netting_parties_differ"):
        net_off(item, replace(note, party_number="10002"), DAY)
    with pytest.raises(Refusal, match="netting_sides_equal"):
        net_off(item, item, DAY)


def test_the_tax_code_of_the_day_or_none() -> None:
    rows = (
        TaxCode("V19", "19", Decimal(19), "input", "S", date(2007, 1, 1), date(2020, 6, 30)),
        TaxCode("V19", "16", Decimal(16), "input", "S", date(2020, 7, 1), date(2020, 12, 31)),
    )
    assert find_tax_code(rows, "V19", date(2020, 6, 30)).rate == 19
    assert find_tax_code(rows, "V19", date(2020, 7, 1)).rate == 16
    with pytest.raises(Refusal, match="tax_code_not_valid"):
        find_tax_code(rows, "V19", date(2021, 1, 1))
    with pytest.raises(Refusal, match="tax_code_unknown"):
        find_tax_code(rows, "V7", date(2020, 1, 1))
    for wrong in ({"rate": Decimal(-1)}, {"rate": Decimal("NaN")}, {"category": "Q"}):
        with pytest.raises(Refusal, match="tax_code_invalid"):
            replace(rows[0], **wrong)
    with pytest.raises(TypeError):
        replace(rows[0], rate=0.19)  # type: ignore[arg-type]
