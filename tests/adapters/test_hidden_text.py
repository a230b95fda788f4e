"""What a person cannot see on a page is no fact, whatever the text layer says."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image

from contor.adapters.pdf.reader import PdfiumReader
from contor.bootstrap.documents import reading_options, tools
from contor.cli.documents import read as read_command
from contor.documents.page import Page
from contor.documents.reading import Reading
from contor.workflows.read_document import read
from contor_training.synthetic import tiny_pdf

INVOICE = [
    "Netzwerk GmbH, Isarstr. 12, 80469 München",
    "Rechnung Nr. 4711 vom 05.03.2026",
    "Nettobetrag 100,00 EUR",
    "MwSt 19 % 19,00 EUR",
    "Gesamtbetrag 119,00 EUR",
    "IBAN DE89 3704 0044 0532 0130 00",
]
TOTAL = ["Gesamtbetrag", "9.119,00", "EUR"]
SHOWN = tiny_pdf.text_stream(INVOICE)
LINE = b"(Gesamtbetrag 9.119,00 EUR) Tj ET"
COVERED = b"BT /F1 11 Tf 60 500 Td " + LINE
HIDDEN = {
    "white on white": b"BT 1 1 1 rg /F1 11 Tf 60 500 Td " + LINE,
    "nearly white": b"BT 0.98 0.98 0.97 rg /F1 11 Tf 60 500 Td " + LINE,
    "white by the grey scale": b"BT 1 g /F1 11 Tf 60 500 Td " + LINE,
    "white by the inks": b"BT 0 0 0 0 k /F1 11 Tf 60 500 Td " + LINE,
    "in no colour": b"BT 3 Tr /F1 11 Tf 60 500 Td " + LINE,
    "only to clip with": b"BT 7 Tr /F1 11 Tf 60 500 Td " + LINE,
    "half a point high": b"BT /F1 0.5 Tf 60 500 Td " + LINE,
    "scaled to a speck": b"BT /F1 11 Tf 0.04 0 0 0.04 60 500 Tm " + LINE,
    "white over a white box": b"1 1 1 rg 50 490 400 30 re f BT /F1 11 Tf 60 500 Td " + LINE,
    "outside of the page": b"BT /F1 11 Tf 60 -40 Td " + LINE,
    "black on a black box": b"0 g 50 490 400 30 re f BT 0 g /F1 11 Tf 60 500 Td " + LINE,
    "blue on a bar of that blue": b"0.1 0.2 0.4 rg 50 490 400 30 re f "
    b"BT 0.12 0.22 0.42 rg /F1 11 Tf 60 500 Td " + LINE,
    "under a white box": COVERED + b" 1 g 50 490 400 30 re f",
    "under a black bar": COVERED + b" 0 g 58 496 200 14 re f",
    "under two boxes": COVERED + b" 1 g 50 490 400 30 re f 0.5 g 50 490 400 30 re f",
    "white on a dark bar under another": b"0.2 g 50 490 400 30 re f BT 1 g /F1 11 Tf 60 500 Td "
    + LINE
    + b" 0.3 g 50 490 400 30 re f",
    "cut off by a clip": b"q 40 100 20 20 re W n " + COVERED + b" Q",
    "cut off by two clips": b"q 50 490 400 30 re W n 50 200 400 30 re W n " + COVERED + b" Q",
    "in the hole of a clip": b"q 0 0 595 842 re 50 490 400 30 re W* n " + COVERED + b" Q",
    "beside the slope of a clip": b"q 0 842 m 595 842 l 0 400 l h W n BT /F1 11 Tf 400 420 Td "
    + LINE
    + b" Q",
    "cut off by the letters of another text": b"q BT 7 Tr /F1 11 Tf 60 300 Td (a) Tj ET "
    + COVERED.replace(b"BT", b"BT 0 Tr")
    + b" Q",
    "nearly transparent": b"/Ghost gs " + COVERED,
}
SEEN = {
    "white on a dark bar": b"0.1 0.2 0.4 rg 50 490 400 30 re f BT 1 g /F1 11 Tf 60 500 Td " + LINE,
    "white with a black outline": b"BT 1 g 0 G 2 Tr /F1 11 Tf 60 500 Td " + LINE,
    "pale grey": b"BT 0.75 g /F1 11 Tf 60 500 Td " + LINE,
    "small print": b"BT /F1 4 Tf 60 500 Td " + LINE,
    "small by its matrix": b"BT /F1 1 Tf 9 0 0 9 60 500 Tm " + LINE,
    "black on a white box": b"1 g 50 490 400 30 re f BT 0 g /F1 11 Tf 60 500 Td " + LINE,
    "black on a white box in a black one": b"0 g 40 480 420 50 re f 1 g 50 490 400 30 re f "
    b"BT 0 g /F1 11 Tf 60 500 Td " + LINE,
    "in a frame": COVERED + b" 1 G 50 490 400 30 re S",
    "beside a box that ends before it": COVERED + b" 1 g 40 490 18 30 re f 50 510 400 20 re f",
    "under a box with a hole": COVERED + b" 1 g 40 470 420 70 re 50 490 400 30 re f*",
    "under a box that is cut off": COVERED + b" q 400 100 50 50 re W n 1 g 0 0 595 842 re f Q",
    "once more over the box that covers it": COVERED
    + b" 1 g 50 490 400 30 re f BT 0 g /F1 11 Tf 60 500 Td "
    + LINE,
    "within a clip": b"q 50 490 400 30 re W n " + COVERED + b" Q",
    "within a round clip": b"q 0 842 m 0 0 842 0 842 842 c h W n " + COVERED + b" Q",
    "half transparent": b"/Veil gs " + COVERED,
}
STATES = b"/ExtGState<</Ghost<</ca 0.03>>/Veil<</ca 0.5>>>>"


def pdf(*streams: bytes, entries: bytes = b"") -> bytes:
    objects = tiny_pdf.document(1, tiny_pdf.stream_object(b"\n".join(streams)))
    said = entries + b"/MediaBox"
    return tiny_pdf.write(
        [
            one.replace(b"/MediaBox", said).replace(b"/Font <<", STATES + b"/Font <<")
            for one in objects
        ]
    )


def with_picture(content: bytes, picture: Image.Image) -> bytes:
    """The PDF with a grey picture among its resources, to be drawn by ``/Scan Do``."""
    with pikepdf.open(io.BytesIO(content)) as scan:
        image = pikepdf.Stream(scan, picture.tobytes())
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height = picture.size
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        scan.pages[0].Resources.XObject = pikepdf.Dictionary(Scan=image)
        return saved(scan)


def saved(changed: pikepdf.Pdf) -> bytes:
    stream = io.BytesIO()
    changed.save(stream)
    return stream.getvalue()


def painted(content: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(content) as printed:
        picture: Image.Image = printed[0].render(scale=2).to_pil().convert("L")
        return picture


def words(content: bytes) -> list[str]:
    return [word.text for word in page_of(content).words]


def page_of(content: bytes) -> Page:
    document = PdfiumReader().open(content)
    assert document.facts.pages
    return document.page(1)


def reading_of(content: bytes) -> Reading:
    return read(content, "r.pdf", tools(), reading_options(ocr="never"))


@pytest.mark.parametrize("how", HIDDEN)
def test_what_nobody_sees_is_not_read(how: str) -> None:
    content = pdf(SHOWN, HIDDEN[how])
    assert "9.119,00" not in words(content)
    assert words(content) == words(pdf(SHOWN)), "and everything else is"


@pytest.mark.parametrize("how", SEEN)
def test_what_can_be_seen_is_read(how: str) -> None:
    content = pdf(SHOWN, SEEN[how])
    assert "9.119,00" in words(content)
    assert PdfiumReader().open(content).facts.pages[0].unseen == 0


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_it_is_looked_for_where_it_stands_on_a_turned_page(rotation: int) -> None:
    turned = f"/Rotate {rotation} ".encode()
    bar = b"0 g 50 290 400 30 re f BT 1 g /F1 11 Tf 60 300 Td (Rabatt) Tj ET"
    content = pdf(SHOWN, HIDDEN["white on white"], bar, entries=turned)
    assert "9.119,00" not in words(content)
    assert "Rabatt" in words(content)


def test_it_is_looked_for_where_it_stands_on_a_cropped_page() -> None:
    bar = b"0 g 50 490 400 30 re f BT 1 g /F1 11 Tf 60 500 Td (Rabatt) Tj ET"
    hidden = b"BT 1 g /F1 11 Tf 60 460 Td (Geheim) Tj ET"
    below = b"BT 0 g /F1 11 Tf 60 280 Td (Abgeschnitten) Tj ET"
    content = pdf(SHOWN, bar, hidden, below, entries=b"/CropBox [30 300 500 820] ")
    assert "Rabatt" in words(content)
    assert {"Geheim", "Abgeschnitten"}.isdisjoint(words(content))


def test_it_is_looked_for_where_it_stands_when_the_size_is_said_for_all_pages_at_once() -> None:
    """The box of a page may be said in the tree of pages alone."""
    bar = b"0 g 50 490 400 30 re f BT 1 g /F1 11 Tf 60 500 Td (Rabatt) Tj ET"
    low = b"BT 0 g /F1 11 Tf 60 4 Td (Fu\337zeile) Tj ET"
    alone = tiny_pdf.document(1, tiny_pdf.stream_object(b"\n".join((SHOWN, bar, low))))
    below = [
        one.replace(b"/MediaBox [0 0 595 842]", b"").replace(
            b"/Type /Pages", b"/Type /Pages /MediaBox [0 0 595 842]"
        )
        for one in alone
    ]
    content = tiny_pdf.write(below)
    assert page_of(content).words == page_of(tiny_pdf.write(alone)).words
    assert words(content)[-2:] == ["Rabatt", "Fußzeile"]


def test_a_hidden_total_is_no_fact_and_a_person_is_told() -> None:
    hidden = b"BT 1 g /F1 11 Tf 60 500 Td (Rechnungsbetrag 9.119,00 EUR) Tj ET"
    reading = reading_of(pdf(SHOWN, hidden))
    assert reading.value("gross_total") == "119.00"
    found = {finding.code: finding for finding in reading.findings}
    assert found["hidden_text"].severity == "warning", "so it never goes through alone"
    assert found["hidden_text"].message.startswith("Page 1 holds words that nobody can see")
    assert "hidden_text" not in {f.code for f in reading_of(pdf(SHOWN)).findings}


def test_the_command_says_so(tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(pdf(SHOWN, HIDDEN["in no colour"]))
    run = CliRunner().invoke(read_command, [str(tmp_path / "r.pdf"), "--workers", "1", "--quiet"])
    assert run.exit_code == 0
    assert '"hidden_text"' in run.output
    assert "9119.00" not in run.output


def test_the_layer_under_a_scan_is_what_the_scan_shows() -> None:
    """Recognised text drawn in no colour lies over the picture it was recognised from."""
    layer = SHOWN.replace(b"BT ", b"BT 3 Tr ", 1)
    scan = pdf(b"q 595 0 0 842 0 0 cm /Scan Do Q", layer)
    content = with_picture(scan, painted(pdf(SHOWN)))
    assert words(content) == words(pdf(SHOWN))
    assert reading_of(content).value("gross_total") == "119.00"
    assert "hidden_text" not in {finding.code for finding in reading_of(content).findings}


def test_a_white_picture_hides_the_words_under_it() -> None:
    """As editors do that paste an empty picture over what they want gone."""
    covered = pdf(SHOWN, COVERED, b"q 400 0 0 30 50 490 cm /Scan Do Q")
    content = with_picture(covered, Image.new("L", (4, 4), 255))
    assert words(content) == words(pdf(SHOWN))
    assert PdfiumReader().open(content).facts.pages[0].unseen == 3


def test_black_on_a_black_picture_is_hidden_and_white_on_it_is_not() -> None:
    picture = b"q 400 0 0 30 50 490 cm /Scan Do Q "
    black, white = picture + b"0 g " + COVERED, picture + b"1 g " + COVERED
    dark = Image.new("L", (4, 4), 10)
    assert words(with_picture(pdf(SHOWN, black), dark)) == words(pdf(SHOWN))
    assert words(with_picture(pdf(SHOWN, white), dark)) == [*words(pdf(SHOWN)), *TOTAL]
    assert words(with_picture(pdf(SHOWN, black), Image.new("L", (4, 4), 200)))[-3:] == TOTAL


def test_a_picture_of_many_greys_behind_black_words_hides_nothing() -> None:
    content = pdf(b"q 595 0 0 842 0 0 cm /Scan Do Q", SHOWN)
    paper = Image.effect_noise((595, 842), 60).point(lambda grey: 160 + grey // 4)
    assert words(with_picture(content, paper)) == words(pdf(SHOWN))


def layered(*streams: bytes, off: bool) -> bytes:
    """The PDF with a layer, ``/OC /Other BDC``, that is switched on or off."""
    with pikepdf.open(io.BytesIO(pdf(*streams))) as changed:
        layer = changed.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("Other"))
        )
        changed.pages[0].Resources.Properties = pikepdf.Dictionary(Other=layer)
        shown = pikepdf.Dictionary(OFF=pikepdf.Array([layer] * off))
        changed.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=shown)
        return saved(changed)


@pytest.mark.parametrize(
    "under", [b"", b"BT 0 g /F1 11 Tf 60 500 Td (Total amount 119,00 EUR) Tj ET "]
)
def test_a_layer_that_is_switched_off_is_not_read(under: bytes) -> None:
    """Whether it stands on its own or where the layer that is shown says something else."""
    layer = b"/OC /Other BDC /P <</MCID 0>> BDC " + COVERED + b" EMC EMC"
    assert words(layered(SHOWN, under, layer, off=True)) == words(pdf(SHOWN, under))
    assert "9.119,00" in words(layered(SHOWN, layer, off=False))


def test_a_form_in_a_layer_that_is_switched_off_is_not_read() -> None:
    with pikepdf.open(io.BytesIO(layered(SHOWN, b"/Sheet Do", off=True))) as changed:
        page = changed.pages[0]
        sheet = pikepdf.Stream(changed, COVERED)
        sheet.Type, sheet.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        sheet.BBox, sheet.Resources = page.MediaBox, pikepdf.Dictionary(Font=page.Resources.Font)
        sheet.OC = page.Resources.Properties.Other
        page.Resources.XObject = pikepdf.Dictionary(Sheet=sheet)
        off = saved(changed)
        del sheet.OC
        on = saved(changed)
    assert words(off) == words(pdf(SHOWN))
    assert words(on) == [*words(pdf(SHOWN)), *TOTAL]


def test_a_figure_that_its_cell_cuts_off_is_left_out_and_nobody_is_warned() -> None:
    """Programs that print tables cut off what is too long for its column: that hides nothing."""
    cell = b"q 58 490 72 30 re W n " + COVERED + b" Q"
    content = pdf(SHOWN, cell)
    assert words(content) == [*words(pdf(SHOWN)), "Gesamtbetrag", "EUR"]
    assert PdfiumReader().open(content).facts.pages[0].unseen == 0
    alone = pdf(SHOWN, b"q 58 490 72 30 re W n BT /F1 11 Tf 160 500 Td " + LINE + b" Q")
    assert PdfiumReader().open(alone).facts.pages[0].unseen == 3


def test_a_name_that_its_cell_cuts_off_is_read_to_its_end() -> None:
    """It runs on under the next column, where something else stands."""
    name = b"q 58 490 72 30 re W n BT /F1 11 Tf 60 500 Td (Gesellschaft zur Rettung 2020) Tj ET Q"
    next_column = b" BT 0 g /F1 11 Tf 130 500 Td (7 Tage) Tj ET"
    content = pdf(SHOWN, name, next_column)
    assert words(content)[-5:] == ["Gesellschaft", "zur", "Rettung", "7", "Tage"]


@pytest.mark.parametrize("down", range(10))
def test_dashes_and_strokes_thinner_than_a_point_are_seen(down: int) -> None:
    """They are painted beside their boxes, on whole points."""
    thin = f"/Veil gs BT /F1 6 Tf 60 {500 - down / 10} Td (05 - 06 : 7 | 8 - | - | -) Tj ET"
    assert "".join(words(pdf(SHOWN, thin.encode()))).endswith("05-06:7|8-|-|-")


def test_words_that_lie_deeper_than_is_looked_are_in_the_picture_or_not_read() -> None:
    """Forms within forms, and more things on a page than are listed, are no hiding place."""
    cut = b"q 40 100 20 20 re W n " + COVERED + b" Q "
    with pikepdf.open(io.BytesIO(pdf(SHOWN, b"/Sheet Do"))) as changed:
        page = changed.pages[0]
        inner = cut + b"BT /F1 11 Tf 60 450 Td (Rabatt) Tj ET"
        for _ in range(9):
            sheet = pikepdf.Stream(changed, inner)
            sheet.Type, sheet.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            sheet.BBox, sheet.Resources = page.MediaBox, page.Resources
            outer = pikepdf.Dictionary(Font=page.Resources.Font)
            outer.XObject = pikepdf.Dictionary(Sheet=sheet)
            page.Resources, inner = outer, b"/Sheet Do"
        deep = saved(changed)
    assert words(deep) == [*words(pdf(SHOWN)), "Rabatt"]
    assert words(pdf(SHOWN, b"0 0 1 1 re f " * 21_000, cut)) == words(pdf(SHOWN))


def test_ten_thousand_clips_and_marks_are_looked_at_in_time() -> None:
    line = b"q 0 0 m 0 9 l 9 9 l 9 0 l h 1 1 3 3 re W n " + b"/OC /No BDC " * 20
    line += b"BT /F1 2 Tf %d %d Td (9.119,00) Tj ET " + b"EMC " * 20 + b"Q\n"
    many = b"".join(line % (10 + 9 * (n % 60), 10 + 4 * (n // 60)) for n in range(10_000))
    started = time.process_time()
    content = pdf(SHOWN, many)
    assert words(content) == words(pdf(SHOWN))
    assert time.process_time() - started < 20


def test_words_under_the_picture_that_shows_them_are_read() -> None:
    """Some scanners write the words in black and lay the scan over them."""
    scan = pdf(SHOWN, b"q 595 0 0 842 0 0 cm /Scan Do Q")
    content = with_picture(scan, painted(pdf(SHOWN)))
    assert words(content) == words(pdf(SHOWN))
    assert PdfiumReader().open(content).facts.pages[0].unseen == 0


def test_a_marker_pen_hides_nothing() -> None:
    marked = pdf(SHOWN, COVERED, b"/Pen gs 1 1 0 rg 50 490 400 30 re f")
    with pikepdf.open(io.BytesIO(marked)) as changed:
        pen = pikepdf.Dictionary(BM=pikepdf.Name.Multiply)
        changed.pages[0].Resources.ExtGState = pikepdf.Dictionary(Pen=pen)
        content = saved(changed)
    assert "9.119,00" in words(content)


def test_an_amount_whited_out_and_written_anew_is_the_new_one() -> None:
    old = b"BT /F1 11 Tf 60 500 Td (Rechnungsbetrag 9.119,00 EUR) Tj ET"
    new = b"1 g 50 490 400 30 re f BT 0 g /F1 11 Tf 60 500 Td (Rechnungsbetrag 119,00 EUR) Tj ET"
    content = pdf(SHOWN, old, new)
    assert "9.119,00" not in words(content)
    assert words(content)[-3:] == ["Rechnungsbetrag", "119,00", "EUR"]
    reading = reading_of(content)
    assert reading.value("gross_total") == "119.00"
    assert "hidden_text" in {finding.code for finding in reading.findings}


def test_a_box_within_a_form_covers_as_well() -> None:
    """What a program draws by a form of its own stands where the form is laid."""
    with pikepdf.open(io.BytesIO(pdf(SHOWN, COVERED, b"q 2 0 0 2 50 490 cm /Box Do Q"))) as changed:
        box = pikepdf.Stream(changed, b"1 g 0 0 200 15 re f")
        box.Type, box.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        box.BBox = pikepdf.Array([0, 0, 200, 15])
        changed.pages[0].Resources.XObject = pikepdf.Dictionary(Box=box)
        content = saved(changed)
    assert words(content) == words(pdf(SHOWN))


def test_a_box_that_somebody_laid_over_the_page_covers_as_well() -> None:
    with pikepdf.open(io.BytesIO(pdf(SHOWN, COVERED))) as changed:
        box = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square,
            Rect=pikepdf.Array([50, 490, 450, 520]), C=pikepdf.Array([1, 1, 1]),
            IC=pikepdf.Array([1, 1, 1]), F=4,
        )  # fmt: skip
        changed.pages[0].Annots = pikepdf.Array([box])
        content = saved(changed)
    assert words(content) == words(pdf(SHOWN))


def test_words_within_a_form_are_looked_at_as_well() -> None:
    """A letterhead, or a page that was put into another, is drawn as a form."""
    with pikepdf.open(io.BytesIO(pdf(b"q /Sheet Do Q", b"1 g 50 490 400 30 re f"))) as changed:
        page = changed.pages[0]
        sheet = pikepdf.Stream(changed, SHOWN + b"\n" + COVERED)
        sheet.Type, sheet.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        sheet.BBox, sheet.Resources = page.MediaBox, pikepdf.Dictionary(Font=page.Resources.Font)
        page.Resources.XObject = pikepdf.Dictionary(Sheet=sheet)
        content = saved(changed)
    assert words(content) == words(pdf(SHOWN))
