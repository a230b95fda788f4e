"""PDF through pypdfium2: facts, words, pictures, embedded files.

pdfium is not safe for threads: one reader belongs to one thread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from contor.adapters.pdf.drawn_things import Corners
from contor.adapters.pdf.filled_forms import fill_in, has_fields, is_placeholder
from contor.adapters.pdf.hidden_text import unseen
from contor.adapters.pdf.overprint import read_once
from contor.adapters.pdf.stamps import aslant
from contor.adapters.pdf.stand_in_fonts import put_back
from contor.adapters.pdf.text_layer import invisible_share, upright_rotation, words_of
from contor.documents.page import Page, Word
from contor.documents.scans.raster import Raster
from contor.documents.text_quality import text_quality
from contor.documents.triage import Attachment, PageFacts, PdfFacts
from contor.errors import Refusal

_MAX_PIXELS = 40_000_000
_MAX_ATTACHMENTS = 50
_MAX_ATTACHMENT_BYTES = 50_000_000
_ASK_AGAIN = "Ask the sender for the document again."


class PdfiumDocument:
    """A PDF opened by pdfium (see ``contor.ports.documents.OpenPdf``)."""

    def __init__(self, document: Any, max_pages: int) -> None:
        self._document = document
        self._looked_at = min(len(document), max_pages)
        self._words: dict[int, tuple[Word, ...]] = {}
        self._unfilled = set(range(1, self._looked_at + 1)) if has_fields(document) else set()

    @cached_property
    def facts(self) -> PdfFacts:
        """Facts of the document and its first pages; a page that cannot be opened has none."""
        pages = tuple(self._page_facts(number) for number in range(1, self._looked_at + 1))
        return PdfFacts(len(self._document), pages, tuple(self._attachments()))

    def page(self, number: int) -> Page:
        """The text layer of a page."""
        facts = self.facts.pages[number - 1]
        return Page(number, facts.width, facts.height, self._words.get(number, ()))

    def image(self, number: int, dpi: int) -> Raster:
        """The page rendered in grey."""
        page = self._open_page(number)
        try:
            width, height = page.get_size()
            scale = min(dpi / 72, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
            picture = bitmap.to_pil().convert("L")
            bitmap.close()
            put_back()
            return Raster(picture.tobytes(), picture.width, picture.height, scale * 72)
        finally:
            page.close()

    def close(self) -> None:
        """Free pdfium's memory."""
        self._document.close()

    def _open_page(self, number: int) -> Any:
        try:
            if number in self._unfilled:
                self._unfilled.discard(number)
                fill_in(self._document, number)
            return self._document[number - 1]
        except pdfium.PdfiumError as error:
            raise Refusal(
                "broken_page", "Page {page} is damaged.", _ASK_AGAIN, page=number
            ) from error

    def _page_facts(self, number: int) -> PageFacts:
        try:
            page = self._open_page(number)
        except Refusal:
            return PageFacts(number, 0.0, 0.0, 0.0, -1.0)
        try:
            width, height = page.get_size()
            text_page = page.get_textpage()
            rotation = upright_rotation(text_page.raw, page.get_rotation())
            if (rotation - page.get_rotation()) % 180:
                width, height = height, width
            shown = _to_top_left(page, rotation)
            sideways = rotation % 180 != 0
            words, traces = words_of(text_page.raw, width, height, shown, sideways=sideways)
            gone = unseen(page, words, traces, _to_top_left(page, page.get_rotation()))
            not_read = {*gone.hidden, *gone.ends, *aslant(traces.text_page, traces.spans)}
            words = [word for place, word in enumerate(words) if place not in not_read]
            words = read_once(words)
            self._words[number] = tuple(words)
            hidden = invisible_share(text_page.raw) if words and traces.suspects else 0.0
            images = _image_share(page, width * height) if len(words) < 80 or hidden else 0.0
            text_page.close()
            quality = text_quality([word.text for word in words], hidden)
            if images > 0.6 and len(words) < 30:
                quality = 0.0  # a stamp on a scan is not the page's text
            return PageFacts(number, width, height, quality, images, len(gone.hidden))
        except pdfium.PdfiumError:
            return PageFacts(number, 0.0, 0.0, 0.0, -1.0)
        finally:
            page.close()

    def _attachments(self) -> list[Attachment]:
        found: list[Attachment] = []
        total = 0
        for index in range(min(self._document.count_attachments(), _MAX_ATTACHMENTS)):
            attachment = self._document.get_attachment(index)
            try:
                content = bytes(attachment.get_data())
            except pdfium.PdfiumError:
                continue
            total += len(content)
            if total > _MAX_ATTACHMENT_BYTES:
                break
            found.append(Attachment(attachment.get_name(), content))
        return found


class PdfiumReader:
    """Opens PDFs by pdfium (see ``contor.ports.documents.PdfReader``)."""

    def open(self, content: bytes, max_pages: int = 50) -> PdfiumDocument:
        """Open a PDF; refuse what is broken or locked."""
        put_back()
        try:
            document = pdfium.PdfDocument(content)
        except pdfium.PdfiumError as error:
            if "assword" in str(error) or "ecurity" in str(error):
                raise Refusal(
                    "encrypted_pdf",
                    "The PDF is locked with a password.",
                    "Ask the sender for an unlocked PDF.",
                ) from error
            raise Refusal("broken_pdf", "The PDF is damaged or cut off.", _ASK_AGAIN) from error
        if len(document) == 0:
            document.close()
            raise Refusal("broken_pdf", "The PDF has no pages.", _ASK_AGAIN)
        if is_placeholder(document):
            document.close()
            raise Refusal(
                "no_text",
                "The PDF is a form that only Adobe's programmes can show.",
                "Ask the sender to print it into a new PDF.",
            )
        return PdfiumDocument(document, max_pages)


def _to_top_left(page: Any, rotation: int) -> Callable[[Corners], Corners]:
    """Map boxes of page space (bottom left, unrotated, cropped) to points from the top left shown."""
    left, bottom, right, top = page.get_bbox()  # of the tree of pages, too, unlike any other box
    if rotation == 90:
        return lambda box: (box[1] - bottom, box[0] - left, box[3] - bottom, box[2] - left)
    if rotation == 180:
        return lambda box: (right - box[2], box[1] - bottom, right - box[0], box[3] - bottom)
    if rotation == 270:
        return lambda box: (top - box[3], right - box[2], top - box[1], right - box[0])
    return lambda box: (box[0] - left, top - box[3], box[2] - left, top - box[1])


def _image_share(page: Any, area: float, most: int = 500) -> float:
    """Share of the page covered by pictures (overlaps counted twice, at most 1)."""
    covered = 0.0
    for index, thing in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        if index >= most:
            break
        left, bottom, right, top = thing.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return min(1.0, covered / area) if area else 0.0
