"""``contor screen`` and ``contor link``: rows, columns and labels that cannot be used."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from contor.cli.program import program

TABLE = "id,name,city\n1,Anna Nord GmbH,Kiel\n,Nobody,Kiel\n2,Meier, Berlin, AG\n3,Anna Nord,Kiel\n"


@pytest.fixture
def table(tmp_path: Path) -> str:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    return str(tmp_path / "t.csv")


def test_rows_without_id_and_rows_too_long_are_refused_and_kept(table: str) -> None:
    done = CliRunner().invoke(program, ["screen", table, "--json", "--quiet"])
    assert done.exit_code == 1, done.output
    *found, summary = map(json.loads, done.stdout.splitlines())
    refused = [r for r in found if "refusal" in r]
    assert [(r["id"], r["row"], r["refusal"]["code"]) for r in refused] == [
        ("", 3, "id_missing"),
        ("2", 4, "cells_too_many"),
    ]
    assert (summary["parties"], summary["refused"]) == (2, 2)
    assert done.stderr.startswith(f"{table}:3: id_missing: ")


def test_links_keep_refused_rows_in_a_column_of_their_own(table: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(program, ["link", table, "--quiet", "--threshold", "0.9999"])
    assert done.exit_code == 1, done.output
    assert done.stdout.splitlines()[0] == "left_id,right_id,score,refusal"
    assert sum("id_missing" in line for line in done.stdout.splitlines()) == 1
    clean = tmp_path / "clean.csv"
    clean.write_text("id,name\n1,a\n2,b\n", encoding="utf-8")
    assert CliRunner().invoke(program, ["link", str(clean)]).stdout.splitlines()[0] == (
        "left_id,right_id,score"
    )


def test_a_column_that_is_not_there_is_wrong_usage(table: str) -> None:
    done = CliRunner().invoke(program, ["link", table, "--on", "name,street"])
    assert done.exit_code == 2
    assert "street" in done.stderr


@pytest.mark.parametrize(
    ("labels", "code", "status"),
    [
        ("left_id,right_id,label\n1,3,yes\n1,3,1\n", "label_unknown", 1),
        ("left_id,right_id\n1,3\n", "columns_missing", 1),
    ],
)
def test_labels_that_say_nothing_are_refused(
    table: str, tmp_path: Path, labels: str, code: str, status: int
) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(labels, encoding="utf-8")
    done = CliRunner().invoke(program, ["link", table, "--labels", str(path), "--quiet"])
    assert done.exit_code == status
    assert f": {code}: " in done.stderr
    assert "Traceback" not in done.stderr


def test_tables_with_nothing_to_link_give_an_empty_table(tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    for rows in ("1,Anna\n", "1,a\n2,b\n", ""):
        path.write_text("id,name\n" + rows, encoding="utf-8")
        done = CliRunner().invoke(program, ["link", str(path), "--quiet"])
        assert (done.exit_code, done.output) == (0, "left_id,right_id,score\n")


def test_a_cell_of_a_million_letters_is_compared_by_its_first_page(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(f"id,name\n1,{'wort ' * 200_000}\n2,wort\n", encoding="utf-8")
    started = time.perf_counter()
    assert CliRunner().invoke(program, ["link", str(path)]).exit_code == 0
    assert time.perf_counter() - started < 5
