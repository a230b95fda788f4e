r"""What an attachment is: a document, a mail, a wrapping, something never read or to ask about.

>>> attachment_kind("invoice.pdf", "application/octet-stream", b"%PDF-1.7").verdict
'document'
>>> attachment_kind("bills.rar", "application/vnd.rar", b"Rar!").code
'attachment_archive'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contor.documents.filetype import file_type
from contor.documents.mail.outlook_wrapping import SIGNATURE
from contor.einvoice.envelope import unwrap
from contor.errors import Refusal

Verdict = Literal["document", "mail", "wrapped", "ignored", "refused"]

_SUFFIX = {
    "pdf": ".pdf",
    "xml": ".xml",
    "png": ".png",
    "jpeg": ".jpg",
    "tiff": ".tif",
    "webp": ".webp",
    "bmp": ".bmp",
    "gif": ".gif",
    "heic": ".heic",
}
_NEVER_DOCUMENTS = {
    "application/pgp-signature",
    "application/pgp-keys",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "text/calendar",
    "text/vcard",
    "text/x-vcard",
    "text/plain",
}
_NEVER_SUFFIXES = (".p7s", ".asc", ".sig", ".ics", ".vcf", ".txt")
_OFFICE = (".doc", ".docx", ".xls", ".xlsx", ".odt", ".ods", ".rtf", ".pptx", ".msg")
_ZIP = b"PK\x03\x04"
_ARCHIVES = (b"PK\x05\x06", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")


@dataclass(frozen=True, slots=True)
class AttachmentKind:
    """The verdict; ``why`` has a place for the file's ``name``, ``inner`` is a mail out of a seal.

    What is *wrapped* is to be unwrapped; code and reason are for where nothing comes out.
    """

    verdict: Verdict
    code: str = ""
    why: str = ""
    suffix: str = ""
    inner: bytes | None = None


def attachment_kind(name: str, media_type: str, content: bytes) -> AttachmentKind:
    """Judge an attachment by its bytes first, then by its type and name."""
    lower = name.lower()
    if not content.strip(b"\x00 \t\r\n"):
        return AttachmentKind("refused", "attachment_empty", "{name} is empty.")
    if media_type in {"application/pkcs7-mime", "application/x-pkcs7-mime"} or (
        lower.endswith(".p7m")
    ):
        return _sealed(content)
    # Before the type of the bytes: a PDF may begin a little later, and does so in a wrapping.
    if content.startswith(SIGNATURE) or media_type == "application/ms-tnef":
        return AttachmentKind(
            "wrapped",
            "attachment_winmail",
            "{name} is Outlook's own wrapping; ask for the files in it.",
        )
    try:
        kind = file_type(content)
    except Refusal:
        kind = None
    if kind is not None:
        return AttachmentKind("document", suffix=_SUFFIX.get(kind, ""))
    if lower.endswith(".eml") or media_type == "message/rfc822":
        return AttachmentKind("mail")
    if media_type in _NEVER_DOCUMENTS or lower.endswith(_NEVER_SUFFIXES):
        return AttachmentKind("ignored", "attachment_ignored", "{name} is no document.")
    if lower.endswith(_OFFICE):
        return AttachmentKind(
            "refused", "attachment_type", "{name} is an office file; ask for a PDF."
        )
    if content.startswith(_ZIP):  # taken as it is, and unpacked in a run of its own
        return AttachmentKind("document", suffix=".zip")
    if content.startswith(_ARCHIVES):
        return AttachmentKind(
            "refused", "attachment_archive", "{name} is an archive; ask for the files one by one."
        )
    return AttachmentKind(
        "refused", "attachment_type", "{name} is no type of document; ask for a PDF."
    )


def _sealed(content: bytes) -> AttachmentKind:
    """A signed envelope: an Italian e-invoice, or a whole signed mail; else it is encrypted."""
    try:
        inner = unwrap(content)
    except Refusal:
        return AttachmentKind(
            "refused", "mail_encrypted", "{name} is encrypted; ask for it without encryption."
        )
    if inner.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return AttachmentKind("document", suffix=".p7m")
    return AttachmentKind("mail", inner=inner)
