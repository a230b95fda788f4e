"""A reading says the same whatever was painted before it."""

from __future__ import annotations

import io

import pikepdf
import pytest

from contor.adapters.pdf.reader import PdfiumReader
from contor.documents.page import Word
from contor_training.synthetic import tiny_pdf


def paper(flags: int, width: int) -> bytes:
    """A page in a font that it names and does not hold, all letters of one width."""
    lines = tiny_pdf.text_stream(["Rechnung Nr. 4711", "MTWTF Gesamtbetrag 119,00 EUR"])
    written = tiny_pdf.write(tiny_pdf.document(1, tiny_pdf.stream_object(lines)))
    with pikepdf.open(io.BytesIO(written)) as changed:
        font = changed.pages[0].Resources.Font.F1
        font.BaseFont, font.Subtype = pikepdf.Name.Nowhere, pikepdf.Name.TrueType
        font.FirstChar, font.LastChar = 32, 126
        font.Widths = pikepdf.Array([width] * 95)
        font.FontDescriptor = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=font.BaseFont, Flags=flags
        )
        stream = io.BytesIO()
        changed.save(stream)
    return stream.getvalue()


def words(content: bytes) -> tuple[Word, ...]:
    document = PdfiumReader().open(content)
    assert document.facts.pages
    found = document.page(1).words
    document.close()
    return found


@pytest.mark.parametrize("flags", [32, 34], ids=["without serifs", "with serifs"])
def test_the_boxes_of_words_do_not_depend_on_what_was_painted_before(flags: int) -> None:
    content = paper(flags, 600)
    before = words(content)
    for width in (300, 500, 900):
        painted = PdfiumReader().open(paper(flags, width))
        painted.image(1, 72)
        painted.close()
        assert words(content) == before
