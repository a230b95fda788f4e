"""Take the e-invoice out of a hybrid PDF (ZUGFeRD, Factur-X)."""

from __future__ import annotations

import io
import re
import zlib
from typing import Any

from contor.einvoice.embedded import choose_invoice
from contor.errors import Refusal

_LARGEST = 64 * 1024 * 1024
# how much an embedded file may grow under a filter that cannot be stopped half way
_MOST_OTHERS_GROW = 128


class HybridPdf:
    """Attachments of a PDF, read by pikepdf; nothing is ever written to a path of their names."""

    def attachments(self, content: bytes) -> dict[str, bytes]:
        """Every embedded file by its name.

        Raises Refusal ``pdf_broken``, ``pdf_encrypted`` or ``attachment_too_large``.
        """
        import pikepdf

        try:
            with pikepdf.open(io.BytesIO(content)) as pdf:
                found: dict[str, bytes] = {}
                for key, specification in pdf.attachments.items():
                    name = specification.filename or key
                    found.setdefault(name, _content(name, specification.get_file().obj))
                return found
        except pikepdf.PasswordError:
            raise Refusal(
                "pdf_encrypted",
                "The PDF is encrypted.",
                "Ask the sender for a file without password.",
            ) from None
        except (pikepdf.PdfError, zlib.error, ValueError, KeyError, TypeError) as error:
            raise Refusal(
                "pdf_broken",
                "The PDF cannot be read: {reason}.",
                "Ask the sender to send it again; it may have been cut off on the way.",
                reason=_reason(error),
            ) from None

    def extract(self, content: bytes) -> tuple[str, bytes]:
        """Name and XML of the embedded invoice."""
        attachments = self.attachments(content)
        name = choose_invoice(attachments)
        if name is None:
            raise Refusal(
                "einvoice_not_embedded",
                "The PDF carries no e-invoice ({count} attachments).",
                "Read it as a page: contor read.",
                count=len(attachments),
            )
        return name, attachments[name]


def _reason(error: Exception) -> str:
    """What the PDF library says, without the place in memory it says it of."""
    lines = re.sub(r"^stream <[^>]*>: ", "", str(error)).splitlines()
    return lines[0][:200] if lines else "damaged"


def _content(name: str, stream: Any) -> bytes:
    """The bytes of an embedded file; a decompression bomb is stopped at the limit."""
    raw: bytes = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    names = [str(filters)] if str(filters) == "/FlateDecode" else [str(f) for f in filters or ()]
    if names == ["/FlateDecode"] and "/DecodeParms" not in stream:
        data = zlib.decompressobj().decompress(raw, _LARGEST + 1)
    elif names and len(raw) * _MOST_OTHERS_GROW > _LARGEST:
        raise _too_large(name)
    else:
        data = bytes(stream.read_bytes()) if names else raw
    if len(data) > _LARGEST:
        raise _too_large(name)
    return data


def _too_large(name: str) -> Refusal:
    return Refusal(
        "attachment_too_large",
        "The attachment {name} is larger than 64 MiB.",
        "Ask the sender for a smaller file.",
        name=name,
    )
