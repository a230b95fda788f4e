"""Bills sent as forms: what is filled in counts like print, and what cannot be shown is refused."""

from __future__ import annotations

import pytest

from contor.adapters.page_painter import PagePainter
from contor.adapters.pdf.reader import PdfiumReader
from contor.errors import Refusal


def pdf_of(*objects: str, catalogue: str = "") -> bytes:
    """A PDF of one page from its further objects, numbered from 4; pdfium finds them by itself."""
    kept = [f"{number} 0 obj\n{body}\nendobj\n" for number, body in enumerate(objects, 4)]
    text = "BT /F1 12 Tf 60 700 Td (Rechnungsnummer) Tj ET"
    return (
        "%PDF-1.7\n"
        f"1 0 obj\n<</Type/Catalog/Pages 2 0 R{catalogue}>>\nendobj\n"
        "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
        "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>/Annots[6 0 R 7 0 R]>>\nendobj\n"
        + "".join(kept).replace("TEXT", f"<</Length {len(text)}>>\nstream\n{text}\nendstream")
        + "trailer\n<</Root 1 0 R/Size 10>>\n%%EOF"
    ).encode("latin-1")


FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
FIELD = (
    "<</Type/Annot/Subtype/Widget/FT/Tx/T(nr)/V(FB-2026-77)/Rect[200 695 340 715]"
    "/DA(/F1 12 Tf 0 g)/F 4/P 3 0 R>>"
)
SIGNATURE = (
    "<</Type/Annot/Subtype/Widget/FT/Sig/T(sig)/Rect[200 100 340 120]/F 4/P 3 0 R/AP<</N 8 0 R>>>>"
)
SIGNED = "BT /F1 12 Tf 0 5 Td (Datum: 01.01.2020) Tj ET"
LOOK = (
    f"<</Type/XObject/Subtype/Form/BBox[0 0 140 20]/Resources<</Font<</F1 5 0 R>>>>"
    f"/Length {len(SIGNED)}>>\nstream\n{SIGNED}\nendstream"
)
ACRO = "/AcroForm<</Fields[6 0 R 7 0 R]/NeedAppearances true/DR<</Font<</F1 5 0 R>>>>/DA(/F1 12 Tf 0 g)>>"


def words(content: bytes) -> list[str]:
    document = PdfiumReader().open(content)
    try:
        assert document.facts.pages
        return [word.text for word in document.page(1).words]
    finally:
        document.close()


def test_what_is_filled_into_a_form_is_read_beside_its_caption() -> None:
    content = pdf_of("TEXT", FONT, FIELD, SIGNATURE, LOOK, catalogue=ACRO)
    assert words(content) == ["Rechnungsnummer", "FB-2026-77"]  # not the day of the signature


def test_the_desk_shows_what_is_filled_in() -> None:
    filled = pdf_of("TEXT", FONT, FIELD, SIGNATURE, LOOK, catalogue=ACRO)
    empty = pdf_of("TEXT", FONT, FIELD.replace("FB-2026-77", ""), SIGNATURE, LOOK, catalogue=ACRO)
    assert PagePainter().png(filled, 1, 600) != PagePainter().png(empty, 1, 600)


def test_a_form_that_only_adobe_shows_is_refused_with_advice() -> None:
    text = "BT /F1 9 Tf 60 700 Td (If this message is not eventually replaced, update.) Tj ET"
    page = f"<</Length {len(text)}>>\nstream\n{text}\nendstream"
    xfa = "<</Length 11>>\nstream\n<xdp></xdp>\nendstream"
    content = pdf_of(page, FONT, xfa, "null", catalogue="/AcroForm<</Fields[]/XFA 6 0 R>>")
    with pytest.raises(Refusal, match="only Adobe") as refused:
        PdfiumReader().open(content)
    assert refused.value.code == "no_text"
