"""``contor report``: tables for people, from a coded ledger."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contor.cli.reports import report_group


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["date", "supplier", "description", "amount", "account", "person"])
        for n in range(120):
            account, who = ("4240", "anna") if n % 3 else ("4964", "ben")
            writer.writerow([f"2026-{1 + n // 28:02d}-{1 + n % 28:02d}", "Rack AG", "Strom",
                             "10.00", account, who])  # fmt: skip
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(report_group, list(arguments))


def test_contradictions_name_codes_and_people(ledger: Path) -> None:
    result = run("contradictions", str(ledger), "--quiet")
    assert result.exit_code == 0
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert [(row["code"], row["lines"], row["people"]) for row in rows] == [
        ("4240", "80", "anna"), ("4964", "40", "ben"),
    ]  # fmt: skip


def test_risk_and_learning_walk_through_the_ledger(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "risk.csv"
    result = run("risk-coverage", str(ledger), "--error", "0.05", "-o", str(out), "--json")
    summary = json.loads(result.stdout)
    assert summary["account"]["promise"] == 0.05
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert rows[-1]["share"] == "1.0000"
    learning = run("learning", str(ledger), "--quiet")
    curve = list(csv.DictReader(learning.stdout.splitlines()))
    assert list(curve[0]) == ["target", "lines", "right", "suggested_by"]
    learnt_from = [int(row["lines"]) for row in curve if row["target"] == "account"]
    coded = len(list(csv.DictReader(ledger.read_text(encoding="utf-8").splitlines())))
    assert learnt_from[-1] == coded, "the curve ends at all that was learnt from"
    assert learnt_from == sorted(learnt_from)
    assert learnt_from[0] == 25, "and begins where the past begins"
    speakers = [row["suggested_by"] for row in curve if row["target"] == "account"]
    assert list(dict.fromkeys(speakers)) == ["memory and words", "all"]


def test_a_ledger_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "no.csv"
    path.write_text("a,b\n1,2\n")
    result = run("contradictions", str(path))
    assert result.exit_code == 1
    assert "columns_missing" in result.stderr


@pytest.mark.parametrize("name", ["contradictions", "risk-coverage", "learning"])
def test_a_row_that_cannot_be_read_is_named_and_counts_for_nothing(ledger: Path, name: str) -> None:
    plain = run(name, str(ledger), "--quiet")
    with ledger.open("a", encoding="utf-8") as stream:
        stream.write(
            "01.02.2026,Rack AG,Strom,10.00,4964,ben\n2026-02-01,Rack AG,Strom,x,4240,ben\n"
        )
    result = run(name, str(ledger), "--quiet")
    assert (plain.exit_code, result.exit_code) == (0, 1)
    assert result.stdout == plain.stdout
    assert f"{ledger}:122: date_unreadable" in result.stderr
    assert f"{ledger}:123: amount_unreadable" in result.stderr
