"""What is stamped aslant over a page is not read among its lines."""

from __future__ import annotations

from contor.adapters.pdf.reader import PdfiumReader
from contor_training.synthetic import tiny_pdf

LINES = [
    "Fjordhost GmbH, Speicherstr. 12, 24103 Kiel",
    "Rechnung Nr. 4711 vom 05.03.2026",
    "Gesamtbetrag 119,00 EUR",
]


def words(*streams: bytes) -> list[str]:
    content = tiny_pdf.write(tiny_pdf.document(1, tiny_pdf.stream_object(b"\n".join(streams))))
    opened = PdfiumReader().open(content)
    try:
        assert opened.facts.pages
        return [word.text for word in opened.page(1).words]
    finally:
        opened.close()


def test_a_stamp_across_the_corner_is_no_name() -> None:
    stamp = b"BT /F1 28 Tf 0.82 -0.57 0.57 0.82 400 800 Tm (BEZAHLT) Tj ET"
    assert words(stamp, tiny_pdf.text_stream(LINES)) == " ".join(LINES).split()


def test_letters_that_lean_and_lines_up_the_margin_are_text() -> None:
    leaning = b"BT /F1 11 Tf 1 0 0.3 1 60 500 Tm (kursiv) Tj ET"
    upwards = b"BT /F1 6 Tf 0 1 -1 0 580 300 Tm (HRB 4711) Tj ET"
    assert {"kursiv", "HRB"} <= set(words(tiny_pdf.text_stream(LINES), leaning, upwards))


def test_a_page_laid_askew_is_read() -> None:
    askew = b"0.99 0.12 -0.12 0.99 40 0 cm " + tiny_pdf.text_stream(LINES)
    assert "Gesamtbetrag" in words(askew)
