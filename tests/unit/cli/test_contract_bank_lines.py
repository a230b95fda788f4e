"""``contor bank-lines``: figures no purse holds are refused, the lines beside them are kept."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from contor.cli.program import program

HUGE = "9" * 40 + ".00"
CSV = f"Date,Amount,Currency,Text\n2026-09-01,5.00,EUR,a\n2026-09-02,{HUGE},EUR,b\n"
MT940 = """\
:20:START
:25:DE89370400440532013000
:28C:1/1
:60F:C260901EUR100,00
:61:260902C5,00NTRFa
:61:260902C{huge}NTRFb
:62F:C260902EUR105,00
-
""".replace("{huge}", "9" * 40 + ",00")


@pytest.mark.parametrize("text", [CSV, MT940])
def test_an_amount_without_end_is_refused_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "statement"
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(
        program, ["bank-lines", str(path), "--statements", str(tmp_path / "st.csv"), "--quiet"]
    )
    assert done.exit_code == 1, done.output
    rows = list(csv.DictReader(StringIO(done.stdout)))
    assert [row["amount"] for row in rows] == ["5.00", ""]
    assert rows[1]["refusal"].startswith("amount_out_of_range: ")
    assert (tmp_path / "st.csv").read_text(encoding="utf-8").count("\n") == 2
