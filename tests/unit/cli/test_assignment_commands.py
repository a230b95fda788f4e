"""``contor suggest`` and ``contor replay`` say so where a ledger teaches nothing."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contor.cli.program import program

HEAD = "date,supplier,amount,description"
UNCODED = f"{HEAD},account\n2026-01-01,Rack AG,10.00,Strom,\n2026-01-02,Rack AG,11.00,Strom,\n"
NEW = f"{HEAD}\n2026-02-01,Rack AG,12.00,Strom\n2026-02-02,🙂,,🚀🚀\n"
CHART = "number,name\n4240,Strom\n4964,Server\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("uncoded", UNCODED), ("new", NEW), ("chart", CHART)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(program, [str(word) for word in words])


def test_a_history_with_semicolons_is_refused_and_not_taken_for_an_empty_one(folder: Path) -> None:
    (folder / "history.csv").write_text("date;supplier;amount;account\n2026-01-01;Rack AG;1;4964\n")
    done = run("suggest", "--history", folder / "history.csv", folder / "new.csv")
    assert done.exit_code == 1
    assert "columns_missing" in done.stderr
    assert "separated by semicolons, not by commas" in done.stderr


@pytest.mark.parametrize("text", ["", "date,supplier,amount,account\n"])
def test_a_company_without_history_is_served_by_its_chart(folder: Path, text: str) -> None:
    (folder / "history.csv").write_text(text)
    done = run("suggest", "--history", folder / "history.csv", "--chart", folder / "chart.csv",
               folder / "new.csv")  # fmt: skip
    assert done.exit_code == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["description"] for row in rows] == ["Strom", "🚀🚀"]
    assert rows[0]["account"] == "4240"


def test_a_history_without_codes_teaches_nothing_and_says_so(folder: Path) -> None:
    done = run("suggest", "--history", folder / "uncoded.csv", folder / "new.csv")
    assert done.exit_code == 0
    assert "no line has an account, cost centre or tax code; nothing was learnt" in done.stderr


def test_a_ledger_without_codes_has_nothing_to_measure(folder: Path) -> None:
    done = run("replay", folder / "uncoded.csv", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"lines": 2, "targets": {}}
    assert "there is nothing to measure" in done.stderr
