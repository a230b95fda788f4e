"""Charts from CSV: kinds by number range agree with the published balance sheet positions."""

import csv

import pytest

from contor.errors import Refusal
from contor.ledger.accounts import Account, Chart
from contor.ledger.chart_import import read_chart, read_cost_centres, read_tax_codes
from contor.ledger.standard_charts import Scheme, kind_of, scheme_of
from tests.support.shared import ROOT, SHARED, needs_shared

SAMPLES = ROOT / "data" / "samples" / "charts"


@needs_shared
@pytest.mark.parametrize("scheme", ["skr03", "skr04"])
def test_kinds_agree_with_the_balance_sheet_positions(scheme: Scheme) -> None:
    """Assets stand under Aktiva, debts under Passiva > Verbindlichkeiten and Rückstellungen."""
    with (SHARED / "charts" / f"{scheme}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    expected = {"Aktiva": "asset", "Verbindlichkeiten": "liability", "Rückstellungen": "liability"}
    wrong, judged = [], 0
    for row in rows:
        side, _, rest = row["balance_sheet_position"].partition(" > ")
        position = side if side == "Aktiva" else rest.partition(" > ")[0]
        if position not in expected:
            continue
        judged += 1
        if kind_of(row["number"], scheme) != expected[position]:
            wrong.append(row["number"])
    assert judged > 250
    # A few accounts change sides with their balance (tax claims, advances, clearing accounts).
    assert len(wrong) / judged < 0.03, wrong


def test_accounts_of_the_trade() -> None:
    kinds = {number: kind_of(number, "skr03") for number in ("0027", "0630", "0800", "1576")}
    assert kinds == {"0027": "asset", "0630": "liability", "0800": "equity", "1576": "asset"}
    assert kind_of("2650", "skr03") == "income"
    assert kind_of("4964", "skr03") == "expense"
    assert kind_of("10001", "skr03") == "asset"
    assert kind_of("70001", "skr03") == "liability"
    assert kind_of("1234567", "skr04") == "asset"
    assert [kind_of(n, "skr04") for n in ("6325", "7100", "7310", "2900")] == [
        "expense",
        "income",
        "expense",
        "equity",
    ]
    with pytest.raises(Refusal, match="account_number_unreadable"):
        kind_of("49 30", "skr03")


@pytest.mark.parametrize("scheme", ["skr03", "skr04"])
def test_the_samples_are_read_whole(scheme: Scheme) -> None:
    text = (SAMPLES / f"{scheme}.csv").read_text(encoding="utf-8")
    chart = read_chart(text, scheme)
    assert len(chart.accounts) >= 140
    assert scheme_of(account.number for account in chart.accounts) == scheme
    assert {account.kind for account in chart.accounts} == {
        "asset",
        "liability",
        "equity",
        "income",
        "expense",
    }
    italian = read_chart(text, scheme, language="it")
    assert italian.accounts[0].name != chart.accounts[0].name
    codes = read_tax_codes((SAMPLES / "tax_codes.csv").read_text(encoding="utf-8"), scheme=scheme)
    for code in codes:
        for number in filter(None, (code.tax_account, code.counter_account)):
            assert number in chart
    centres = read_cost_centres((SAMPLES / "cost_centres.csv").read_text(encoding="utf-8"))
    assert len({centre.code for centre in centres}) == len(centres) > 5


def test_files_that_cannot_be_a_chart_are_refused() -> None:
    for text, code in (
        ("", "chart_column_missing"),
        ("nummer,name\n1,a\n", "chart_column_missing"),
        ("number,name\n8400,a\n8400,b\n", "account_twice"),
        ("number,name\nA1,a\n", "chart_scheme_unknown"),
        ("number,name\n8400,a\n6325,b\n", "chart_scheme_unknown"),
        ("number,name\n8400,a\nA1,a\n", "account_number_unreadable"),
        ("number,name,kind\nA1,a,foo\n", "account_kind_unknown"),
    ):
        with pytest.raises(Refusal, match=code):
            read_chart(text, "x")
    own = read_chart("\ufeffnumber , name,kind\nA1, Bank ,asset\n,,\n", "x")
    assert own.accounts == (Account("A1", "Bank", "asset"),)
    with pytest.raises(Refusal, match="tax_code_unreadable"):
        read_tax_codes(
            "code,name,rate,direction,category,valid_from\nV19,x,neunzehn,input,S,2007-01-01\n"
        )


def test_a_chart_finds_and_grows() -> None:
    chart = Chart("x", (Account("1200", "Bank", "asset"),))
    grown = chart.with_accounts([Account("1000", "Kasse", "asset")])
    assert [account.number for account in grown.accounts] == ["1000", "1200"]
    assert "1000" not in chart
    assert grown.find("1000").in_balance_sheet
    with pytest.raises(Refusal, match="account_unknown"):
        chart.find("1000")
