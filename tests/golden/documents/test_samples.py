"""The samples beside their expectations: what was read must be what is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contor.bootstrap.documents import read_content
from tests.support.shared import SAMPLES

FOLDER = SAMPLES / "documents"
TWINS = sorted(FOLDER.rglob("*.expected.json")) if FOLDER.is_dir() else []


def expected(twin: Path) -> dict[str, object]:
    record: dict[str, object] = json.loads(twin.read_text("utf-8"))
    return record


def is_slow(twin: Path) -> bool:
    """Recognition is slow, and so is the bomb."""
    return expected(twin).get("route") == "ocr" or "bomb" in twin.name or "blank" in twin.name


@pytest.mark.parametrize(
    "twin",
    [pytest.param(t, marks=[pytest.mark.slow] if is_slow(t) else []) for t in TWINS],
    ids=lambda twin: twin.name.removesuffix(".expected.json"),
)
def test_sample(twin: Path) -> None:
    wanted = expected(twin)
    file = twin.with_name(twin.name.removesuffix(".expected.json"))
    reading = read_content(file.read_bytes(), file.name)
    refusal = wanted.get("refusal")
    if refusal:
        codes = refusal if isinstance(refusal, list) else [refusal]
        assert reading.refusal is not None
        assert reading.refusal[0] in codes
        return
    assert reading.refusal is None
    if wanted.get("route") == "ocr":
        # What recognition cannot see on a photo, nobody can expect; the share of facts that are
        # read is watched over all scans together (tests/golden/samples).
        assert reading.route == "ocr"
        assert reading.fields
        return
    for key in ("route", "kind"):
        if key in wanted:
            assert getattr(reading, key) == wanted[key]
    fields = wanted.get("fields") or {}
    assert isinstance(fields, dict)
    assert {name: reading.value(name) for name in fields} == fields
