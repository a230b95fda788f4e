"""What intake needs of PDFs: the files embedded in them, and to part one that holds several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from contor.documents.splitting import Division
from contor.documents.triage import Attachment


@dataclass(frozen=True, slots=True)
class PdfContents:
    """Embedded files, how the pages divide into invoices, and the parts' bytes in that order."""

    attachments: tuple[Attachment, ...] = ()
    division: Division = field(default_factory=Division)
    parts: tuple[bytes, ...] = ()


class PdfOpener(Protocol):
    """Opens PDFs for intake."""

    def contents(self, content: bytes) -> PdfContents:
        """What the PDF holds; nothing where it cannot be opened (reading it says why)."""
        ...
