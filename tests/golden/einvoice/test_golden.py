"""The bytes we write, held against files that people have looked at.

Written anew with ``CONTOR_WRITE_GOLDEN=1 pytest tests/golden/einvoice``; look at the difference
before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from contor import einvoice
from contor.einvoice.reading import read
from tests.support.shared import SAMPLES
from tests.unit.einvoice.invoices import sample_invoice

HERE = Path(__file__).parent
WRITERS = {
    "invoice.cii.xml": lambda: einvoice.write_cii(sample_invoice()),
    "invoice.ubl.xml": lambda: einvoice.write_ubl(sample_invoice()),
    "invoice.fatturapa.xml": lambda: einvoice.write_fatturapa(sample_invoice()),
}


@pytest.mark.parametrize("name", WRITERS)
def test_written_bytes(name: str) -> None:
    path = HERE / name
    written = WRITERS[name]()
    if os.environ.get("CONTOR_WRITE_GOLDEN"):
        path.write_bytes(written)
    assert written == path.read_bytes()


SAMPLE_XML = sorted(SAMPLES.rglob("*.xml")) if SAMPLES.is_dir() else []


@pytest.mark.parametrize("path", SAMPLE_XML, ids=lambda path: path.name)
def test_samples_survive_rewriting(path: Path) -> None:
    from contor.errors import Refusal

    writers = {"cii": einvoice.write_cii, "ubl": einvoice.write_ubl}
    try:
        reading = read(path.read_bytes())
    except Refusal as refusal:
        assert refusal.code.startswith(("xml_", "einvoice_"))  # noqa: PT017
        return
    if reading.syntax in writers:
        assert read(writers[reading.syntax](reading.invoice)).invoice == reading.invoice
