"""Documents a second by route, as ``contor read`` reads them, in one process."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from contor.bootstrap.documents import read_content, reading_options
from contor_training.benchmarks.speed_parts.measure import (
    OURS,
    Step,
    Work,
    compare,
    readable_by,
)
from contor_training.benchmarks.speed_parts.scale import Scale

_LANGUAGES = "deu+eng+ita"
_TESSERACT = "--psm 3 --dpi 300"
_DPI = 300
_XML_ONLY_CII = b"CrossIndustryInvoice"


def measure(samples: Path, scale: Scale) -> list[Step]:
    """XML, hybrid PDF, text PDF, scan; each beside what the usual package does with the same."""
    files = list(_samples(samples / "documents"))
    xml = [c for c, _ in files if not c.startswith(b"%PDF") and _route(c) == "einvoice"]
    pdfs = [(c, name) for c, name in files if c.startswith(b"%PDF")]
    routed = [(c, _route(c)) for c, _ in pdfs]
    hybrids = [c for c, route in routed if route == "einvoice"]
    texts = [c for c, route in routed if route == "text"]
    scans = [c for c, name in files if Path(name).suffix in {".jpg", ".png"}]
    steps = [
        *_einvoices(xml[: scale.documents], scale),
        *_hybrids(hybrids[: scale.documents], scale),
    ]
    if texts:
        steps.append(_text_layers(texts[: scale.documents], scale))
        steps.append(_a4_pages(texts[: scale.a4_pages], scale))
    if scans:
        steps.append(_scans(scans[: scale.scans], scale))
    return steps


def _samples(folder: Path) -> Iterable[tuple[bytes, str]]:
    """Documents with an expectation beside them, the hostile ones left out."""
    for twin in sorted(folder.rglob("*.expected.json")):
        path = twin.with_name(twin.name.removesuffix(".expected.json"))
        if path.parent.name != "hostile":
            yield path.read_bytes(), path.name


def _route(content: bytes) -> str:
    return read_content(content, "sample", reading_options(ocr="never")).route or ""


def _all(reader: object, contents: list[bytes]) -> Work:
    assert callable(reader)
    return lambda: [reader(content) for content in contents]


def _ours(content: bytes) -> object:
    return read_content(content, "sample")


def _einvoices(contents: list[bytes], scale: Scale) -> Iterable[Step]:
    """Every syntax by ourselves; then, per peer, what that peer can read."""
    if contents:
        ways = {OURS: _all(_ours, contents), "lxml, tree only": _all(etree.fromstring, contents)}
        yield compare("read XML", "documents", len(contents), ways, scale, "CII, UBL and FatturaPA")
    cii = [content for content in contents if _XML_ONLY_CII in content]
    for who, peer in (("drafthorse parse", _drafthorse), ("factur-x XSD check", _factur_x)):
        if same := readable_by(peer, cii):
            ways = {OURS: _all(_ours, same), who: _all(peer, same)}
            yield compare(
                f"read XML that {who.split()[0]} reads", "documents", len(same), ways, scale
            )


def _hybrids(contents: list[bytes], scale: Scale) -> Iterable[Step]:
    if contents:
        ways = {OURS: _all(_ours, contents), "pypdfium2, text only": _all(_pdfium, contents)}
        note = "ours reads the page, too, and compares it with the XML"
        yield compare("read hybrid PDF", "documents", len(contents), ways, scale, note)
    if same := readable_by(_factur_x_and_drafthorse, contents):
        ways = {
            OURS: _all(_ours, same),
            "factur-x + drafthorse": _all(_factur_x_and_drafthorse, same),
        }
        yield compare("read hybrid PDF that peers read", "documents", len(same), ways, scale)


def _text_layers(contents: list[bytes], scale: Scale) -> Step:
    ways = {
        OURS: _all(_ours, contents),
        "pdfplumber, words only": _all(_pdfplumber, contents),
        "pypdfium2, text only": _all(_pdfium, contents),
    }
    return compare(
        "read text PDF", "documents", len(contents), ways, scale, "peers find no facts"
    )  # fmt: skip


def _a4_pages(contents: list[bytes], scale: Scale) -> Step:
    options = reading_options(ocr="always", use_xml=False, max_pages=1)
    ways = {
        OURS: lambda: [read_content(content, "sample", options) for content in contents],
        "Tesseract alone": _all(_paint_and_recognise, contents),
    }
    return compare(
        "recognise A4 page at 300 dpi", "pages", len(contents), ways, scale, "first pages"
    )


def _scans(contents: list[bytes], scale: Scale) -> Step:
    ways = {OURS: _all(_ours, contents), "Tesseract alone": _all(_recognise, contents)}
    return compare("read photo or scan", "documents", len(contents), ways, scale)


def _drafthorse(content: bytes) -> object:
    from drafthorse.models.document import Document

    return Document.parse(content)


def _factur_x(content: bytes) -> object:
    import facturx

    return facturx.xml_check_xsd(content, flavor="factur-x")


def _factur_x_and_drafthorse(content: bytes) -> object:
    import facturx

    _, xml = facturx.get_xml_from_pdf(content, check_xsd=False)
    return _drafthorse(xml)


def _pdfplumber(content: bytes) -> object:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [page.extract_words() for page in pdf.pages]


def _pdfium(content: bytes) -> object:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()


def _recognise(content: bytes) -> object:
    import pytesseract
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        return pytesseract.image_to_data(picture, lang=_LANGUAGES, config=_TESSERACT)


def _paint_and_recognise(content: bytes) -> object:
    import pypdfium2
    import pytesseract

    pdf = pypdfium2.PdfDocument(content)
    try:
        picture = pdf[0].render(scale=_DPI / 72, grayscale=True).to_pil()
    finally:
        pdf.close()
    return pytesseract.image_to_data(picture, lang=_LANGUAGES, config=_TESSERACT)
