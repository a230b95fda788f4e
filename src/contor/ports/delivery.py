"""What leaves the house: pages and mail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to be sent; ``key`` is its meaning, so that sending twice sends once."""

    key: str
    sender: str
    recipient: str
    subject: str
    text: str
    attachments: Sequence[Attachment] = ()


class PdfWriter(Protocol):
    """Writes a laid-out page as PDF/A-3b."""

    def write(
        self,
        layout: Mapping[str, Any],
        *,
        day: date,
        payment_code: str = "",
        xml: bytes | None = None,
        level: str = "EN 16931",
    ) -> bytes:
        """The PDF of a print model, dated ``day``; the same input gives the same bytes.

        ``payment_code`` is the text of the payment QR code, ``xml`` the e-invoice to embed with
        its Factur-X conformance ``level``. Raises Failure ``pdf_not_written``.
        """
        ...


class MailSender(Protocol):
    """Sends mail."""

    def send(self, mail: Mail) -> str:
        """Hand the mail over; the identifier given to it. Raises Failure ``mail_not_sent``."""
        ...
