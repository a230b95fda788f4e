"""Synthetic invoices: exact, repeatable, and the gold stands where it says."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner

from contor.cli.program import program
from contor.einvoice.reading import read
from contor_training.synthetic.invoices import __main__ as command
from contor_training.synthetic.invoices.page_data import LAYOUTS, page_data
from contor_training.synthetic.invoices.trading import draw

COUNT = 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("invoices")
    for number in range(COUNT):
        command.write(7, number, made, scanned=number == 0)
    return made


def _records(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def test_every_invoice_adds_up() -> None:
    for number in range(100):
        invoice = draw(3, number).invoice
        totals = invoice.totals
        nets = [line.net or Decimal(0) for line in invoice.lines]
        assert totals.net is not None
        assert totals.gross is not None
        assert sum(nets, Decimal(0)) == totals.lines == totals.net + (totals.allowances or 0)
        assert totals.payable == totals.gross - (totals.prepaid or 0)
        assert totals.tax is not None
        assert totals.net + totals.tax == totals.gross
        for row in invoice.vat_breakdown:
            assert row.tax is not None
            assert row.taxable is not None
            assert row.rate is not None
            assert abs(row.tax - row.taxable * row.rate / 100) <= Decimal("0.005")


def test_all_layouts_and_languages_occur() -> None:
    trades = [draw(3, number) for number in range(60)]
    assert {trade.language for trade in trades} == {"de", "en", "it"}
    pages = [page_data(trade, Random(number)) for number, trade in enumerate(trades)]
    assert {page["layout"] for page in pages} == set(LAYOUTS)


def test_the_cases_of_the_trade_occur() -> None:
    drawn = [draw(3, number) for number in range(200)]
    invoices = [trade.invoice for trade in drawn]
    categories = {row.category for invoice in invoices for row in invoice.vat_breakdown}
    assert categories == {"S", "AE", "E", "O"}
    assert any(len(invoice.vat_breakdown) > 1 for invoice in invoices), "several rates"
    assert any(invoice.is_credit_note for invoice in invoices)
    assert any(invoice.totals.prepaid for invoice in invoices)
    assert any(invoice.allowances_charges for invoice in invoices)
    assert any(trade.discount for trade in drawn)
    countries = {invoice.seller.address.country for invoice in invoices if invoice.seller.address}
    assert {"DE", "AT", "CH", "FR", "IT", "NL"} <= countries


def test_the_xml_is_a_valid_einvoice(folder: Path) -> None:
    paths = [str(path) for path in sorted(folder.glob("*.xml"))]
    done = CliRunner().invoke(program, ["check-einvoice", *paths])
    assert done.exit_code == 0, done.output
    assert [json.loads(line)["valid"] for line in done.stdout.splitlines()] == [True] * COUNT


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    command.write(7, 0, tmp_path, scanned=True)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_each_fact_stands_in_its_box(folder: Path) -> None:
    boxes = [fact["box"] for record in _records(folder) for fact in record["fields"].values()]
    assert boxes.count(None) < len(boxes) * 0.1
    for record in _records(folder):
        document = pypdfium2.PdfDocument(folder / record["file"])
        for name, fact in record["fields"].items():
            if fact["box"] is None:  # runs over several lines
                continue
            page = document[fact["page"] - 1]
            left, top, right, bottom = fact["box"]
            height = page.get_height()
            text = page.get_textpage()
            found = text.get_text_bounded(
                left - 1, height - bottom - 2, right + 3, height - top + 2
            )
            assert fact["printed"] in found, (record["file"], name)
        document.close()


def test_the_main_facts_are_always_there(folder: Path) -> None:
    for record in _records(folder):
        assert {"number", "issue_date", "net_total", "gross_total", "seller_name"} <= set(
            record["fields"]
        )


def test_the_xml_says_the_same(folder: Path) -> None:
    for record in _records(folder):
        path = folder / record["file"].replace(".pdf", ".cii.xml")
        invoice = read(path.read_bytes()).invoice
        fields = record["fields"]
        assert invoice.number == fields["number"]["value"]
        assert str(invoice.totals.gross) == fields["gross_total"]["value"]
        assert invoice.is_credit_note == (record["kind"] == "credit_note")


def test_the_command_writes_a_series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ["invoices", "--count", "2", "--seed", "5", "--out", str(tmp_path / "new")]
    monkeypatch.setattr(sys, "argv", arguments)
    command.main()
    assert len(list((tmp_path / "new").glob("*.pdf"))) == 2
