"""Mails for tests: real bytes, as mail programs send them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pikepdf
import pypdfium2
from PIL.TiffImagePlugin import AppendingTiffWriter

from tests.support.shared import SAMPLES

PDF = SAMPLES / "documents" / "horstoeko-zugferd" / "pdf_fx_minimum_1.pdf"
XML = sorted((SAMPLES / "documents" / "xrechnung-testsuite").glob("*.xml"))

THREE_INVOICES = (
    SAMPLES / "documents" / "mustang" / "MustangGnuaccountingBeispielRE-20170509_505PDFA3.pdf",
    SAMPLES / "documents" / "zugferd-corpus" / "zugferd_2p0_EXTENDED_Warenrechnung.pdf",
    SAMPLES / "documents" / "zugferd-corpus" / "RE-E-974-Hetzner_2016-01-19_R0005532486.pdf",
)


def joined(*paths: Path) -> bytes:
    """The pages of several PDFs in one, as a scanner's software or a portal makes them."""
    whole = pikepdf.new()
    for path in paths:
        with pikepdf.open(path) as pdf:
            whole.pages.extend(pdf.pages)
    stream = io.BytesIO()
    whole.save(stream, deterministic_id=True)
    return stream.getvalue()


def scanned_tiff(pdf: bytes, dpi: int = 200) -> bytes:
    """The pages of a PDF as one black and white TIFF."""
    stream = io.BytesIO()
    document = pypdfium2.PdfDocument(pdf)
    with AppendingTiffWriter(stream, new=True) as file:
        for page in document:
            picture = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
            inked = picture.point(lambda grey: 255 * (grey > 160)).convert("1")
            inked.save(file, "TIFF", compression="group4", dpi=(dpi, dpi))
            file.newFrame()
    document.close()
    return stream.getvalue()


def mail(
    *files: tuple[str, bytes],
    subject: str = "Ihre Rechnung",
    message_id: str = "<1@supplier.example>",
    text: str = "Anbei unsere Rechnung.",
) -> EmailMessage:
    """A mail with files attached."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Buchhaltung <billing@supplier.example>"
    message["To"] = "invoices@acme.example"
    message["Subject"] = subject
    message["Date"] = "Mon, 02 Nov 2026 08:00:00 +0100"
    message["Message-ID"] = message_id
    message.set_content(text)
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message


def raw_mail(*attachments: Sequence[bytes], boundary: bytes = b"XX") -> bytes:
    """A mail written by hand: per attachment its header lines, and the body as the last."""
    head = (
        b"From: a@supplier.example\r\nTo: b@acme.example\r\nSubject: Rechnung\r\n"
        b"Message-ID: <raw@supplier.example>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\r\n\r\n'
    )
    parts = [b"\r\n".join((*lines[:-1], b"", lines[-1])) for lines in attachments]
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return head + body + b"--" + boundary + b"--\r\n"
