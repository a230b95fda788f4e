"""What a PDF holds for intake: embedded files, and the invoices its pages divide into.

PDFs come from strangers: they are opened in a process of its own with limits, which stays for the
next one and is replaced where a document breaks it. Pages without a text layer are recognised; what
is recognised here is remembered for the reading that follows. Parts are written by pikepdf (qpdf) so that
the same PDF gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from contor.adapters.pdf.reader import PdfiumReader
from contor.adapters.pdf.standing_workers import StandingWorkers
from contor.adapters.pdf.workers import Limits
from contor.documents.facts import facts_from
from contor.documents.identifiers import find_identifiers
from contor.documents.layout import layout_of
from contor.documents.page import Page
from contor.documents.page_tagger import Tagger
from contor.documents.scans.raster import USUAL_DPI, USUAL_LANGUAGES
from contor.documents.splitting import Division, Sheet, divide
from contor.documents.structured import embedded_einvoice
from contor.documents.triage import Attachment, PageFacts, choose_page_route
from contor.errors import Refusal
from contor.ports.documents import OpenPdf, TextRecogniser
from contor.ports.pdf_contents import PdfContents

MOST_PAGES = 300
_LIKELY = 0.5  # the joint proof of all parts in documents.splitting decides
_MOST_SCANS = 60
_LIMITS = Limits(seconds=600.0, memory_bytes=4 * 1024**3)


class GuardedPdfOpener:
    """Opens PDFs in one guarded process, one at a time; safe to call from several threads.

    ``function`` gives the contents of one PDF and is importable by name.
    """

    def __init__(self, function: Callable[[bytes], PdfContents], limits: Limits = _LIMITS) -> None:
        self._workers = StandingWorkers(function, 1, limits)

    def contents(self, content: bytes) -> PdfContents:
        """What the PDF holds; a PDF that cannot be opened holds nothing.

        One that takes too long stays whole, in doubt.

        Raises:
            Failure: the machine lacks something.
        """
        outcome = self._workers.ask(content)
        if isinstance(outcome, Refusal):
            return PdfContents(division=Division(doubtful=outcome.code == "took_too_long"))
        return outcome

    def close(self) -> None:
        """End the process."""
        self._workers.close()


def pdf_contents(
    content: bytes, tagger: Tagger | None, recogniser: TextRecogniser | None = None
) -> PdfContents:
    """Open a PDF in this process; what cannot be opened holds nothing.

    Without a ``recogniser`` pages without a text layer have no text. Of more scans than an invoice
    with its annexes has, nothing is recognised: such a PDF stays whole, in doubt.
    """
    try:
        pdf = PdfiumReader().open(content, MOST_PAGES)
    except Refusal:
        return PdfContents()
    try:
        facts = pdf.facts
        count = len(facts.pages)
        if not 1 < count == facts.page_count or embedded_einvoice(facts.attachments)[0]:
            return PdfContents(facts.attachments)
        scans = [page for page in facts.pages if _is_scan(page)] if recogniser else []
        if len(scans) > _MOST_SCANS:
            return PdfContents(facts.attachments, Division(doubtful=True))
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
    if page is None or not page.words:
        return Sheet("", scanned=scanned)
    facts = facts_from([page], tagger).fields
    likely = {name: fact.value for name, fact in facts.items() if fact.confidence > _LIKELY}
    text = "\n".join(line.text for line in layout_of([page]).lines)
    number, total, date = map(likely.get, ("number", "gross_total", "issue_date"))
    owners = frozenset(
        found.value
        for found in (find_identifiers(text) if scanned else ())
        if found.valid and found.kind == "iban"
    )
    return Sheet(text, number, total, date, scanned, owners)


def _recognised(pdf: OpenPdf, number: int, recogniser: TextRecogniser | None) -> Page | None:
    """The words of a scan; a damaged page has none."""
    assert recogniser is not None
    try:
        return recogniser.recognise(pdf.image(number, USUAL_DPI), number, USUAL_LANGUAGES)
    except Refusal:
        return None


def _parted(content: bytes, attachments: tuple[Attachment, ...], division: Division) -> PdfContents:
    """Write the parts; a PDF that cannot be taken apart stays whole, in doubt."""
    import pikepdf

    if not division.parts:
        return PdfContents(attachments, division)
    try:
        return PdfContents(attachments, division, part_pages(content, division.parts))
    except pikepdf.PdfError:
        return PdfContents(attachments, Division(doubtful=True))


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
