"""``contor preview``, ``render``, ``schema`` from file to file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contor.cli.program import program
from tests.support.shared import SAMPLES

CONTRACTS = [str(path) for path in sorted((SAMPLES / "contracts").glob("example-*.yaml"))]
USAGE = str(SAMPLES / "usage" / "example-usage.csv")
FORMS = ("pdf", "zugferd", "xrechnung-cii", "xrechnung-ubl", "fatturapa", "json")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(program, [str(argument) for argument in arguments])


@pytest.fixture
def preview(tmp_path: Path) -> Path:
    path = tmp_path / "preview.json"
    done = run("preview", *CONTRACTS, "--usage", USAGE, "--until", "2026-11-01", "-o", path)
    assert done.exit_code == 0, done.output
    return path


def test_the_summary_is_one_json_object(tmp_path: Path) -> None:
    out = tmp_path / "p.json"
    done = run("preview", *CONTRACTS, "--until", "2026-11-01", "-o", out, "--quiet", "--json")
    assert json.loads(done.stdout)["documents"] == 5


@pytest.mark.parametrize("form", FORMS)
def test_every_format(preview: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    done = run(
        "render",
        preview,
        "--document",
        4,
        "--number",
        "RE-7",
        "--format",
        form,
        "-o",
        out,
        "--json",
        "--quiet",
    )
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["payable"] == "194.39"
    start = out.read_bytes()[:5]
    assert start == {"pdf": b"%PDF-", "zugferd": b"%PDF-", "json": b'{\n  "'}.get(form, b"<?xml")


def test_an_issued_file_renders_again_to_itself(preview: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    run("render", preview, "--document", 1, "--number", "RE-7", "--format", "json", "-o", first)
    run("render", first, "--format", "json", "-o", second)
    assert json.loads(first.read_text("utf-8"))["status"] == "issued"
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "json_unreadable"),
        (b"\xff\xfe", "not_utf8"),
        (b"[]", "invoice_format"),
        (b'{"format": "contor-invoice/1"}', "invoice_unreadable"),
        (b'{"format": "contor-invoice/1", "currency": "EURO", "lines": []}', "invoice_unreadable"),
    ],
)
def test_what_is_no_invoice_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    done = run("render", path, "--format", "pdf", "-o", tmp_path / "x.pdf")
    assert done.exit_code == 1
    assert code in done.stderr
    assert "Traceback" not in done.output


def test_bad_contracts_are_refused_one_by_one(tmp_path: Path) -> None:
    bad = {
        "a.yaml": b"format: [",
        "b.yaml": b"\xff",
        "c.yaml": b"",
        "d.yaml": b"format: contor-contract/1",
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "out.json"
    paths = [str(tmp_path / name) for name in bad]
    done = run("preview", *paths, *CONTRACTS, "--until", "2026-11-01", "-o", out)
    assert done.exit_code == 1
    value = json.loads(out.read_text("utf-8"))
    assert len(value["documents"]) == 5
    assert len(done.stderr.splitlines()) >= 4


@pytest.mark.parametrize("name", ["contract", "invoice"])
def test_schemas_are_printed(name: str) -> None:
    assert json.loads(run("schema", name).stdout)["$schema"].endswith("2020-12/schema")


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    done = run("preview", tmp_path / "none.yaml", "--until", "2026-11-01")
    assert done.exit_code == 1
    assert "none.yaml: file_missing" in done.output
