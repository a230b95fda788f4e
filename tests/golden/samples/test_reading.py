"""``contor read`` over the sample documents, against their twins.

E-invoices and hostile files must be as marked; of the pages that have to be read as a person would,
most facts (the reading has its own bench for more).
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from contor.cli.documents import read
from tests.support.shared import SAMPLES

DOCUMENTS = SAMPLES / "documents"
FOLDERS = (
    "demo-suppliers",
    "xrechnung-testsuite",
    "zugferd-corpus",
    "mustang",
    "horstoeko-zugferd",
    "invoice2data",
)


def _read(paths: Iterable[Path], tmp_path: Path) -> dict[str, dict[str, Any]]:
    out = tmp_path / "out.jsonl"
    result = CliRunner().invoke(read, [*map(str, paths), "--quiet", "-o", str(out)])
    assert result.exit_code in {0, 1}, result.output
    records = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    return {Path(record["file"]).name: record for record in records}


def _twin(sample: Path) -> dict[str, Any]:
    twin = sample.with_name(f"{sample.name}.expected.json")
    found: dict[str, Any] = json.loads(twin.read_text(encoding="utf-8"))
    return found


def _samples(*folders: str) -> list[Path]:
    twins = [path for name in folders for path in (DOCUMENTS / name).glob("*.expected.json")]
    return [twin.with_name(twin.name.removesuffix(".expected.json")) for twin in sorted(twins)]


def _differences(record: dict[str, Any], expected: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    found = {name: (record["fields"].get(name) or {}).get("value") for name in expected["fields"]}
    return {
        name: (value, found[name])
        for name, value in expected["fields"].items()
        if found[name] != value
    }


def test_e_invoices_are_read_as_marked(tmp_path: Path) -> None:
    samples = [path for path in _samples(*FOLDERS) if _twin(path)["route"] == "einvoice"]
    records = _read(samples, tmp_path)
    assert len(records) == len(samples) > 20
    for sample in samples:
        record, expected = records[sample.name], _twin(sample)
        assert record["refusal"] is None, sample.name
        assert record["route"] == "einvoice", sample.name
        assert record["kind"] == expected.get("kind", record["kind"]), sample.name
        assert not _differences(record, expected), sample.name


def test_most_facts_of_plain_pages_are_read(tmp_path: Path) -> None:
    samples = [path for path in _samples(*FOLDERS) if _twin(path)["route"] == "text"]
    records = _read(samples, tmp_path)
    asked = missed = 0
    for sample in samples:
        expected = _twin(sample)
        assert records[sample.name]["route"] == "text", sample.name
        asked += len(expected["fields"])
        missed += len(_differences(records[sample.name], expected))
    assert missed <= asked * 0.3


def test_hostile_files_end_as_marked(tmp_path: Path) -> None:
    samples = _samples("hostile")
    records = _read(samples, tmp_path)
    for sample in samples:
        record, expected = records[sample.name], _twin(sample)
        code = (record["refusal"] or {}).get("code")
        findings = {finding["code"] for finding in record["findings"]}
        if code is None and expected.get("finding") in findings:
            continue
        assert code in (expected["refusal"] or [None]), sample.name
    assert not Path(tempfile.gettempdir(), "outside.xml").exists()


@pytest.mark.slow
def test_scans_give_the_total(tmp_path: Path) -> None:
    samples = [path for path in _samples("sroie", "invoice2data") if _twin(path)["route"] == "ocr"]
    records = _read(samples, tmp_path)
    right = 0
    for sample in samples:
        assert records[sample.name]["route"] == "ocr", sample.name
        right += "gross_total" not in _differences(records[sample.name], _twin(sample))
    assert right * 2 >= len(samples)
