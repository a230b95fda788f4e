"""A supplier that new lines name only by its number, its VAT-ID or its account is known all the same."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.history import History
from contor.account_assignment.identities import named
from contor.account_assignment.lines import Lines
from contor.cli.assignment import suggest

SUPPLIERS = (
    ("Hetzner Online GmbH", "70001", "DE812871812", "DE25700202700012345678", "4964"),
    ("Deutsche Telekom AG", "70002", "DE123475223", "DE02590100660000110601", "4920"),
    ("RIPE NCC", "70003", "NL003207768B01", "NL91ABNA0417164300", "4380"),
)
IDS = ("supplier_id", "vat_id", "iban")


def ledger(count: int = 120) -> list[dict[str, str]]:
    rows = []
    for i in range(count):
        name, number, vat_id, iban, account = SUPPLIERS[(i * 7 + i // 5) % 3]
        rows.append(
            {
                "date": (date(2025, 1, 1) + timedelta(i)).isoformat(), "supplier": name,
                "supplier_id": number, "vat_id": vat_id, "iban": iban,
                "amount": f"{40 + i * 37 % 300}.00", "account": account,
            }
        )  # fmt: skip
    return rows


def lines(*rows: dict[str, str]) -> Lines:
    blank = dict.fromkeys(("date", "supplier", *IDS, "amount", "account"), "")
    return Lines.from_rows([blank | row for row in rows])


@pytest.mark.parametrize("known", IDS)
def test_one_identity_is_as_good_as_the_name(known: str) -> None:
    assigner = AccountAssigner().fit(Lines.from_rows(ledger()))
    for place, supplier in enumerate(SUPPLIERS):
        identity = dict(zip(IDS, supplier[1:4], strict=True))[known]
        day = {"date": "2025-06-01", "amount": f"{500 + place}.00"}
        by_name, by_id = assigner.suggest(
            lines({**day, "supplier": supplier[0]}, {**day, known: identity})
        )
        assert by_id["account"].code == by_name["account"].code == supplier[4]
        assert by_id["account"].rung == "memory"
        assert by_id["account"].confidence > by_name["account"].confidence - 0.03


@pytest.mark.parametrize("known", ["vat_id", "iban"])
def test_a_supplier_under_a_new_name_is_known_by_its_vat_id_or_account(known: str) -> None:
    """Whatever words the new name shares with others."""
    assigner = AccountAssigner().fit(Lines.from_rows(ledger()))
    for place, supplier in enumerate(SUPPLIERS):
        identity = dict(zip(IDS, supplier[1:4], strict=True))[known]
        name = f"{SUPPLIERS[place - 1][0]} Nachfolger"
        (told,) = assigner.suggest(
            lines({"date": "2025-06-01", "supplier": name, "amount": "5", known: identity})
        )
        assert told["account"].code == supplier[4]
        assert f"Nearest past booking of {supplier[0]}" in told["account"].reason
        assert not told["account"].auto


def test_the_command_finds_the_history_of_a_number_alone(tmp_path: Path) -> None:
    def write(name: str, rows: list[dict[str, str]]) -> str:
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        return str(tmp_path / name)

    new = [{"date": "2025-06-01", "supplier": "", "supplier_id": "70003", "amount": "77.00"}]
    out = tmp_path / "o.csv"
    arguments = ["--history", write("h.csv", ledger()), write("n.csv", new), "-o", str(out)]
    assert CliRunner().invoke(suggest, arguments).exit_code == 0
    with out.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["account"], row["account_rung"], row["supplier"]) == ("4380", "memory", "")
    assert "RIPE NCC" in row["account_reason"]


def test_an_account_that_many_share_tells_nobody() -> None:
    shared = [{"supplier": f"Shop {n}", "iban": "LU89751000135104200E"} for n in range(9)]
    past = lines(*shared)
    assert named(lines({"iban": "LU89751000135104200E"}), past).facts["supplier"] == ("",)


def test_a_supplier_goes_by_its_latest_name() -> None:
    past = lines(
        *[{"supplier": "Foxtel", "supplier_id": "7"}] * 9,
        *[{"supplier": "Fox", "supplier_id": "7"}] * 6,
    )
    assert named(lines({"supplier_id": "7"}), past).facts["supplier"] == ("Fox",)


def test_lines_with_names_are_left_as_they_are() -> None:
    whole = Lines.from_rows(ledger())
    assert named(whole) is whole


def test_a_ledger_names_its_own_nameless_lines_from_those_before_them() -> None:
    history = History.of(
        lines(
            {"date": "2025-01-01", "vat_id": "DE812871812", "account": "4964"},
            {"date": "2025-01-02", "supplier": "Hetzner", "vat_id": "DE 812 871 812"},
            {"date": "2025-01-03", "vat_id": "DE812871812", "account": "4964"},
        )
    )
    assert history.lines.facts["supplier"] == ("", "Hetzner", "Hetzner")


def test_nobody_named_it_yet_but_it_is_the_same_supplier() -> None:
    """A ledger without names: the VAT-ID stands for the supplier."""
    bare = [{**row, "supplier": "", "supplier_id": "", "iban": ""} for row in ledger()]
    assigner = AccountAssigner().fit(Lines.from_rows(bare))
    asked = lines({"date": "2025-06-01", "amount": "77.00", "vat_id": "NL003207768B01"})
    found = assigner.suggest(asked)[0]["account"]
    assert found.code == "4380"
    assert found.confidence > 0.8


RACK = {"supplier": "Rack AG", "supplier_id": "70009"}


def booked(**more: str) -> list[dict[str, str]]:
    """A ledger in which Rack AG (70009) has lines of its own beside the others."""
    rows = [{**row, "cost_centre": "110"} for row in ledger()]
    rows[-60::10] = [{**row, **RACK, "vat_id": "", "iban": "", **more} for row in rows[-60::10]]
    return rows


def said(rows: list[dict[str, str]], **asked: str) -> dict[str, str]:
    """By target the reason for a line."""
    day = {"date": "2025-06-01", "amount": "77.00"}
    found = AccountAssigner().fit(Lines.from_rows(rows)).suggest(lines({**day, **asked}))[0]
    return {target: one.reason for target, one in found.items()}


def test_who_is_new_for_one_target_is_new_for_the_other() -> None:
    """A supplier that changed its name and kept its number: no target may call it new."""
    rows = booked(account="4240", cost_centre="300")
    told = said(rows, supplier="Gestell Neu SE", supplier_id="70009")
    assert not any("New supplier" in reason for reason in told.values()), told
    for reason in told.values():
        assert "same supplier number" in reason or "of this supplier's last" in reason
    told = said(rows, supplier="Nirgends GmbH", supplier_id="79999")
    assert all("New supplier" in reason for reason in told.values()), told


def test_a_supplier_whose_lines_have_no_cost_centre_is_not_new() -> None:
    for known in ({"supplier": "Rack AG"}, {"supplier": "Neu SE", "supplier_id": "70009"}):
        told = said(booked(account="4240", cost_centre=""), **known)
        assert "Rack AG" in told["account"]
        assert told["cost_centre"].startswith(
            "The last lines of this supplier have no cost centre: judged by words"
        )


def test_bookings_under_a_number_are_counted_as_those_under_a_name() -> None:
    told = said(booked(account="4240", cost_centre="300"), supplier="Neu SE", supplier_id="70009")
    assert "6 of this supplier's last 6 lines were booked so." in told["account"]
    other = said([*booked(account="4240"), {**ledger()[-1], **RACK, "cost_centre": "110",
                  "account": "4806", "date": "2025-05-20", "vat_id": "", "iban": ""}],
                 supplier="Neu SE", supplier_id="70009")  # fmt: skip
    assert "of this supplier's last 7 lines" in other["account"]


def test_a_runner_up_is_told_without_odds_that_contradict_the_confidence() -> None:
    """Odds are worked out before calibration: beside the confidence they would say something else."""
    mixed = [{**row, "account": "4240" if n % 2 else "4806"} for n, row in enumerate(ledger())]
    told = said(mixed, supplier="RIPE NCC")["account"]
    assert "Runner-up 4240" in told or "Runner-up 4806" in told
    assert "is close:" in told, "half of the lines went there"
    assert "%" not in told
    assert (
        "fits less: never booked for this supplier lately."
        in said(ledger(), supplier="RIPE NCC")["account"]
    )
