"""Read one document: what it is, which way it is read, its facts, or why it is refused.

The steps, in order: type by the first bytes; an e-invoice (the file itself or embedded in the PDF)
is read as such; else page by page the text layer, or recognition where that fails; then the facts.
Whatever is wrong with one page is a finding; whatever is wrong with the document is a refusal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from contor.documents.comparison import differences
from contor.documents.document_text import document_text
from contor.documents.facts import Facts, facts_from
from contor.documents.file_name import safe_file_name
from contor.documents.filetype import file_type
from contor.documents.page import Page
from contor.documents.page_tagger import Tagger
from contor.documents.reading import Reading, refused
from contor.documents.scans.raster import USUAL_DPI, USUAL_LANGUAGES, Raster
from contor.documents.structured import einvoice_reading, embedded_einvoice
from contor.documents.suppliers.keys import keys_on
from contor.documents.suppliers.layout import SupplierLayout
from contor.documents.triage import OcrMode, PageRoute, PdfFacts, choose_page_route, choose_route
from contor.errors import Finding, Refusal
from contor.ports.documents import ImageReader, OpenPdf, PdfReader, ReadPages, TextRecogniser


@dataclass(frozen=True, slots=True)
class Options:
    """How to read; limits are per document.

    Of a long PDF the first ``max_pages`` are read; one of more than ``most_pages`` is no invoice but
    a book of annexes, and is refused.
    """

    use_xml: bool = True
    ocr: OcrMode = "auto"
    languages: str = USUAL_LANGUAGES
    max_bytes: int = 100_000_000
    max_pages: int = 50
    most_pages: int = 150
    max_ocr_pages: int = 20
    dpi: int = USUAL_DPI
    page_workers: int = 1


@dataclass(frozen=True, slots=True)
class Tools:
    """The world that reading needs; without a tagger the rules decide alone."""

    pdf: PdfReader
    pictures: ImageReader
    recogniser: TextRecogniser
    tagger: Tagger | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """Pages read so far with their routes, and what went wrong."""

    pages: tuple[Page, ...]
    routes: tuple[PageRoute, ...]
    findings: tuple[Finding, ...]
    count: int


def read(content: bytes, filename: str, tools: Tools, options: Options | None = None) -> Reading:
    """Read a document; a refusal is part of the reading, nothing is raised for bad input.

    Raises:
        Failure: the machine lacks something (Tesseract, its languages).
    """
    return read_whole(content, filename, tools, options).reading


def read_with_pages(
    content: bytes, filename: str, tools: Tools, options: Options | None = None
) -> ReadPages:
    """Read a document, and keep the words it was read from and what may tell its supplier.

    Raises:
        Failure: the machine lacks something (Tesseract, its languages).
    """
    found = read_whole(content, filename, tools, options)
    return replace(found, keys=keys_on(document_text(found.pages))) if found.pages else found


def read_whole(content: bytes, filename: str, tools: Tools, options: Options | None) -> ReadPages:
    """Read a document, and keep the words it was read from.

    Raises:
        Failure: the machine lacks something (Tesseract, its languages).
    """
    options = options or Options()
    sha256 = hashlib.sha256(content).hexdigest()
    name = safe_file_name(filename)
    try:
        found = _read(content, tools, options)
    except Refusal as refusal:
        return ReadPages(refused(name, sha256, refusal))
    return replace(found, reading=replace(found.reading, file=name, sha256=sha256))


def read_again(
    found: ReadPages, tagger: Tagger | None, layouts: Sequence[SupplierLayout]
) -> ReadPages:
    """The same words read with what is remembered of suppliers' papers (oldest first)."""
    facts = facts_from(found.pages, tagger, layouts=layouts)
    kept = found.reading.findings[: found.findings]
    return replace(found, reading=_with_facts(replace(found.reading, findings=kept), facts))


def pages_of(
    content: bytes, filename: str, tools: Tools, options: Options | None = None
) -> tuple[Page, ...]:
    """The words of a document's pages, before any fact is looked for.

    Raises:
        Refusal: the document cannot be read.
    """
    options = replace(options or Options(), use_xml=False)
    del filename
    return _pages(content, tools, options).pages


def _read(content: bytes, tools: Tools, options: Options) -> ReadPages:
    kind = file_type(content)
    if len(content) > options.max_bytes:
        raise Refusal(
            "too_large",
            "The file has {size} bytes; at most {limit} are read.",
            "Send it in parts.",
            size=len(content),
            limit=options.max_bytes,
        )
    if kind == "xml":
        return ReadPages(einvoice_reading(content))
    if kind == "pdf" and options.use_xml:
        pdf = _opened(content, tools, options)
        try:
            return _read_hybrid(pdf, tools, options)
        finally:
            pdf.close()
    return _from_pages(_pages(content, tools, options), tools)


def _opened(content: bytes, tools: Tools, options: Options) -> OpenPdf:
    pdf = tools.pdf.open(content, options.max_pages)
    pages = pdf.facts.page_count
    if pages > options.most_pages:
        pdf.close()
        raise Refusal(
            "too_many_pages",
            "The PDF has {pages} pages; documents of at most {limit} are read.",
            "Send the invoice without its annexes.",
            pages=pages,
            limit=options.most_pages,
        )
    return pdf


def _read_hybrid(pdf: OpenPdf, tools: Tools, options: Options) -> ReadPages:
    facts = pdf.facts
    structured, found = embedded_einvoice(facts.attachments)
    if structured:
        return ReadPages(_compared(structured, pdf, tools))
    seen = _with_limit(_read_pages(pdf, facts, tools, options), len(facts.pages))
    if facts.attachments and not any(page.words for page in seen.pages):
        raise Refusal(
            "no_text",
            "The PDF is but a wrapping for other files.",
            "Take out the files that it holds and send them one by one.",
        )
    return _from_pages(replace(seen, findings=(*found, *seen.findings)), tools)


def _pages(content: bytes, tools: Tools, options: Options) -> _Seen:
    """The pages of a PDF or a picture file."""
    if file_type(content) == "pdf":
        pdf = _opened(content, tools, options)
        try:
            seen = _read_pages(pdf, pdf.facts, tools, options)
            return _with_limit(seen, len(pdf.facts.pages))
        finally:
            pdf.close()
    count, rasters = tools.pictures.images(content, options.max_pages)
    whole = [(number, raster) for number, raster in enumerate(rasters, start=1) if raster]
    seen = _recognise(whole, tools.recogniser, options)
    damaged = tuple(
        _page_finding("broken_page", number, "Page {page} is damaged.")
        for number, raster in enumerate(rasters, start=1)
        if raster is None
    )
    return _with_limit(
        replace(seen, count=count, findings=(*damaged, *seen.findings)), len(rasters)
    )


def _compared(structured: Reading, pdf: OpenPdf, tools: Tools) -> Reading:
    """The e-invoice of a hybrid PDF, checked against what its text layer shows people."""
    facts = pdf.facts
    shown = [
        pdf.page(page.number)
        for page in facts.pages
        if choose_page_route(page, "auto") == "text" and page.image_share >= 0
    ]
    findings = differences(structured, facts_from(shown, tools.tagger), shown) if shown else ()
    return replace(structured, pages=facts.page_count, findings=(*structured.findings, *findings))


def _read_pages(pdf: OpenPdf, facts: PdfFacts, tools: Tools, options: Options) -> _Seen:
    """Text layers, and recognition of the pages where they fail."""
    any_text = any(page.text_quality >= 0.5 for page in facts.pages)
    routes: dict[int, PageRoute] = {}
    findings: list[Finding] = []
    for page in facts.pages:
        if page.image_share < 0:
            findings.append(_page_finding("broken_page", page.number, "Page {page} is damaged."))
            continue
        blank = page.text_quality == 0 and page.image_share == 0 and any_text
        routes[page.number] = "text" if blank else choose_page_route(page, options.ocr)
        if page.unseen and routes[page.number] == "text":
            findings.append(
                _page_finding(
                    "hidden_text",
                    page.number,
                    "Page {page} holds words that nobody can see; they were not read.",
                )
            )
    scans = [number for number, route in routes.items() if route == "ocr"]
    for number in scans[options.max_ocr_pages :]:
        findings.append(
            _page_finding("page_not_read", number, "Page {page} is beyond the limit of scans.")
        )
        del routes[number]
    rasters: list[tuple[int, Raster]] = []
    for number in scans[: options.max_ocr_pages]:
        try:
            rasters.append((number, pdf.image(number, options.dpi)))
        except Refusal:
            findings.append(_page_finding("broken_page", number, "Page {page} is damaged."))
    recognised = _recognise(rasters, tools.recogniser, options)
    pages = [pdf.page(number) for number, route in routes.items() if route == "text"]
    ordered = tuple(sorted((*pages, *recognised.pages), key=lambda page: page.number))
    return _Seen(
        ordered,
        tuple(routes.values()),
        (*findings, *recognised.findings),
        facts.page_count,
    )


def _recognise(
    rasters: Sequence[tuple[int, Raster]], recogniser: TextRecogniser, options: Options
) -> _Seen:
    """Recognise pages side by side; the result does not depend on how many at once."""
    if options.ocr == "never" and rasters:
        nothing: tuple[PageRoute, ...] = ("ocr",)
        return _Seen((), nothing, (), len(rasters))

    def one(numbered: tuple[int, Raster]) -> Page:
        return recogniser.recognise(numbered[1], numbered[0], options.languages)

    with ThreadPoolExecutor(max_workers=max(1, options.page_workers)) as threads:
        pages = tuple(threads.map(one, rasters))
    findings = tuple(
        _page_finding(
            "page_without_text", page.number, "Page {page} holds no text that can be read."
        )
        for page in pages
        if len(page.words) < 3
    )
    routes: tuple[PageRoute, ...] = tuple("ocr" for _ in pages)
    return _Seen(pages, routes, findings, len(pages))


def _with_limit(seen: _Seen, looked_at: int) -> _Seen:
    """Say so where only the first pages were read."""
    if seen.count <= looked_at:
        return seen
    finding = Finding(
        "pages_not_read",
        "warning",
        f"Only the first {looked_at} of {seen.count} pages were read.",
    )
    return replace(seen, findings=(finding, *seen.findings))


def _from_pages(seen: _Seen, tools: Tools) -> ReadPages:
    if not any(word.text.strip() for page in seen.pages for word in page.words):
        raise Refusal(
            "no_text",
            "There is no text on any page that was read.",
            "Ask the sender for the document as a PDF with text or as a sharper scan.",
        )
    turned = {page.number: page.turned for page in seen.pages if page.turned}
    route = choose_route(seen.routes)
    plain = Reading("", "", seen.count, route, findings=seen.findings, turned=turned)
    reading = _with_facts(plain, facts_from(seen.pages, tools.tagger))
    return ReadPages(reading, seen.pages, len(seen.findings))


def _with_facts(reading: Reading, facts: Facts) -> Reading:
    return replace(
        reading,
        kind=facts.kind,
        language=facts.language,
        fields=facts.fields,
        tax_breakdown=facts.tax_breakdown,
        lines=facts.lines,
        findings=(*reading.findings, *facts.findings),
    )


def _page_finding(code: str, number: int, message: str) -> Finding:
    return Finding(code, "warning", message.format(page=number))
