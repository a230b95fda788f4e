"""``contor read``: packed files, standard input, what is missing; nothing stops the others."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from contor.cli.program import program
from tests.support.papers import paper
from tests.support.shared import SAMPLES

PDF = paper("RE-10017", "100,00", "19,00", "119,00", call="Rechnungsnummer")
XML = (SAMPLES / "documents" / "xrechnung-testsuite" / "01.01a-INVOICE_ubl.xml").read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "in"
    (inside / "deeper").mkdir(parents=True)
    (inside / "a.pdf").write_bytes(PDF)
    (inside / "b.pdf.gz").write_bytes(gzip.compress(PDF))
    (inside / "deeper" / "c.XML").write_bytes(XML)
    (inside / "note.txt").write_text("hello", "utf-8")
    return inside


def read(*arguments: str, stdin: bytes = b"") -> tuple[Result, list[dict[str, Any]]]:
    done = CliRunner().invoke(program, ["read", *arguments, "--workers", "1"], input=stdin)
    return done, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def test_a_folder_stands_for_its_documents_packed_ones_too(folder: Path) -> None:
    done, records = read(str(folder))
    assert done.exit_code == 0, done.output
    assert [Path(r["file"]).name for r in records] == ["a.pdf", "b.pdf.gz", "c.XML"]
    assert records[0]["sha256"] == records[1]["sha256"]
    assert records[0]["fields"]["number"]["value"] == "RE-10017"
    assert "1 files in folders left aside" in done.stderr


def test_what_is_missing_stops_nothing(folder: Path) -> None:
    (folder / "cut.pdf.gz").write_bytes(gzip.compress(PDF)[:300])
    missing = str(folder / "none.pdf")
    done, records = read(missing, str(folder / "cut.pdf.gz"), str(folder / "a.pdf"), "--quiet")
    assert done.exit_code == 1
    assert [r["refusal"] and r["refusal"]["code"] for r in records] == [
        "file_missing", "archive_broken", None,
    ]  # fmt: skip
    assert done.stderr.splitlines() == [
        f"{missing}: file_missing: There is no such file. Check the path.",
        f"{folder / 'cut.pdf.gz'}: archive_broken: The packed file is broken. Ask for it again.",
    ]


def test_a_packed_mountain_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf.gz"
    path.write_bytes(gzip.compress(bytes(150_000_000)))
    done, records = read(str(path))
    assert done.exit_code == 1
    assert records[0]["refusal"]["code"] == "too_large"


def test_standard_input_is_a_document() -> None:
    done, records = read("-", stdin=gzip.compress(PDF))
    assert done.exit_code == 0, done.output
    assert records[0]["file"] == "-"
    assert records[0]["fields"]["gross_total"]["value"] == "119.00"


def test_the_summary_is_one_object(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl.gz"
    done = CliRunner().invoke(program, ["read", str(folder), "-o", str(out), "--json"])
    summary = json.loads(done.stdout)
    assert (summary["documents"], summary["einvoice"], summary["text"]) == (3, 1, 2)
    assert len(gzip.decompress(out.read_bytes()).splitlines()) == 3
