"""What a PDF holds for intake: embedded files, and the invoices its pages divide into.

Pages without a text layer are recognised; what is recognised here is remembered for the reading that
follows. Parts are written by pikepdf (qpdf) so that the same PDF gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from contor.adapters.pdf.reader import PdfiumReader
from contor.documents.page import Page
from contor.documents.page_tagger import Tagger
from contor.documents.scans.raster import USUAL_DPI, USUAL_LANGUAGES
from contor.documents.sheets import sheet_of
from contor.documents.splitting import MOST_SCANS, Division, Sheet, divide
from contor.documents.structured import embedded_einvoice
from contor.documents.triage import Attachment, PageFacts, choose_page_route
from contor.errors import Refusal
from contor.ports.documents import OpenPdf, TextRecogniser
from contor.ports.file_contents import FileContents

MOST_PAGES = 300


def pdf_contents(
    content: bytes, tagger: Tagger | None, recogniser: TextRecogniser | None = None
) -> FileContents:
    """Open a PDF in this process; what cannot be opened holds nothing.

    Without a ``recogniser`` pages without a text layer have no text. Of more scans than an invoice
    with its annexes has, nothing is recognised: such a PDF stays whole, in doubt.
    """
    try:
        pdf = PdfiumReader().open(content, MOST_PAGES)
    except Refusal:
        return FileContents()
    try:
        facts = pdf.facts
        count = len(facts.pages)
        if not 1 < count == facts.page_count or embedded_einvoice(facts.attachments)[0]:
            return FileContents(facts.attachments)
        scans = [page for page in facts.pages if _is_scan(page)] if recogniser else []
        if len(scans) > MOST_SCANS:
            return FileContents(facts.attachments, Division(doubtful=True))
        division = divide([_sheet(pdf, page, tagger, recogniser) for page in facts.pages])
    finally:
        pdf.close()
    return _parted(content, facts.attachments, division)


def _is_scan(page: PageFacts) -> bool:
    return page.image_share > 0 and choose_page_route(page) == "ocr"


def _sheet(
    pdf: OpenPdf, about: PageFacts, tagger: Tagger | None, recogniser: TextRecogniser | None
) -> Sheet:
    scanned = recogniser is not None and _is_scan(about)
    page = _recognised(pdf, about.number, recogniser) if scanned else pdf.page(about.number)
    return sheet_of(page, tagger, scanned=scanned)


def _recognised(pdf: OpenPdf, number: int, recogniser: TextRecogniser | None) -> Page | None:
    """The words of a scan; a damaged page has none."""
    assert recogniser is not None
    try:
        return recogniser.recognise(pdf.image(number, USUAL_DPI), number, USUAL_LANGUAGES)
    except Refusal:
        return None


def _parted(
    content: bytes, attachments: tuple[Attachment, ...], division: Division
) -> FileContents:
    """Write the parts; a PDF that cannot be taken apart stays whole, in doubt."""
    import pikepdf

    if not division.parts:
        return FileContents(attachments, division)
    try:
        return FileContents(attachments, division, part_pages(content, division.parts))
    except pikepdf.PdfError:
        return FileContents(attachments, Division(doubtful=True))


def part_pages(content: bytes, parts: Sequence[tuple[int, int]]) -> tuple[bytes, ...]:
    """A PDF per range of pages; the same input gives the same bytes."""
    import pikepdf

    written = []
    with pikepdf.open(io.BytesIO(content)) as whole:
        for first, last in parts:
            with pikepdf.new() as part:
                part.pages.extend(whole.pages[first - 1 : last])
                stream = io.BytesIO()
                part.save(stream, deterministic_id=True)
                written.append(stream.getvalue())
    return tuple(written)
