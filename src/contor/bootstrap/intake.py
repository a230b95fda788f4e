"""Intake, wired: what a PDF holds, in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contor.adapters.pdf_contents import GuardedPdfOpener
    from contor.ports.pdf_contents import PdfContents


def contents_of(content: bytes) -> PdfContents:
    """What a PDF holds; runs in the guarded process, which wires itself."""
    from contor.adapters.pdf_contents import pdf_contents
    from contor.bootstrap.documents import tools

    return pdf_contents(content, tools().tagger)


def pdf_opener() -> GuardedPdfOpener:
    """Opens PDFs under limits; close it at the end."""
    from contor.adapters.pdf_contents import GuardedPdfOpener

    return GuardedPdfOpener(contents_of)
