"""Every sample document has a source, a licence and a twin that could be right."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.shared import SAMPLES

DOCUMENTS = SAMPLES / "documents"
TWINS = sorted(DOCUMENTS.rglob("*.expected.json"))
GOOD = [twin for twin in TWINS if twin.parent.name != "hostile"]


def _sample(twin: Path) -> Path:
    return twin.with_name(twin.name.removesuffix(".expected.json"))


def test_there_are_enough_and_they_are_small() -> None:
    assert len(GOOD) >= 20
    files = [path for path in DOCUMENTS.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 6_000_000


@pytest.mark.parametrize("twin", TWINS, ids=lambda path: path.name)
def test_the_twin_has_its_sample(twin: Path) -> None:
    assert _sample(twin).is_file()
    source = (twin.parent / "SOURCE.md").read_text(encoding="utf-8")
    assert "Licence:" in source


@pytest.mark.parametrize("twin", GOOD, ids=lambda path: path.name)
def test_the_twin_says_what_counts(twin: Path) -> None:
    record = json.loads(twin.read_text(encoding="utf-8"))
    assert record["route"] in {"einvoice", "text", "ocr", "mixed"}
    assert Decimal(record["fields"]["gross_total"]) > 0
    assert _sample(twin).name in (twin.parent / "SOURCE.md").read_text(encoding="utf-8")
