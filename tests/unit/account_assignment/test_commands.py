"""``contor suggest`` and ``contor replay`` in the forms of the contract."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contor.cli.assignment import replay, suggest

PARTS = ("", "_confidence", "_auto", "_2", "_3", "_rung", "_reason", "_4", "_5")
SUPPLIERS = [("RIPE NCC", "4380", "900"), ("Hetzner", "4960", "110"), ("Telekom", "4920", "900")]


def write_ledger(path: Path, count: int, *, coded: bool = True, seed: int = 3) -> Path:
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as stream:
        names = ["date", "supplier", "amount", "doc_no"]
        names += ["account", "cost_centre"] if coded else []
        writer = csv.DictWriter(stream, names, extrasaction="ignore")
        writer.writeheader()
        for i in range(count):
            supplier, account, centre = draw.choice(SUPPLIERS)
            writer.writerow(
                {
                    "date": f"2026-{1 + i * 10 // count:02d}-{1 + i * 280 // count % 28:02d}",
                    "supplier": supplier,
                    "amount": f"{draw.randint(1, 90)}.50",
                    "doc_no": f"A{i}",
                    "account": account,
                    "cost_centre": centre,
                }
            )
    return path


def run(command: object, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])  # type: ignore[arg-type]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_suggest_writes_the_rows_in_order_with_the_columns_of_the_contract(tmp_path: Path) -> None:
    history = write_ledger(tmp_path / "h.csv", 300)
    new = write_ledger(tmp_path / "n.csv", 25, coded=False, seed=8)
    out = tmp_path / "o.csv"
    result = run(suggest, "--history", history, new, "-o", out, "--quiet")
    assert result.exit_code == 0, result.output
    rows = read(out)
    assert [row["doc_no"] for row in rows] == [row["doc_no"] for row in read(new)]
    for target in ("account", "cost_centre"):
        assert {target + part for part in PARTS} <= set(rows[0])
        assert {row[f"{target}_auto"] for row in rows} <= {"true", "false"}
        assert all(0.0 <= float(row[f"{target}_confidence"]) <= 1.0 for row in rows)
        assert {row[f"{target}_rung"] for row in rows} <= {"rule", "memory", "model", "none"}
        for row in rows:
            second = row[f"{target}_2_confidence"]
            assert bool(second) == bool(row[f"{target}_2"])
            assert float(second or 0) <= float(row[f"{target}_confidence"])
    assert "tax_code" not in rows[0]
    right = {supplier: account for supplier, account, _ in SUPPLIERS}
    assert all(row["account"] == right[row["supplier"]] for row in rows)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    history = write_ledger(tmp_path / "h.csv", 260)
    new = write_ledger(tmp_path / "n.csv", 20, coded=False)
    for name in ("a.csv", "b.csv"):
        run(suggest, "--history", history, new, "-o", tmp_path / name, "--quiet")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_an_unreadable_row_is_refused_and_not_lost(tmp_path: Path) -> None:
    history = write_ledger(tmp_path / "h.csv", 60)
    new, out = tmp_path / "n.csv", tmp_path / "o.csv"
    new.write_text("date,supplier,amount\n2026-11-01,Telekom,1\nyesterday,Telekom,1\n")
    result = run(suggest, "--history", history, new, "-o", out)
    assert result.exit_code == 1
    assert f"{new}:3: date_unreadable" in result.output
    rows = read(out)
    assert [row["refusal"] for row in rows] == ["", "date_unreadable"]
    assert rows[0]["account"] == "4920"
    assert rows[1]["account"] == ""


@pytest.mark.parametrize("text", ["", "date,supplier,amount,account\n"])
def test_an_empty_history_with_a_chart_is_a_cold_start(tmp_path: Path, text: str) -> None:
    (tmp_path / "h.csv").write_text(text)
    (tmp_path / "c.csv").write_text("number,name\n4910,Porto\n4930,Bürobedarf\n4240,Strom\n")
    (tmp_path / "n.csv").write_text(
        "date,supplier,description,amount\n2026-01-01,Post,Briefmarken,5\n"
    )
    result = run(
        suggest,
        "--history",
        tmp_path / "h.csv",
        "--chart",
        tmp_path / "c.csv",
        tmp_path / "n.csv",
        "-o",
        tmp_path / "o.csv",
    )
    assert result.exit_code == 0, result.output
    row = read(tmp_path / "o.csv")[0]
    assert (row["account"], row["account_rung"], row["account_auto"]) == ("4910", "chart", "false")


def test_a_file_that_is_no_ledger_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text("name,price\nx,1\n")
    result = run(suggest, "--history", tmp_path / "n.csv", tmp_path / "n.csv")
    assert result.exit_code == 1
    assert "columns_missing" in result.output
    assert "Traceback" not in result.output


def test_a_missing_file_is_no_traceback(tmp_path: Path) -> None:
    result = run(suggest, "--history", tmp_path / "none.csv", tmp_path / "none.csv")
    assert result.exit_code in {1, 3}
    assert "Traceback" not in result.output


def test_replay_prints_the_figures_of_the_contract(tmp_path: Path) -> None:
    ledger, out = write_ledger(tmp_path / "l.csv", 500), tmp_path / "p.csv"
    result = run(replay, ledger, "--error", "0.05", "-o", out, "--json")
    assert result.exit_code == 0, result.output
    figures = json.loads(result.stdout.strip().splitlines()[-1])
    assert figures["lines"] == 500
    for target in ("account", "cost_centre"):
        part = figures["targets"][target]
        assert set(part) >= {
            "lines",
            "top1",
            "top3",
            "macro_f1",
            "new_suppliers",
            "rare",
            "auto",
            "calibration_error",
            "baselines",
            "learn_seconds",
            "suggest_seconds",
        }
        assert set(part["new_suppliers"]) == {"lines", "top1", "top3"}
        assert set(part["auto"]) == {"promise", "share", "error"}
        assert set(part["baselines"]) == {"majority", "last"}
        assert part["top1"] > 0.95
    rows = read(out)
    numbers = [int(row["row"]) for row in rows]
    assert numbers == sorted(numbers)
    assert numbers[-1] == 499
    assert len(rows) == figures["targets"]["account"]["lines"]
    assert {f"account{part}" for part in PARTS} <= set(rows[0])


def test_no_code_of_a_day_is_seen_before_the_day_was_suggested(tmp_path: Path) -> None:
    """A supplier that first appears on one day, many times: no line of it can be known."""
    path = write_ledger(tmp_path / "l.csv", 300)
    with path.open("a", encoding="utf-8") as stream:
        for i in range(30):
            stream.write(f"2026-12-24,Newcomer Ltd,{i + 1}.00,Z{i},7777,777\n")
    result = run(replay, path, "--json", "-o", tmp_path / "p.csv")
    assert result.exit_code == 0, result.output
    late = [row for row in read(tmp_path / "p.csv") if row["supplier"] == "Newcomer Ltd"]
    assert len(late) == 30
    assert all(row["account"] != "7777" for row in late)
    assert json.loads(result.stdout)["targets"]["account"]["new_suppliers"]["lines"] == 30


@pytest.mark.parametrize("lines", [0, 1, 2, 5])
def test_replay_of_hardly_anything_prints_figures(tmp_path: Path, lines: int) -> None:
    ledger = write_ledger(tmp_path / "l.csv", lines)
    result = run(replay, ledger, "--json", "-o", tmp_path / "p.csv")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["lines"] == lines


def test_rules_speak_before_the_history(tmp_path: Path) -> None:
    history = write_ledger(tmp_path / "h.csv", 100)
    new = write_ledger(tmp_path / "n.csv", 20, coded=False, seed=8)
    rules = tmp_path / "r.csv"
    rules.write_text("supplier,account,valid_from\nTelekom,4925,2026-01-01\n", encoding="utf-8")
    out = tmp_path / "o.csv"
    result = run(suggest, "--history", history, "--rules", rules, new, "-o", out, "--quiet")
    assert result.exit_code == 0, result.output
    found = {(row["supplier"], row["account"], row["account_rung"]) for row in read(out)}
    assert ("Telekom", "4925", "rule") in found
    assert ("RIPE NCC", "4380", "memory") in found
    rules.write_text("supplier,account\nTelekom,4925\ntelekom,4920\n", encoding="utf-8")
    refused = run(suggest, "--history", history, "--rules", rules, new, "-o", out, "--quiet")
    assert refused.exit_code == 1
    assert f"{rules}:3: rule_contradicts" in refused.stderr


def test_rows_of_the_history_that_are_no_use_are_named(tmp_path: Path) -> None:
    history = write_ledger(tmp_path / "h.csv", 60)
    with history.open("a", encoding="utf-8") as stream:
        stream.write("01.02.2026,Telekom,1.00,A,4920,900\n")
        stream.write("2026-11-01,Meyer, Sons,1.00,A,4920,900\n")
    new = write_ledger(tmp_path / "n.csv", 3, coded=False)
    result = run(suggest, "--history", history, new, "-o", tmp_path / "o.csv")
    assert result.exit_code == 1
    assert f"{history}:62: date_unreadable" in result.output
    assert f"{history}:63: cells_surplus" in result.output
    assert len(read(tmp_path / "o.csv")) == 3
    assert run(replay, history, "--quiet").exit_code == 1


def test_a_slip_in_the_year_of_one_booking_makes_no_other_booking_old(tmp_path: Path) -> None:
    """2062 for 2026: refused, and the rest is suggested as if the line were not there."""
    history = write_ledger(tmp_path / "h.csv", 300)
    new = write_ledger(tmp_path / "n.csv", 10, coded=False, seed=8)
    out = tmp_path / "o.csv"
    assert run(suggest, "--history", history, new, "-o", out).exit_code == 0
    before = out.read_bytes()
    with history.open("a", encoding="utf-8") as stream:
        stream.write("2062-01-05,Telekom,1.00,A,4920,900\n")
        stream.write("9999-12-31,Telekom,1.00,A,4920,900\n")
        stream.write("0001-01-01,Telekom,1.00,A,4920,900\n")
    result = run(suggest, "--history", history, new, "-o", out)
    assert result.exit_code == 1
    assert result.output.count("date_far_off") == 3
    assert out.read_bytes() == before
    assert run(replay, history, "--quiet").output.count("date_far_off") == 3


def test_what_was_suggested_before_is_written_anew(tmp_path: Path) -> None:
    history = write_ledger(tmp_path / "h.csv", 60)
    new = write_ledger(tmp_path / "n.csv", 3, coded=False)
    for name, source in (("a.csv", new), ("b.csv", tmp_path / "a.csv")):
        run(suggest, "--history", history, source, "-o", tmp_path / name, "--quiet")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("date,supplier,amount,supplier\n2026-01-01,A,1,B\n", "columns_repeated"),
        ('date,supplier,amount\n2026-01-01,"A,1\n2026-01-02,B,2\n', "quote_open"),
    ],
)
def test_a_table_that_would_lose_cells_is_refused(tmp_path: Path, text: str, code: str) -> None:
    new = tmp_path / "n.csv"
    new.write_text(text)
    result = run(suggest, "--history", write_ledger(tmp_path / "h.csv", 9), new)
    assert result.exit_code == 1
    assert code in result.output


@pytest.mark.parametrize(("mark", "said"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_table_with_other_separators_is_told_so(tmp_path: Path, mark: str, said: str) -> None:
    ledger = tmp_path / "l.csv"
    ledger.write_text("\ufeffdate,supplier,amount\r\n2026-01-01,A,1\r\n".replace(",", mark))
    result = run(replay, ledger)
    assert result.exit_code == 1
    assert "columns_missing" in result.output
    assert f"separated by {said}, not by commas" in result.output


def test_no_number_is_no_share(tmp_path: Path) -> None:
    for option in ("--warmup", "--error"):
        result = run(replay, write_ledger(tmp_path / "l.csv", 9), option, "nan")
        assert result.exit_code == 2, option
        assert isinstance(result.exception, SystemExit)


def test_only_one_file_can_be_standard_input() -> None:
    assert run(suggest, "--history", "-", "-").exit_code == 2


def test_what_comes_later_changes_no_suggestion_and_no_reason(tmp_path: Path) -> None:
    """Codes are mixed up from one day on: everything up to that day stays as it was."""
    ledger = write_ledger(tmp_path / "l.csv", 400)
    rows = read(ledger)
    border = rows[300]["date"]
    draw = random.Random(9)
    with (tmp_path / "m.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        for row in rows:
            late = row["date"] >= border
            writer.writerow({**row, "account": draw.choice(SUPPLIERS)[1]} if late else row)
    for name in "lm":
        result = run(replay, tmp_path / f"{name}.csv", "-o", tmp_path / f"{name}.out", "--quiet")
        assert result.exit_code == 0
    before, after = ([r for r in read(tmp_path / f"{n}.out") if r["date"] <= border] for n in "lm")
    assert len(before) > 200
    assert before == after


def test_one_far_date_changes_nothing_for_the_other_lines(tmp_path: Path) -> None:
    """A slip of the pen, 2099 for 2026, must not stretch the promise of all lines over decades."""
    history = write_ledger(tmp_path / "h.csv", 1500)
    new = write_ledger(tmp_path / "n.csv", 25, coded=False, seed=8)
    rows = [{**row, "date": f"2026-11-{row['date'][-2:]}"} for row in read(new)]
    slip = {**rows[0], "date": "2099-01-05"}

    def suggested(name: str, asked: list[dict[str, str]]) -> list[dict[str, str]]:
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, asked[0].keys())
            writer.writeheader()
            writer.writerows(asked)
        ours = (tmp_path / name, "-o", tmp_path / "o.csv", "--error", 0.1)
        result = run(suggest, "--history", history, *ours)
        assert result.exit_code == 0
        assert ("far ahead" in result.output) == (slip in asked)
        return read(tmp_path / "o.csv")

    plain, slipped = suggested("a.csv", rows), suggested("b.csv", [*rows, slip])
    assert slipped[:-1] == plain
    assert "true" in {row["account_auto"] for row in plain}
    assert (slipped[-1]["account"], slipped[-1]["account_auto"]) == (plain[0]["account"], "false")
