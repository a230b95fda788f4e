"""Account, cost centre and tax code go together, or a person is asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contor.account_assignment.reverse_charge import OwedTax
from contor.errors import Refusal
from contor.ledger.accounts import Account, Chart
from contor.ledger.chart_import import read_chart
from contor.ledger.rate_change import BOTH
from contor.ledger.tax_code import TaxCode
from contor.review.consistency import check_choices, made_consistent
from contor.review.decisions import PostingChoice

ON = date(2026, 9, 1)
CHART = Chart(
    "own",
    (
        Account("1525", "Kautionen", "asset", cost_centre_use="forbidden"),
        Account("3125", "Automatik 19 %", "expense", only_tax_code="V19"),
        Account("4964", "Racks", "expense", cost_centre_use="required"),
        Account("4980", "Sonstiges", "expense"),
        Account("4999", "Alt", "expense", open=False),
    ),
)
CODES = [
    TaxCode("V19", "19 %", Decimal(19), "input", "S", date(2021, 1, 1), tax_account="1576"),
    TaxCode("U19", "19 %", Decimal(19), "output", "S", date(2021, 1, 1), tax_account="1776"),
    TaxCode("V13B", "§ 13b", Decimal(19), "input", "AE", date(2021, 1, 1), None, "1577", "1787"),
]


def said(value: str, *others: str, rung: str = "model", confidence: float = 0.97) -> dict[str, Any]:
    return {
        "value": value,
        "confidence": confidence,
        "auto": True,
        "rung": rung,
        "reason": "So.",
        "alternatives": [{"value": other, "confidence": None} for other in others],
    }


def made(**targets: dict[str, Any]) -> dict[str, Any]:
    return dict(made_consistent(targets, CHART, CODES, ON))


def test_an_account_without_cost_centres_gets_none() -> None:
    found = made(account=said("1525"), cost_centre=said("110"))["cost_centre"]
    assert (found["value"], found["rung"], found["auto"]) == ("", "rule", True)
    assert found["alternatives"][0]["value"] == "110"


def test_an_account_that_demands_one_takes_the_next_best_and_asks() -> None:
    found = made(account=said("4964"), cost_centre=said("", "110"))["cost_centre"]
    assert (found["value"], found["auto"]) == ("110", False)
    assert made(account=said("4964"))["cost_centre"]["value"] == ""


def test_an_automatic_account_brings_its_tax_code() -> None:
    found = made(account=said("3125"), tax_code=said("V7"))["tax_code"]
    assert (found["value"], found["rung"]) == ("V19", "rule")
    assert made(account=said("3125"))["tax_code"]["value"] == "V19"


def test_an_automatic_account_stands_back_where_the_law_says_otherwise() -> None:
    found = made(account=said("3125", "4980"), tax_code=said("V13B", rung="rule"))
    assert (found["account"]["value"], found["account"]["auto"]) == ("4980", False)
    assert found["tax_code"]["value"] == "V13B"
    alone = made(account=said("3125"), tax_code=said("V13B", rung="rule"))
    assert (alone["account"]["auto"], alone["tax_code"]["auto"]) == (False, False)


def test_an_account_of_tax_we_owe_does_not_take_what_was_taxed_at_home() -> None:
    owed = OwedTax(frozenset({"V13B"}), only=frozenset({"4964"}), never=frozenset())
    tax = said("V19", rung="einvoice")
    first = {"account": said("4964", "4980"), "tax_code": tax}
    found = made_consistent(first, CHART, CODES, ON, owed)["account"]
    assert (found["value"], found["auto"], found["confidence"]) == ("4980", False, 0.5)
    alone = {"account": said("4964"), "tax_code": tax, "cost_centre": said("110")}
    found = made_consistent(alone, CHART, CODES, ON, owed)["account"]
    assert (found["value"], found["auto"], found["confidence"]) == ("4964", False, 0.5)
    assert found["reason"] == "4964 takes another tax code than V19. So."


def test_a_rule_of_the_tenant_stands_above_such_habits() -> None:
    owed = OwedTax(frozenset({"V13B"}), only=frozenset({"4980"}), never=frozenset())
    ruled = {"account": said("4980", rung="rule"), "tax_code": said("V19", rung="einvoice")}
    assert made_consistent(ruled, CHART, CODES, ON, owed)["account"]["auto"]


def test_a_closed_account_is_not_suggested_and_output_tax_is_no_input_tax() -> None:
    near = {"nearest": {"code": "4999"}, "words": ["rack"]}
    found = made(account={**said("4999", "4980"), **near})["account"]
    assert (found["value"], found["auto"]) == ("4980", False)
    assert found["reason"] == (
        "4999 cannot be booked to any more. It came first; 4980 is the next that fits."
    )
    assert not {"nearest", "words"} & set(found), "they spoke for 4999"
    found = made(account=said("4980"), tax_code=said("U19", "V19"))["tax_code"]
    assert (found["value"], found["auto"]) == ("V19", False)
    assert found["reason"].startswith("U19 is no tax code for 2026-09-01. It came first; V19")


IN_2020 = date(2020, 9, 15)
OF_2020 = [
    TaxCode("V19", "19 %", Decimal(19), "input", "S", date(2007, 1, 1), date(2020, 6, 30), "1576"),
    TaxCode("V16", "16 %", Decimal(16), "input", "S", date(2020, 7, 1), date(2020, 12, 31), "1575"),
    *CODES,
]


def test_a_tax_code_of_another_day_gives_way_to_the_one_that_took_over() -> None:
    choice = {"account": said("4980"), "tax_code": said("V19", "U19", "V16", confidence=0.8)}
    found = made_consistent(choice, CHART, OF_2020, IN_2020)["tax_code"]
    assert (found["value"], found["auto"], found["confidence"]) == ("V16", False, 0.5)
    assert found["reason"] == "V19 does not hold on 2020-09-15; V16 took its place. So."
    assert found["alternatives"] == [], "U19 does not hold, and V16 is the first now"


def test_even_a_rule_of_the_tenant_names_no_tax_code_of_another_day() -> None:
    choice = {"account": said("4980"), "tax_code": said("V16", rung="rule", confidence=0.99)}
    found = made_consistent(choice, CHART, OF_2020, ON)["tax_code"]
    assert (found["value"], found["rung"], found["auto"]) == ("V19", "rule", False)
    assert found["reason"] == "V16 does not hold on 2026-09-01; V19 took its place. So."


def test_where_nothing_took_over_the_tax_code_is_left_open() -> None:
    choice = {"account": said("4980"), "tax_code": said("V13B")}
    found = made_consistent(choice, CHART, OF_2020, IN_2020)["tax_code"]
    assert (found["value"], found["confidence"], found["auto"]) == ("", 0.0, False)
    assert found["reason"] == "V13B is no tax code for 2020-09-15. So."


def test_runner_ups_are_such_as_hold_that_day_in_both_directions_at_the_bank() -> None:
    tax = said("V19", "V16", "U19")
    found = made(account=said("4980"), tax_code=tax)["tax_code"]
    assert found["alternatives"] == []
    at_the_bank = made_consistent({"tax_code": tax}, CHART, OF_2020, ON, directions=BOTH)
    assert [one["value"] for one in at_the_bank["tax_code"]["alternatives"]] == ["U19"]


def test_an_automatic_account_stands_back_on_a_day_its_tax_code_does_not_hold() -> None:
    choice = {"account": said("3125", "4980"), "tax_code": said("V16", rung="einvoice")}
    found = made_consistent(choice, CHART, OF_2020, IN_2020)
    assert (found["account"]["value"], found["tax_code"]["value"]) == ("4980", "V16")
    alone = made_consistent({"account": said("3125")}, CHART, OF_2020, IN_2020)
    assert alone["account"]["auto"] is False
    assert "does not hold on that day" in alone["account"]["reason"]
    assert "tax_code" not in alone


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (PostingChoice("4964"), "cost_centre_missing"),
        (PostingChoice("1525", "110"), "cost_centre_forbidden"),
        (PostingChoice("3125", "110", "V7"), "tax_code_not_for_account"),
    ],
)
def test_what_an_account_does_not_take_is_refused(choice: PostingChoice, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_choices([choice], CHART)
    assert refused.value.code == code


def test_a_chart_file_says_what_accounts_demand() -> None:
    text = "number,name,kind,cost_centre,tax_code\n4964,Racks,expense,required,V19\n"
    (account,) = read_chart(text, "own").accounts
    assert (account.cost_centre_use, account.only_tax_code) == ("required", "V19")
    with pytest.raises(Refusal, match="cost_centre_use_unknown"):
        read_chart(text.replace("required", "maybe"), "own")


RATES = [
    *CODES,
    TaxCode("V7", "7 %", Decimal(7), "input", "S", date(2021, 1, 1), tax_account="1571"),
    TaxCode("V0", "none", Decimal(0), "input", "E", date(2021, 1, 1)),
]


@pytest.mark.parametrize(
    ("habit", "others", "rate", "value"),
    [
        ("V19", ("V7", "V0"), "7", "V7"),
        ("V19", ("V7", "V0"), "0.00", "V0"),
        ("V19", ("V7", "V13B"), "0", "V13B"),
        ("V13B", ("V19",), "19", "V19"),
        ("V19", ("V7",), "0", ""),
        ("V19", ("V7",), "16.00", ""),
    ],
)
def test_habit_does_not_deduct_what_the_document_does_not_charge(
    habit: str, others: tuple[str, ...], rate: str, value: str
) -> None:
    choice = {"tax_code": said(habit, *others)}
    found = made_consistent(choice, CHART, RATES, ON, rate=rate)["tax_code"]
    assert (found["value"], found["auto"]) == (value, False)
    assert found["reason"].startswith(f"{habit} is for another VAT rate than the document shows.")
    assert found["confidence"] <= (0.5 if value else 0)


def test_a_document_that_shows_no_rate_or_the_same_one_leaves_habit_alone() -> None:
    for rate in ("", "19", "19.00"):
        choice = {"tax_code": said("V19", "V7")}
        found = made_consistent(choice, CHART, RATES, ON, rate=rate)["tax_code"]
        assert (found["value"], found["auto"]) == ("V19", True)


def test_what_law_or_rule_decided_is_left_to_them_whatever_rate_is_shown() -> None:
    choice = {"tax_code": said("V19", rung="rule")}
    found = made_consistent(choice, CHART, RATES, ON, rate="0")["tax_code"]
    assert (found["value"], found["auto"]) == ("V19", True)


def test_an_automatic_account_stands_back_from_another_rate() -> None:
    choice = {"account": said("3125", "4980"), "tax_code": said("V7")}
    found = made_consistent(choice, CHART, RATES, ON, rate="7")
    assert (found["account"]["value"], found["tax_code"]["value"]) == ("4980", "V7")
    assert "another VAT rate than the document shows" in found["account"]["reason"]
