"""Tables as other programs export them: names of columns, rules and dates in another hand."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contor.cli.assignment import suggest
from contor.cli.ledger_table import read_ledger

HEAD = "date,supplier,amount,account,cost_centre\n"
HISTORY = HEAD + "".join(
    f"2026-0{1 + i % 6}-1{i % 9},{('Telekom', 'Hetzner')[i % 2]},{20 + i}.00,{(4920, 5900)[i % 2]},900\n"
    for i in range(60)
)
NEW = "date,supplier,amount\n2026-07-01,Telekom,21.00\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "h.csv").write_text(HISTORY, encoding="utf-8")
    (tmp_path / "n.csv").write_text(NEW, encoding="utf-8")
    return tmp_path


def suggested(folder: Path, *more: str) -> tuple[Result, list[dict[str, str]]]:
    ours = ["--history", "h.csv", *more, "n.csv", "-o", "o.csv"]
    known = [str(folder / one) if one.endswith(".csv") else one for one in ours]
    result = CliRunner().invoke(suggest, known)
    out = folder / "o.csv"
    if not out.exists():
        return result, []
    with out.open(encoding="utf-8", newline="") as stream:
        return result, list(csv.DictReader(stream))


@pytest.mark.parametrize(
    "head",
    [
        "Date,Supplier,Amount,Account,Cost Centre\n",
        " DATE , supplier,amount ,account, cost-centre\n",
    ],
)
def test_columns_are_known_however_their_names_are_written(files: Path, head: str) -> None:
    plain, rows = suggested(files)
    (files / "h.csv").write_text(HISTORY.replace(HEAD, head), encoding="utf-8")
    (files / "n.csv").write_text(NEW.replace("supplier", "Supplier"), encoding="utf-8")
    result, again = suggested(files)
    assert (result.exit_code, again) == (plain.exit_code, rows) == (0, rows)
    assert (rows[0]["account"], rows[0]["cost_centre"]) == ("4920", "900")


def test_a_column_that_means_nothing_here_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("Date,Supplier,Amount,Our Remark,amount\n2026-01-01,A,1,x,2\n")
    (row,) = read_ledger(str(tmp_path / "l.csv"))
    assert row == {"date": "2026-01-01", "supplier": "A", "Amount": "1", "Our Remark": "x", "amount": "2"}  # fmt: skip


def test_of_two_names_of_one_column_its_own_is_read_whatever_the_seed() -> None:
    """``invoice`` stands for ``invoice_no`` only where there is none."""
    told = "from contor.account_assignment.lines import Lines; print(Lines.from_rows([{}]).facts)"
    row = {
        "date": "2026-01-01",
        "invoice": "old",
        "invoice_no": "R1",
        "vat_id": "DE1",
        "vat_reg": "x",
    }
    for seed in "123456":
        said = subprocess.run(
            [sys.executable, "-c", told.replace("[{}]", f"[{row}]")],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert "'vat_id': ('DE1',)" in said
        assert "'invoice_no': ('R1',)" in said


def test_a_table_parted_by_strokes_is_told_so(files: Path) -> None:
    (files / "h.csv").write_text(HISTORY.replace(",", "|"), encoding="utf-8")
    result, _ = suggested(files)
    assert result.exit_code == 1
    assert "separated by strokes, not by commas" in result.output


def test_a_rule_for_an_account_that_the_chart_lacks_is_not_passed_over(files: Path) -> None:
    (files / "c.csv").write_text("number,name\n4920,Telefon\n5900,Fremdleistungen\n")
    (files / "r.csv").write_text("Supplier,Account\nTelekom,5900\nHetzner,9999\n")
    result, rows = suggested(files, "--rules", "r.csv")
    assert result.exit_code == 0
    assert (rows[0]["account"], rows[0]["account_rung"]) == ("5900", "rule")
    result, _ = suggested(files, "--rules", "r.csv", "--chart", "c.csv")
    assert result.exit_code == 1
    assert f"{files / 'r.csv'}:3: account_unknown" in result.output


def test_a_rule_whose_cells_have_slipped_is_refused(files: Path) -> None:
    (files / "r.csv").write_text("supplier,account\nMeyer, Sons,4920\n")
    result, _ = suggested(files, "--rules", "r.csv")
    assert result.exit_code == 1
    assert f"{files / 'r.csv'}:2: cells_surplus" in result.output


@pytest.mark.parametrize(
    "text", ["2026-07-01T09:30:00+02:00", "2026-07-01 09:30", "2026-07-01T07:30Z"]
)
def test_a_time_of_day_behind_the_date_says_nothing(files: Path, text: str) -> None:
    (files / "n.csv").write_text(NEW.replace("2026-07-01", text))
    result, rows = suggested(files)
    assert (result.exit_code, rows[0]["account"], rows[0]["date"]) == (0, "4920", text)


@pytest.mark.parametrize("text", ["2026-07-011", "2026-07-01 or so", "2026-07-01/02"])
def test_a_date_with_something_else_behind_it_is_no_date(files: Path, text: str) -> None:
    (files / "n.csv").write_text(NEW.replace("2026-07-01", text))
    result, rows = suggested(files)
    assert (result.exit_code, rows[0]["refusal"]) == (1, "date_unreadable")


def test_with_nothing_to_suggest_from_one_is_told_what_is_missing(files: Path) -> None:
    (files / "h.csv").write_text("")
    result, rows = suggested(files)
    assert (result.exit_code, rows[0]["supplier"]) == (0, "Telekom")
    assert "nothing to suggest from: name a coded history, a chart or rules" in result.output


def test_a_chart_that_has_nothing_to_do_with_the_ledger_is_not_used_in_silence(files: Path) -> None:
    (files / "c.csv").write_text("number,name\n100100,Rent\n100200,Phone\n")
    result, _ = suggested(files, "--chart", "c.csv")
    assert f"{files / 'c.csv'}: no account of the history is in it" in result.output
    (files / "c.csv").write_text("number,name\n4920,Telefon\n")
    result, _ = suggested(files, "--chart", "c.csv")
    assert "is in it" not in result.output
