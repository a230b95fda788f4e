"""``contor reconcile``: one bad row never stops the others and is never lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from contor.cli.program import program

LINES = """\
id,booking_date,amount,currency,remittance
L1,2026-09-01,119.00,EUR,R-1001
L2,2026-09-01,12.345,EUR,finer than a cent
L3,2026-09-01,12.00,E R,no currency
L4,2026-09-01,99999999999999999999999999999.00,EUR,no purse
L5,2026-09-01,1.00,EUR,Meier, Berlin
L6,2026-09-01,50.00,eur,R-1002
"""
ITEMS = """\
id,kind,number,currency,open_amount
I1,receivable,R-1001,EUR,119.00
I1,receivable,R-1009,EUR,1.00
I2,receivable,R-1002,EUR,50.00
I3,receivable,R-1003,EUR,-5.00
"""


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "lines.csv").write_text(LINES, encoding="utf-8")
    (tmp_path / "open.csv").write_text(ITEMS, encoding="utf-8")
    return [str(tmp_path / "lines.csv"), str(tmp_path / "open.csv")]


def records(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_refused_rows_stand_in_their_places_and_the_rest_is_matched(files: list[str]) -> None:
    done = CliRunner().invoke(program, ["reconcile", *files, "--quiet"])
    assert done.exit_code == 1, done.output
    found = records(done.stdout)
    assert [(r["line"], r.get("refusal", {}).get("code")) for r in found] == [
        ("L1", None),
        ("L2", "amount_too_fine"),
        ("L3", "currency_unknown"),
        ("L4", "amount_out_of_range"),
        ("L5", "cells_too_many"),
        ("L6", None),
        (None, "item_id_repeated"),
        (None, "amount_negative"),
    ]
    assert [a["item"] for r in found for a in r["allocations"]] == ["I1", "I2"]
    assert [r["row"] for r in found if "refusal" in r] == [3, 4, 5, 6, 3, 5]
    assert len(done.stderr.splitlines()) == 6
    assert done.stderr.startswith(f"{files[0]}:3: amount_too_fine: ")


def test_what_bank_lines_refused_keeps_its_code(files: list[str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text("<Document>", encoding="utf-8")
    table = str(tmp_path / "table.csv")
    CliRunner().invoke(program, ["bank-lines", str(broken), "-o", table])
    done = CliRunner().invoke(program, ["reconcile", table, files[1], "--quiet"])
    assert done.exit_code == 1
    assert records(done.stdout)[0]["refusal"]["code"] == "statement_broken"


@pytest.mark.parametrize(
    "wrong", [("--error", "5"), ("--error", "nan"), ("--workers", "0"), ("--as-of", "2026-02-30")]
)
def test_numbers_that_promise_nothing_are_wrong_usage(
    files: list[str], wrong: tuple[str, str]
) -> None:
    assert CliRunner().invoke(program, ["reconcile", *files, *wrong]).exit_code == 2


def test_workers_do_not_change_a_byte(files: list[str]) -> None:
    one, two = (
        CliRunner().invoke(program, ["reconcile", *files, "--workers", n]).stdout_bytes
        for n in "12"
    )
    assert one == two
