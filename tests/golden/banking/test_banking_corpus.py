"""Golden figures of the development corpora: lines and sums of each file, none refused."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from contor.banking.reading import parse_statements
from contor.banking.statement import check_balances
from tests.support.shared import SHARED, needs_shared

TABLE = (Path(__file__).parent / "expected.csv").read_text(encoding="utf-8")
EXPECTED = list(csv.DictReader(TABLE.splitlines()))


@needs_shared
@pytest.mark.parametrize("row", EXPECTED, ids=[row["file"] for row in EXPECTED])
def test_file_gives_its_lines_and_sum(row: dict[str, str]) -> None:
    reading = parse_statements((SHARED / "corpus" / row["file"]).read_bytes())
    checks = [check_balances(statement) for statement in reading.statements]
    assert reading.format == row["format"]
    assert len(reading.lines) == int(row["lines"])
    assert sum((check.total for check in checks), Decimal(0)) == Decimal(row["sum"])
    assert sum(check.balanced is True for check in checks) == int(row["balanced"])
    assert not reading.refused
