"""``contor learn``: a company that comes from other books brings its past along."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contor.cli.program import program
from tests.support.shared import SAMPLES

CHARTS = SAMPLES / "charts"
HEAD = "Date,Supplier,Amount,Description,Account,Cost Centre,Tax code\n"
RIPE = "RIPE Network Coordination Centre,1400.00,Annual fee,4380,900,V13B\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    opened = run(
        tmp_path, "init", "--key", "acme", "--name", "Acme Hosting GmbH",
        "--chart", CHARTS / "skr03.csv", "--tax-codes", CHARTS / "tax_codes.csv",
        "--cost-centres", CHARTS / "cost_centres.csv",
    )  # fmt: skip
    assert opened.exit_code == 0, opened.output
    return tmp_path


def run(folder: Path, *words: str | Path) -> Result:
    env = {"CONTOR_DATA_DIR": str(folder / "var")}
    return CliRunner().invoke(program, [str(word) for word in words], env=env)


def learnt(folder: Path, text: str) -> Result:
    (folder / "ledger.csv").write_text(HEAD + text, encoding="utf-8")
    return run(folder, "learn", folder / "ledger.csv", "--json")


def test_the_past_is_learnt_from_once_and_the_desk_knows_it(folder: Path) -> None:
    done = learnt(folder, "".join(f"2026-0{month}-05,{RIPE}" for month in range(1, 7)))
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {
        "lines": 6, "refused": 0, "uncoded": 0, "strange_accounts": [],
    }  # fmt: skip
    curve = run(folder, "report", "contradictions")
    assert curve.exit_code == 0
    again = learnt(folder, f"2026-07-05,{RIPE}")
    assert again.exit_code == 1
    assert "history_known: These books have learnt from 6 lines already." in again.output


def test_a_line_that_cannot_be_kept_is_refused_and_loses_no_other(folder: Path) -> None:
    done = learnt(
        folder,
        f"2026-01-05,{RIPE}yesterday,{RIPE}2062-01-05,{RIPE}2026-02-05T09:00,{RIPE}"
        '2026-03-05,Rack AG,"1.000,00",Rack,4980,900,V19\n'
        "2026-03-05,Rack AG,10.005,Rack,4980,900,V19\n"
        "2026-03-06,Rack AG,10.00,Rack,,,\n"
        "2026-03-07,Rack AG,10.00,Rack,999999,900,V19\n",
    )
    assert done.exit_code == 1
    ledger = folder / "ledger.csv"
    refused = [line for line in done.stderr.splitlines() if line.startswith(f"{ledger}:")]
    assert [line.removeprefix(f"{ledger}:").split(": ")[:2] for line in refused] == [
        ["3", "date_unreadable"],
        ["4", "date_far_off"],
        ["6", "amount_unreadable"],
        ["7", "amount_too_fine"],
    ]
    assert json.loads(done.stdout) == {
        "lines": 3, "refused": 4, "uncoded": 1, "strange_accounts": ["999999"],
    }  # fmt: skip
    assert "Not in the chart, and so never suggested: 999999." in done.stderr


def test_without_books_there_is_nobody_to_teach(tmp_path: Path) -> None:
    assert learnt(tmp_path, f"2026-01-05,{RIPE}").exit_code == 3
