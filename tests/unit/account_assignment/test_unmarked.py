"""An empty cell beside coded ones: the bank's fees never had a tax code, and get none now."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.lines import Lines
from contor.account_assignment.suggestion import Suggestion

Row = dict[str, str]
BOOKED = {
    "Telekom AG": ("4920", "100", "V19", "19"),
    "Papier KG": ("4930", "100", "V19", "19"),
    "Sparkasse": ("4970", "", "", "0"),
    "Vermieter": ("4210", "", "", "0"),
}


def books(count: int = 1200) -> list[Row]:
    rows = []
    for number in range(count):
        supplier, (account, centre, code, rate) = list(BOOKED.items())[number % 4]
        rows.append({
            "date": (date(2024, 1, 1) + timedelta(days=number // 2)).isoformat(),
            "supplier": supplier, "amount": f"{20 + number % 9}.00", "tax_rate": rate,
            "account": account, "cost_centre": centre, "tax_code": code,
        })  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def assigner() -> AccountAssigner:
    return AccountAssigner(0.05).fit(Lines.from_rows(books()))


def asked(assigner: AccountAssigner, supplier: str, rate: str) -> dict[str, Suggestion]:
    row = {"date": "2026-01-05", "supplier": supplier, "amount": "23.00", "tax_rate": rate}
    return assigner.suggest(Lines.from_rows([row]))[0]


def test_the_bank_s_fees_get_no_input_tax_by_habit(assigner: AccountAssigner) -> None:
    found = asked(assigner, "Sparkasse", "0")
    assert found["account"].code == "4970"
    assert found["account"].confidence > 0.9
    for target in ("tax_code", "cost_centre"):
        assert found[target].confidence < 0.2
        assert not found[target].auto


def test_who_always_has_a_code_is_as_sure_as_ever(assigner: AccountAssigner) -> None:
    found = asked(assigner, "Telekom AG", "19")
    assert all(one.confidence > 0.9 for one in found.values())


def test_a_new_supplier_without_vat_is_judged_by_all_that_showed_none(
    assigner: AccountAssigner,
) -> None:
    assert asked(assigner, "Stadtkasse Ulm", "0")["tax_code"].confidence < 0.2
    assert asked(assigner, "Neue AG", "19")["tax_code"].confidence > 0.6


def test_once_a_code_is_given_the_next_line_follows(assigner: AccountAssigner) -> None:
    changed = AccountAssigner(0.05).fit(Lines.from_rows(books(400)))
    fees = {"supplier": "Sparkasse", "amount": "23.00", "tax_rate": "0", "account": "4970"}
    changed.learn(Lines.from_rows([{**fees, "date": "2026-01-04", "tax_code": "V0"}]))
    found = asked(changed, "Sparkasse", "0")["tax_code"]
    assert found.code == "V0"
    assert found.confidence > 0.3


def test_books_brought_along_without_tax_codes_do_not_speak_against_them() -> None:
    """Two years of accounts alone; since this week people give tax codes, too."""
    bare = [{**row, "tax_code": ""} for row in books(800)]
    begun = AccountAssigner(0.05).fit(Lines.from_rows(bare))
    line = {"supplier": "Papier KG", "amount": "23.00", "tax_rate": "19", "account": "4930"}
    coded = [{**line, "date": f"2026-01-0{day}", "tax_code": "V19"} for day in (1, 2, 3)]
    begun.learn(Lines.from_rows(coded))
    assert asked(begun, "Telekom AG", "19")["tax_code"].confidence > 0.3
