"""pdfium: words with boxes, hostile files, attachments, pictures."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from contor.adapters.page_painter import PagePainter
from contor.adapters.pdf.pictures import PillowImageReader
from contor.adapters.pdf.reader import PdfiumReader
from contor.adapters.pdf.straighten import skew_of
from contor.errors import Refusal
from contor_training.synthetic import hostile, tiny_pdf

LINES = ["Rechnung Nr. 4711 vom 05.03.2026 der Musterfirma", "Summe 119,00 EUR"]


def pdf(rotation: int = 0) -> bytes:
    objects = tiny_pdf.document(1, tiny_pdf.stream_object(tiny_pdf.text_stream(LINES)))
    turned = f"/Rotate {rotation} /MediaBox".encode()
    return tiny_pdf.write([one.replace(b"/MediaBox", turned) for one in objects])


def test_words_stand_where_they_are_printed() -> None:
    document = PdfiumReader().open(pdf())
    words = document.page(1).words if document.facts.pages else ()
    assert [word.text for word in words] == " ".join(LINES).split()
    first, second = words[0], words[-1]
    assert 55 < first.x0 < 65
    assert 40 < first.y0 < first.y1 < 75
    assert second.y0 > first.y1 - 4
    assert document.facts.pages[0].text_quality > 0.5


def test_a_letter_moved_by_kerning_parts_no_word() -> None:
    shown = b"BT /F1 11 Tf 60 780 Td [(Taxiunter) -120 (nehmen) -400 (Nord)] TJ ET"
    content = tiny_pdf.write(tiny_pdf.document(1, tiny_pdf.stream_object(shown)))
    assert [word.text for word in PdfiumReader().open(content).page(1).words] == [
        "Taxiunternehmen",
        "Nord",
    ]


@pytest.mark.parametrize("hyphen", ["/uni2010", "/uni2011", "/uni00AD"])
def test_hyphens_that_hold_or_break_a_line_are_hyphens(hyphen: str) -> None:
    shown = tiny_pdf.text_stream(["Rechnung RE-2024-017 vom 01-02-2026"])
    objects = tiny_pdf.document(1, tiny_pdf.stream_object(shown))
    named = f"<< /Differences [45 {hyphen}] >>".encode()
    content = tiny_pdf.write([one.replace(b"/WinAnsiEncoding", named) for one in objects])
    words = [word.text for word in PdfiumReader().open(content).page(1).words]
    assert words == ["Rechnung", "RE-2024-017", "vom", "01-02-2026"]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_has_its_boxes_inside(rotation: int) -> None:
    document = PdfiumReader().open(pdf(rotation))
    page = document.page(document.facts.pages[0].number)
    assert len(page.words) == len(" ".join(LINES).split())
    for word in page.words:
        assert -1 <= word.x0 < word.x1 <= page.width + 1
        assert -1 <= word.y0 < word.y1 <= page.height + 1


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_on_its_side_is_read_and_shown_upright(rotation: int) -> None:
    upright, turned = PdfiumReader().open(pdf()), PdfiumReader().open(pdf(rotation))
    assert (turned.facts.pages[0].width, turned.facts.pages[0].height) == (
        upright.facts.pages[0].width,
        upright.facts.pages[0].height,
    )
    assert set(turned.page(1).words) == set(upright.page(1).words)
    painted = PagePainter().png(pdf(rotation), 1, 300)
    assert painted == PagePainter().png(pdf(), 1, 300)
    page = upright.facts.pages[0]
    assert PagePainter().sizes(pdf(rotation), 9) == ((page.width, page.height),)


def test_lines_written_up_the_page_and_shown_level_are_as_high_as_others() -> None:
    up = b"q 0 1 -1 0 842 0 cm\n" + tiny_pdf.text_stream(LINES) + b"\nQ"
    wide = b"/Rotate 90 /MediaBox [0 0 842 595]"
    objects = tiny_pdf.document(1, tiny_pdf.stream_object(up))
    content = tiny_pdf.write([one.replace(b"/MediaBox [0 0 595 842]", wide) for one in objects])
    turned, level = PdfiumReader().open(content).page(1), PdfiumReader().open(pdf()).page(1)
    assert (turned.width, turned.height) == (595, 842)
    for word, other in zip(turned.words, level.words, strict=True):
        assert word.text == other.text
        assert word.box == pytest.approx(other.box, abs=0.1)


def test_bold_type_that_is_printed_twice_is_read_once() -> None:
    shown = tiny_pdf.text_stream(LINES)
    twice = b"q 1 0 0 1 0.4 0 cm\n" + shown + b"\nQ\n"
    content = tiny_pdf.write(tiny_pdf.document(1, tiny_pdf.stream_object(shown + b"\n" + twice)))
    words = PdfiumReader().open(content).page(1).words
    assert [word.text for word in words] == " ".join(LINES).split()


def test_a_pdf_behind_a_few_bytes_is_shown_and_a_broken_one_has_no_page() -> None:
    content = b"\r\n" + pdf()
    painter = PagePainter()
    assert [round(side) for side in painter.sizes(content, 9)[0]] == [595, 842]
    assert painter.png(content, 1, 300).startswith(b"\x89PNG")
    assert painter.sizes(b"%PDF-1.7 and no more", 9) == ()


def test_a_page_is_rendered_at_the_resolution_asked() -> None:
    raster = PdfiumReader().open(pdf()).image(1, 100)
    assert abs(raster.width - 595 / 72 * 100) < 3
    assert len(raster.pixels) == raster.width * raster.height


@pytest.mark.parametrize("name", ["truncated.pdf", "encrypted.pdf", "garbage.pdf"])
def test_hostile_pdfs_are_refused(name: str) -> None:
    file = hostile.files()[name]
    with pytest.raises(Refusal) as caught:
        PdfiumReader().open(file.content)
    assert caught.value.code in file.refusal
    assert caught.value.advice


def test_attachments_are_kept_with_the_name_they_claim() -> None:
    facts = PdfiumReader().open(hostile.files()["attachment-path.pdf"].content).facts
    assert len(facts.attachments) == 1
    assert ".." in facts.attachments[0].name


def test_only_the_first_pages_are_looked_at() -> None:
    facts = PdfiumReader().open(hostile.files()["pages-200.pdf"].content, 3).facts
    assert (facts.page_count, len(facts.pages)) == (200, 3)


def test_a_pixel_bomb_is_refused_before_it_unpacks() -> None:
    with pytest.raises(Refusal, match="too_large"):
        PillowImageReader().images(hostile.files()["pixel-bomb.png"].content)


def test_half_a_picture_is_refused() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (200, 200), "red").save(stream, "JPEG")
    with pytest.raises(Refusal, match="broken_image"):
        PillowImageReader().images(stream.getvalue()[:300])


def test_all_pages_of_a_tiff() -> None:
    stream = io.BytesIO()
    pages = [Image.new("L", (20, 10), shade) for shade in (0, 100, 200)]
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:])
    count, rasters = PillowImageReader().images(stream.getvalue(), 2)
    assert (count, [raster.pixels[0] for raster in rasters if raster]) == (3, [0, 100])


@pytest.mark.parametrize("angle", [-3.0, 0.0, 2.0])
def test_skew_is_found(angle: float) -> None:
    page = Image.new("L", (800, 1000), 255)
    for row in range(100, 900, 24):
        page.paste(0, (100, row, 700, row + 8))
    turned = page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert abs(skew_of(np.asarray(turned)) + angle) < 0.3
