"""Accounts for tax we owe do not take what a supplier at home taxed, and the other way round."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contor.account_assignment.history import History
from contor.account_assignment.lines import Lines
from contor.account_assignment.reverse_charge import OwedTax
from contor.ledger.accounts import Account, Chart
from contor.ledger.tax_code import TaxCategory, TaxCode
from contor.review.consistency import made_consistent

ON = date(2026, 11, 30)
CHART = Chart("own", tuple(Account(n, n, "expense") for n in ("3123", "4930", "4940", "4960")))


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


def _account(
    past: History, account: str, tax: str, *others: str, rung: str = "rule"
) -> dict[str, Any]:
    """What is suggested beside a tax code, where ``account`` was learnt and ``others`` come after."""
    learnt = {
        "value": account,
        "confidence": 0.93,
        "auto": True,
        "rung": "model",
        "reason": "Words.",
        "alternatives": [{"value": other, "confidence": None} for other in others],
    }
    taxed = {**learnt, "value": tax, "rung": rung, "alternatives": []}
    choice = {"account": learnt, "tax_code": taxed}
    found = made_consistent(choice, CHART, CODES, ON, OwedTax.of(past, CODES))
    return dict(found["account"])


def test_a_book_bought_at_home_does_not_go_to_services_from_abroad() -> None:
    found = _account(APART, "3123", "V7", "4940", "4930")
    assert found["value"] == "4940"
    assert [other["value"] for other in found["alternatives"]] == ["4930"]
    assert not found["auto"]
    assert found["confidence"] == 0.5
    assert found["reason"] == (
        "3123 takes another tax code than V7. It came first; 4940 is the next that fits."
    ), "what spoke for 3123 does not speak for 4940"


def test_a_service_from_abroad_does_not_go_to_what_is_bought_at_home() -> None:
    assert _account(APART, "4930", "V13B", "4960", "3123")["value"] == "3123"


def test_where_nothing_else_is_known_a_person_looks_at_it() -> None:
    found = _account(APART, "3123", "V19")
    assert (found["value"], found["auto"]) == ("3123", False)
    assert found["reason"] == "3123 takes another tax code than V19. Words."


def test_another_rate_is_no_contradiction() -> None:
    found = _account(APART, "4930", "V7", "4940")
    assert (found["value"], found["auto"], found["confidence"]) == ("4930", True, 0.93)


def test_where_expense_accounts_take_any_tax_code_none_of_them_is_in_doubt() -> None:
    mixed = _history(("4930", "V19", 30), ("4960", "V13B", 20), ("4960", "V19", 20))
    assert _account(mixed, "4930", "V13B", "4960")["auto"]


@pytest.mark.parametrize("rung", ["memory", "model"])
def test_a_tax_code_that_is_only_a_habit_decides_nothing(rung: str) -> None:
    assert _account(APART, "3123", "V7", "4940", rung=rung)["value"] == "3123"


def test_few_lines_make_no_kind_of_account() -> None:
    kinds = OwedTax.of(_history(("3123", "V13B", 4), ("4930", "V19", 4)), CODES)
    assert not kinds.only
    assert not kinds.never
