"""Lines that name no supplier, as a bank's own charges do: known by their text."""

from __future__ import annotations

import pytest

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.lines import Lines
from contor.account_assignment.suggestion import Suggestion

Row = dict[str, str]
CHARGE: Row = {"date": "2026-06-01", "supplier": "", "description": "Entgelt Rücklastschrift", "amount": "3.50"}  # fmt: skip


def past(count: int = 240) -> list[Row]:
    """Charges without a name among invoices of three suppliers."""
    kinds = [
        ("", "Kontoführung im Monat", "4970"),
        ("", "Entgelt Rücklastschrift", "4970"),
        ("RIPE NCC", "Mitgliedsbeitrag", "4380"),
        ("Hetzner", "Server", "5900"),
    ]
    rows = []
    for i in range(count):
        supplier, text, account = kinds[i % 4]
        rows.append({
            "date": f"2025-{1 + i // 20:02d}-{1 + i % 20:02d}", "supplier": supplier,
            "description": text, "amount": f"{5 + i % 7}.00", "account": account,
        })  # fmt: skip
    return rows


def asked(assigner: AccountAssigner, **other: str) -> Suggestion:
    return assigner.suggest(Lines.from_rows([{**CHARGE, **other}]))[0]["account"]


def decided(assigner: AccountAssigner, account: str, said: str, **other: str) -> None:
    lines = Lines.from_rows([{**CHARGE, **other, "account": account}])
    assigner.learn(lines, {"account": [said]})


def test_a_charge_is_explained_by_the_last_of_the_same_text() -> None:
    found = asked(AccountAssigner().fit(Lines.from_rows(past())))
    assert (found.code, found.rung) == ("4970", "memory")
    assert found.reason.startswith("Nearest past booking: “Entgelt Rücklastschrift”, 2025-12-18,")
    assert "(same text)" in found.reason
    assert found.nearest is not None
    assert "supplier" not in found.reason


def test_a_line_without_name_and_without_a_known_text_is_no_new_supplier() -> None:
    found = asked(AccountAssigner().fit(Lines.from_rows(past())), description="Spende")
    assert found.reason.startswith("No supplier is named: judged by words, amount and document.")
    found = asked(
        AccountAssigner().fit(Lines.from_rows(past())), supplier="Kranich", description=""
    )
    assert found.reason.startswith("New supplier: judged by words, amount and document.")


def test_a_corrected_charge_comes_right_the_next_time() -> None:
    assigner = AccountAssigner().fit(Lines.from_rows(past()))
    decided(assigner, "4930", "4970")
    found = asked(assigner, date="2026-06-02")
    assert (found.code, found.auto) == ("4930", False)
    assert "A person corrected the last line like it." in found.reason
    assert asked(assigner, date="2026-06-02", amount="7.00").code == "4930"


@pytest.mark.parametrize(
    "other",
    [{"description": "Kontoführung im Monat"}, {"description": ""}, {"supplier": "Hetzner"}],
)
def test_a_corrected_charge_teaches_nothing_about_other_lines(other: Row) -> None:
    assigner = AccountAssigner().fit(Lines.from_rows(past()))
    decided(assigner, "4930", "4970")
    assert "corrected" not in asked(assigner, date="2026-06-02", **other).reason


def test_charges_without_any_text_are_not_taken_for_one_another() -> None:
    assigner = AccountAssigner().fit(Lines.from_rows(past()))
    decided(assigner, "4930", "4970", description="")
    assert "corrected" not in asked(assigner, date="2026-06-02", description="").reason


def test_words_that_speak_for_a_code_are_shown_as_they_are_written() -> None:
    found = asked(AccountAssigner().fit(Lines.from_rows(past())), description="Rücklastschrift Mai")
    assert "Words that speak for it: rücklastschrift" in found.reason


def test_a_name_copied_with_invisible_characters_is_the_same_name() -> None:
    found = asked(
        AccountAssigner().fit(Lines.from_rows(past())),
        supplier="RI\u00adPE\u200b N\u2060CC\ufeff", description="Mitgliedsbeitrag",
    )  # fmt: skip
    assert (found.code, found.rung) == ("4380", "memory")
