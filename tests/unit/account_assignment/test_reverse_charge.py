"""Accounts for tax we owe do not take what a supplier at home taxed, and the other way round."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from contor.account_assignment.history import History
from contor.account_assignment.lines import Lines
from contor.account_assignment.reverse_charge import OwedTax, go_with_tax
from contor.account_assignment.suggestion import Rung, Suggestion
from contor.ledger.tax_code import TaxCategory, TaxCode

Answer = dict[str, Suggestion]


def _code(code: str, category: TaxCategory, rate: str = "19") -> TaxCode:
    return TaxCode(code, code, Decimal(rate), "input", category, date(2007, 1, 1))


CODES = (_code("V19", "S"), _code("V7", "S", "7"), _code("V13B", "AE"))


def _history(*booked: tuple[str, str, int]) -> History:
    rows = [
        {"date": "2026-01-05", "supplier": "S", "amount": "1", "account": account, "tax_code": tax}
        for account, tax, count in booked
        for _ in range(count)
    ]
    return History.of(Lines.from_rows(rows))


APART = _history(("3123", "V13B", 40), ("4940", "V7", 3), ("4930", "V19", 30), ("4960", "V19", 9))


def _answer(account: str, tax: str, *others: str, rung: Rung = "rule") -> Answer:
    return {
        "account": Suggestion("account", account, 0.93, True, others, "model", "Words."),
        "tax_code": Suggestion("tax_code", tax, 0.99, True, (), rung),
    }


def test_a_book_bought_at_home_does_not_go_to_services_from_abroad() -> None:
    answer = _answer("3123", "V7", "4940", "4930")
    go_with_tax([answer], APART, CODES)
    found = answer["account"]
    assert (found.code, found.others) == ("4940", ("4930", "3123"))
    assert not found.auto
    assert found.confidence <= 0.3
    assert found.reason == "3123 was never booked with a tax code like V7."


def test_a_service_from_abroad_does_not_go_to_what_is_bought_at_home() -> None:
    answer = _answer("4930", "V13B", "4960", "3123")
    go_with_tax([answer], APART, CODES)
    assert answer["account"].code == "3123"


def test_where_nothing_else_is_known_a_person_looks_at_it() -> None:
    answer = _answer("3123", "V19")
    go_with_tax([answer], APART, CODES)
    found = answer["account"]
    assert (found.code, found.auto) == ("3123", False)
    assert found.reason == "3123 was never booked with a tax code like V19. Words."


def test_another_rate_is_no_contradiction() -> None:
    answer = _answer("4930", "V7", "4940")
    go_with_tax([answer], APART, CODES)
    assert answer["account"] == _answer("4930", "V7", "4940")["account"]


def test_where_expense_accounts_take_any_tax_code_none_of_them_is_in_doubt() -> None:
    mixed = _history(("4930", "V19", 30), ("4960", "V13B", 20), ("4960", "V19", 20))
    answer = _answer("4930", "V13B", "4960")
    go_with_tax([answer], mixed, CODES)
    assert answer["account"].auto


@pytest.mark.parametrize("rung", ["memory", "model"])
def test_a_tax_code_that_is_only_a_habit_decides_nothing(rung: Rung) -> None:
    answer = _answer("3123", "V7", "4940", rung=rung)
    go_with_tax([answer], APART, CODES)
    assert answer["account"].code == "3123"


def test_few_lines_make_no_kind_of_account() -> None:
    kinds = OwedTax.of(_history(("3123", "V13B", 4), ("4930", "V19", 4)), CODES)
    assert not kinds.only
    assert not kinds.never
