"""What intake needs of PDFs and TIFFs: the files embedded, and to part one that holds several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from contor.documents.splitting import Division
from contor.documents.triage import Attachment


@dataclass(frozen=True, slots=True)
class FileContents:
    """Embedded files, how the pages divide into invoices, and the parts' bytes in that order."""

    attachments: tuple[Attachment, ...] = ()
    division: Division = field(default_factory=Division)
    parts: tuple[bytes, ...] = ()


class FileOpener(Protocol):
    """Opens PDFs and TIFFs for intake."""

    def contents(self, content: bytes) -> FileContents:
        """What the file holds; nothing where it cannot be opened (reading it says why)."""
        ...
