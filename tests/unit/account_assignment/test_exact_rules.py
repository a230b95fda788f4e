"""Exact rules: who speaks, who stands back, and which rules are refused."""

from __future__ import annotations

from datetime import date

import pytest

from contor.account_assignment.exact_rules import ExactRule, verdicts
from contor.account_assignment.rule_check import check_rule
from contor.errors import Refusal
from contor.ledger.accounts import Account, Chart
from contor.ledger.cost_centre import CostCentre

CHART = Chart(
    "own", (Account("4964", "Racks", "expense"), Account("4999", "Alt", "expense", False))
)
CENTRES = (CostCentre("110", "Server"),)
TODAY = date(2026, 11, 2)
LINE = {"supplier_id": "70001", "supplier": "Rack AG", "description": "Rack 7, Strom"}


def check(rule: ExactRule, *others: ExactRule) -> None:
    check_rule(rule, others, CHART, CENTRES, (), TODAY)


def test_the_rule_with_more_conditions_speaks() -> None:
    always = ExactRule(1, supplier_id="70001", account="4964", cost_centre="110")
    power = ExactRule(2, supplier_id="70001", words="strom", account="4240")
    found = verdicts([always, power], LINE)
    assert (found["account"].code, found["account"].rules) == ("4240", (2,))
    assert found["cost_centre"].code == "110", "what the closer rule does not name stays"


def test_two_rules_that_do_not_include_each_other_contradict() -> None:
    by_name = ExactRule(1, supplier="Rack AG", account="4964")
    by_word = ExactRule(2, words="strom", account="4240")
    assert verdicts([by_name, by_word], LINE)["account"].code == ""
    assert verdicts([by_name, ExactRule(2, words="strom", account="4964")], LINE)["account"].code


def test_a_rule_holds_on_its_days_only() -> None:
    rule = ExactRule(1, supplier_id="70001", account="4964", valid_from=TODAY, valid_to=TODAY)
    assert rule.holds(LINE, TODAY)
    assert not rule.holds(LINE, date(2026, 11, 1))
    assert not rule.holds(LINE, date(2026, 11, 3))


def test_an_iban_is_compared_without_blanks_and_a_word_as_a_whole() -> None:
    assert ExactRule(1, iban="DE02 1203 0000 0000 2020 51", account="1").holds(
        {"iban": "DE02120300000000202051"}
    )
    assert not ExactRule(1, words="strom", account="1").holds({"description": "Stromversorgung"})


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (ExactRule(0, account="4964"), "rule_without_condition"),
        (ExactRule(0, words=" ,", account="4964"), "rule_without_condition"),
        (ExactRule(0, supplier="A"), "rule_without_code"),
        (ExactRule(0, supplier="A", account="1234"), "account_unknown"),
        (ExactRule(0, supplier="A", account="4999"), "account_closed"),
        (ExactRule(0, supplier="A", cost_centre="900"), "cost_centre_unknown"),
        (ExactRule(0, supplier="A", tax_code="V19"), "tax_code_unknown"),
        (
            ExactRule(0, supplier="A", account="4964", valid_from=TODAY, valid_to=date(2026, 1, 1)),
            "rule_period_empty",
        ),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule: ExactRule, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check(rule)
    assert refused.value.code == code


def test_a_rule_against_another_of_the_same_conditions_is_refused() -> None:
    old = ExactRule(4, supplier="Rack AG", account="4240", valid_to=date(2026, 6, 30))
    check(ExactRule(0, supplier="rack ag", account="4964", valid_from=date(2026, 7, 1)), old)
    with pytest.raises(Refusal, match="rule_contradicts: Rule 4"):
        check(ExactRule(0, supplier="rack ag", account="4964"), old)
