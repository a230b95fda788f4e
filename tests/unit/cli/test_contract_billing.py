"""``contor preview`` and ``contor render``: what could not be read stands in the result, too."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from click.testing import CliRunner

from contor.cli.program import program
from tests.support.shared import SAMPLES

CONTRACTS = sorted(str(path) for path in (SAMPLES / "contracts").glob("*.yaml"))
USAGE = "id,timestamp,contract,meter,quantity\n"


def test_files_that_cannot_be_opened_stand_among_the_refusals(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.yaml")
    done = CliRunner().invoke(
        program, ["preview", missing, *CONTRACTS, "--until", "2026-12-31", "--quiet"]
    )
    assert done.exit_code == 1, done.output
    value = json.loads(done.stdout)
    assert value["refusals"] == [
        {
            "where": missing,
            "refusal": {
                "code": "file_missing",
                "message": "There is no such file.",
                "advice": "Check the path.",
            },
        }
    ]
    assert value["summary"]["refusals"] == 1
    assert value["documents"]


def test_usage_that_is_no_table_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "usage.csv"
    for text in ("", "id,amount\n"):
        path.write_text(text, encoding="utf-8")
        done = CliRunner().invoke(
            program, ["preview", *CONTRACTS, "--usage", str(path), "--until", "2026-12-31"]
        )
        assert done.exit_code == 1
        assert done.stderr.startswith(f"{path}: usage_columns_missing: ")


def test_a_line_separator_inside_a_cell_ends_no_row(tmp_path: Path) -> None:
    path = tmp_path / "usage.csv"
    path.write_text(
        USAGE + "u\u2028v,2026-10-01T00:00:00Z,C-9,traffic,5\nw,2026-10-01T00:00:00Z,C-9,gb,1\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(
        program, ["preview", *CONTRACTS, "--usage", str(path), "--until", "2026-12-31", "--quiet"]
    )
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)["unassigned_usage"]
    assert [event["id"] for event in found] == ["u\u2028v", "w"]


def test_a_rendered_file_is_packed_where_its_name_says_so(tmp_path: Path) -> None:
    preview = str(tmp_path / "preview.json.gz")
    CliRunner().invoke(program, ["preview", *CONTRACTS, "--until", "2026-12-31", "-o", preview])
    out = tmp_path / "invoice.xml.gz"
    arguments = ["render", preview, "--document", "1", "--number", "R-1", "--date", "2026-11-01"]
    done = CliRunner().invoke(program, [*arguments, "--format", "xrechnung-ubl", "-o", str(out)])
    assert done.exit_code == 0, done.output
    first = out.read_bytes()
    assert gzip.decompress(first).startswith(b"<?xml")
    CliRunner().invoke(program, [*arguments, "--format", "xrechnung-ubl", "-o", str(out)])
    assert out.read_bytes() == first


def test_an_invoice_that_is_none_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "invoice.json"
    path.write_text("{}", encoding="utf-8")
    done = CliRunner().invoke(program, ["render", str(path), "--format", "pdf", "-o", "-"])
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{path}: invoice_format: ")
