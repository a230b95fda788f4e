"""``contor read`` of files with several invoices: a record for each, which says its place."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pikepdf
from click.testing import CliRunner, Result

from contor.cli.program import program
from contor.documents.reading import Reading
from tests.support.papers import paper
from tests.support.shared import SAMPLES

FATTURA = next((SAMPLES / "documents").rglob("*FPR01.xml"))
MARCH = paper("RE-10017", "100,00", "19,00", "119,00", call="Rechnungsnummer")
APRIL = paper("RE-10042", "200,00", "38,00", "238,00", call="Rechnungsnummer", day="05.04.2026")


def read(*paths: Path) -> tuple[Result, list[dict[str, Any]]]:
    done = CliRunner().invoke(program, ["read", *map(str, paths), "--workers", "1"])
    assert done.exit_code == 0, done.output
    return done, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def stack(*papers: bytes) -> bytes:
    with pikepdf.new() as whole:
        for one in papers:
            with pikepdf.open(io.BytesIO(one)) as pages:
                whole.pages.extend(pages.pages)
        stream = io.BytesIO()
        whole.save(stream)
    return stream.getvalue()


def values(records: list[dict[str, Any]], name: str) -> list[str]:
    return [record["fields"][name]["value"] for record in records]


def test_every_invoice_of_an_italian_batch_has_its_record(tmp_path: Path) -> None:
    one = FATTURA.read_text()
    start, end = one.index("<FatturaElettronicaBody>"), one.index("</p:FatturaElettronica>")
    number = re.search("<Numero>(.*?)</Numero>", one)
    assert number
    second = one[start:end].replace(number[0], "<Numero>777</Numero>")
    batch, alone = tmp_path / "lotto.xml", tmp_path / "una.xml"
    batch.write_text(one[:end] + second + one[end:])
    alone.write_text(one)
    done, records = read(batch, alone)
    assert [Path(record["file"]).name for record in records] == [
        "lotto.xml",
        "lotto.xml",
        "una.xml",
    ]
    assert values(records, "number") == [number[1], "777", number[1]]
    assert [record.get("part") for record in records] == [
        {"number": 1, "of": 2, "pages": None},
        {"number": 2, "of": 2, "pages": None},
        None,
    ]
    assert records[0]["sha256"] == records[1]["sha256"]
    assert {**records[0], "part": 0} == {
        **records[2], "file": records[0]["file"], "sha256": records[0]["sha256"], "part": 0,
    }, "the first of the batch says what it says alone"  # fmt: skip
    assert "3 documents" in done.stderr


def test_every_invoice_of_a_stack_has_its_record(tmp_path: Path) -> None:
    (tmp_path / "stack.pdf").write_bytes(stack(MARCH, APRIL))
    _, records = read(tmp_path / "stack.pdf")
    assert values(records, "number") == ["RE-10017", "RE-10042"]
    assert values(records, "gross_total") == ["119.00", "238.00"]
    assert [record["part"]["pages"] for record in records] == [[1, 1], [2, 2]]
    assert [record["pages"] for record in records] == [1, 1]
    assert [record["fields"]["gross_total"]["page"] for record in records] == [1, 2], "of the file"
    assert Reading.from_json(records[1]).to_json() == records[1]


def test_an_invoice_of_two_pages_has_one_record(tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(stack(MARCH, MARCH))
    _, (record,) = read(tmp_path / "copy.pdf")
    assert "part" not in record
    assert record["pages"] == 2


def test_a_stack_that_may_be_one_stays_one_and_says_so(tmp_path: Path) -> None:
    """The first number comes back on the last page: nobody can say where the second ends."""
    (tmp_path / "mixed.pdf").write_bytes(stack(MARCH, APRIL, MARCH))
    _, (record,) = read(tmp_path / "mixed.pdf")
    assert "several_invoices_suspected" in {found["code"] for found in record["findings"]}
