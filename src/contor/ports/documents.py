"""What reading a document needs from the world: PDF, pictures, text recognition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from contor.documents.page import Page
from contor.documents.reading import Reading
from contor.documents.scans.raster import Raster
from contor.documents.suppliers.layout import SupplierLayout
from contor.documents.triage import PdfFacts


@dataclass(frozen=True, slots=True)
class ReadPages:
    """A reading with the words it was made from (none where it was made from data).

    ``findings`` counts those of its findings that are about the pages, not the facts; ``keys`` are
    those by which the supplier may be known.
    """

    reading: Reading
    pages: tuple[Page, ...] = ()
    findings: int = 0
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileJob:
    """A file to be read with a tenant's model (``tenant/version``; empty: the shelf's own)."""

    content: bytes
    filename: str
    model: str = ""


@dataclass(frozen=True, slots=True)
class AgainJob:
    """Words to be read again with what is remembered of suppliers' papers, oldest first."""

    found: ReadPages
    layouts: tuple[SupplierLayout, ...]
    model: str = ""


class OpenPdf(Protocol):
    """A PDF that has been opened; pages count from 1."""

    @property
    def facts(self) -> PdfFacts:
        """What is known of the document and its first pages."""
        ...

    def page(self, number: int) -> Page:
        """The words of the page's text layer, in reading order of the file."""
        ...

    def image(self, number: int, dpi: int) -> Raster:
        """The page as a grey picture, at a lower resolution where it would be too large."""
        ...

    def close(self) -> None:
        """Free what the PDF holds."""
        ...


class PdfReader(Protocol):
    """Opens PDFs."""

    def open(self, content: bytes, max_pages: int) -> OpenPdf:
        """Open a PDF and gather facts of its first ``max_pages`` pages.

        Raises:
            Refusal: ``broken_pdf``, ``encrypted_pdf``.
        """
        ...


class ImageReader(Protocol):
    """Reads picture files."""

    def images(self, content: bytes, max_pages: int) -> tuple[int, tuple[Raster | None, ...]]:
        """Number of pictures in the file, and the first ``max_pages`` upright; None is damaged.

        Raises:
            Refusal: ``broken_image``, ``too_large``.
        """
        ...


class TextRecogniser(Protocol):
    """Reads words from a picture."""

    def recognise(self, raster: Raster, number: int, languages: str) -> Page:
        """The words of the picture, boxes in points of the upright page.

        Raises:
            Failure: recognition is not installed.
        """
        ...
