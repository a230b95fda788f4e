"""Which way a document is read: its embedded e-invoice, its text layer, or recognition.

The decision is made from facts gathered beforehand, page by page, and from what the caller wants.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contor.documents.reading import Route

OcrMode = Literal["auto", "always", "never"]
PageRoute = Literal["text", "ocr"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file embedded in a PDF; ``name`` is what the PDF claims, never a path to write to."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page before it is read; sizes in points, ``image_share`` 0..1.

    ``unseen`` counts the words of its text layer that nobody sees; they are left out.
    """

    number: int
    width: float
    height: float
    text_quality: float
    image_share: float = 0.0
    unseen: int = 0


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What is known of a PDF before it is read; ``page_count`` counts also pages not looked at."""

    page_count: int
    pages: tuple[PageFacts, ...]
    attachments: tuple[Attachment, ...] = ()


def choose_page_route(facts: PageFacts, ocr: OcrMode = "auto", threshold: float = 0.5) -> PageRoute:
    """Text layer where it is good enough, recognition where it fails.

    >>> choose_page_route(PageFacts(1, 595, 842, text_quality=0.9))
    'text'
    >>> choose_page_route(PageFacts(1, 595, 842, text_quality=0.0, image_share=1.0))
    'ocr'
    """
    if ocr != "auto":
        return "ocr" if ocr == "always" else "text"
    return "text" if facts.text_quality >= threshold else "ocr"


def choose_route(page_routes: tuple[PageRoute, ...], *, has_einvoice: bool = False) -> Route:
    """The route of the whole document.

    >>> choose_route(("text", "ocr")), choose_route(("text",), has_einvoice=True)
    ('mixed', 'einvoice')
    """
    if has_einvoice:
        return "einvoice"
    kinds = set(page_routes)
    if kinds == {"ocr"}:
        return "ocr"
    return "mixed" if len(kinds) > 1 else "text"
