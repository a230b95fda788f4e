"""Posting and reversing: properties that hold for every entry."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.errors import Refusal
from contor.ledger.accounts import Account, Chart
from contor.ledger.cost_centre import CostCentre
from contor.ledger.entry import JournalEntry, JournalLine
from contor.ledger.fiscal_period import find_period, fiscal_year
from contor.ledger.posting import PostedEntry, check_postable, post, reverse
from contor.money import Money

CHART = Chart(
    "test",
    (
        Account("1200", "Bank", "asset"),
        Account("1600", "Lieferanten", "liability"),
        Account("4930", "Bürobedarf", "expense"),
        Account("4999", "Alt", "expense", open=False),
    ),
)
YEAR = fiscal_year(2026)
ACCOUNTS = st.sampled_from(["1200", "1600", "4930"])
AMOUNTS = st.integers(min_value=-(10**12), max_value=10**12).filter(bool)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def balanced(draw: st.DrawFn) -> JournalEntry:
    """An entry in one or two currencies whose last line of each makes it balance."""
    lines: list[JournalLine] = []
    for currency in draw(st.lists(st.sampled_from(["EUR", "CHF"]), min_size=1, unique=True)):
        amounts = draw(
            st.lists(AMOUNTS, min_size=1, max_size=6).filter(lambda found: sum(found) != 0)
        )
        minors = (*amounts, -sum(amounts))
        lines += [JournalLine(draw(ACCOUNTS), Money(minor, currency)) for minor in minors]
    return JournalEntry(draw(DAYS), "x", tuple(lines), source="document:1")


def posted(entry: JournalEntry) -> PostedEntry:
    return post(entry, chart=CHART, periods=YEAR, sequence=1)


def sums(*entries: JournalEntry) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for entry in entries:
        for line in entry.lines:
            key = (line.account, line.amount.currency)
            found[key] = found.get(key, 0) + line.amount.minor
    return found


@given(entry=balanced())
def test_every_posted_entry_balances_in_each_currency(entry: JournalEntry) -> None:
    done = posted(entry)
    for currency in {line.amount.currency for line in done.entry.lines}:
        amounts = [x.amount.minor for x in done.entry.lines if x.amount.currency == currency]
        assert sum(amounts) == 0
    assert (done.number, done.period) == ("2026-000001", f"{entry.booking_date:%Y-%m}")
    debits = sum(line.debit.minor for line in entry.lines)
    assert debits == sum(line.credit.minor for line in entry.lines)


@given(entry=balanced(), line=st.integers(min_value=0, max_value=30), cents=AMOUNTS)
def test_a_cent_too_much_anywhere_is_refused(entry: JournalEntry, line: int, cents: int) -> None:
    spoiled = list(entry.lines)
    at = line % len(spoiled)
    minor = spoiled[at].amount.minor + cents
    spoiled[at] = replace(spoiled[at], amount=Money(minor, spoiled[at].amount.currency))
    with pytest.raises(Refusal, match=r"entry_unbalanced|line_without_amount"):
        posted(replace(entry, lines=tuple(spoiled)))


@given(entry=balanced(), day=DAYS)
def test_an_entry_and_its_reversal_sum_to_zero(entry: JournalEntry, day: date) -> None:
    done = posted(entry)
    back = reverse(done, on=day, reason="Falsch gebucht")
    assert set(sums(done.entry, back).values()) == {0}
    assert (back.reverses, back.source) == (done.number, f"reversal:{done.number}")
    assert posted(back).entry == back


@given(day=DAYS)
def test_every_day_belongs_to_one_period(day: date) -> None:
    assert [p.name for p in YEAR if day in p.period] == [find_period(YEAR, day).name]


def entry_of(*lines: JournalLine) -> JournalEntry:
    return JournalEntry(date(2026, 5, 4), "Papier", lines, source="document:1")


EURO = Money.of("10.00", "EUR")


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("entry_without_lines", (JournalLine("4930", EURO),)),
        ("entry_without_lines", ()),
        (
            "line_without_amount",
            (JournalLine("4930", Money(0, "EUR")), JournalLine("1200", Money(0, "EUR"))),
        ),
        (
            "entry_unbalanced",
            (JournalLine("4930", EURO), JournalLine("1200", Money.of("-10.00", "CHF"))),
        ),
        ("account_unknown", (JournalLine("0815", EURO), JournalLine("1200", -EURO))),
        ("account_closed", (JournalLine("4999", EURO), JournalLine("1200", -EURO))),
        (
            "cost_centre_unknown",
            (JournalLine("4930", EURO, cost_centre="900"), JournalLine("1200", -EURO)),
        ),
    ],
)
def test_what_is_refused(code: str, lines: tuple[JournalLine, ...]) -> None:
    centres = [CostCentre("110", "Server"), CostCentre("900", "Alt", open=False)]
    with pytest.raises(Refusal, match=code):
        check_postable(entry_of(*lines), chart=CHART, periods=YEAR, cost_centres=centres)


def test_closed_periods_sources_posted_and_reversals_without_reason() -> None:
    entry = entry_of(JournalLine.debit_to("4930", EURO), JournalLine.credit_to("1200", EURO))
    may_closed = [p.closed() if p.name == "2026-05" else p for p in YEAR]
    with pytest.raises(Refusal, match="period_closed"):
        post(entry, chart=CHART, periods=may_closed, sequence=1)
    reopened = [p.reopened() for p in may_closed]
    assert post(entry, chart=CHART, periods=reopened, sequence=7).number == "2026-000007"
    with pytest.raises(Refusal, match="posted_already"):
        post(entry, chart=CHART, periods=YEAR, sequence=1, posted_already=True)
    with pytest.raises(Refusal, match="reason_missing"):
        reverse(posted(entry), on=date(2026, 6, 1), reason=" ")
    with pytest.raises(Refusal, match="reversed_already"):
        reverse(posted(entry), on=date(2026, 6, 1), reason="x", reversed_already=True)


def test_a_fiscal_year_may_begin_in_any_month() -> None:
    year = fiscal_year(2026, first_month=7)
    assert (year[0].name, year[-1].name) == ("2026-07", "2027-06")
    assert {p.fiscal_year for p in year} == {2026}
