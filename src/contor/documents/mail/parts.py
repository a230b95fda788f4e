"""What an e-mail holds: the attachments worth reading, and a note on everything left aside.

A mail is opened by Python's ``email`` package (RFC 5322, MIME, file names by RFC 2047 and 2231).
Attached mails are opened too, files that are uuencoded in the text and those in ``winmail.dat``;
pictures of the letterhead are left aside; zip archives are taken as they are; other archives and
office files are named with a code, so that a person asks the sender for a PDF.
"""

from __future__ import annotations

import email
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser
from email.policy import default as policy
from typing import Any

from contor.documents.file_name import safe_file_name
from contor.documents.mail.attachment_kind import attachment_kind
from contor.documents.mail.headers import content_id, disposition, file_name_of, header
from contor.documents.mail.outlook_wrapping import SIGNATURE, wrapped_files
from contor.documents.mail.uuencoded import uuencoded_files
from contor.errors import Finding, Refusal

MOST_MAIL_BYTES = 100_000_000
MOST_PARTS = 1000
MOST_ATTACHMENTS = 100
MOST_ATTACHMENT_BYTES = 50_000_000
DEEPEST = 10
_MOST_LEVELS = 10
_LETTERHEAD_BYTES = 5000
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".heic", ".heif")
_MAY_BE_UUENCODED = (
    "text/plain",
    "text/x-uuencode",
    "application/x-uuencode",
    "application/uuencode",
)
_CID = re.compile(r"cid:([^\s\"'<>)]+)", re.IGNORECASE)
_HEADER = re.compile(rb"(?:[!-9;-~]+:.*|[ \t]+.*|From .*)\Z")
_KNOWN_HEADERS = re.compile(
    rb"^(?:received|return-path|from|to|subject|date|message-id|mime-version|content-type"
    rb"|delivered-to|reply-to|x-[a-z-]+|dkim-signature|cc|sender):",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class MailPart:
    """An attachment worth reading; its name is safe to show."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class MailContent:
    """A mail: what identifies it, what is to be read, and findings on what was left aside.

    A finding that warns names an attachment (or a whole mail) that a person has to look at; one
    that informs names what is never a document, such as a signature.
    """

    message_id: str
    sender: str
    subject: str
    parts: tuple[MailPart, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Walk:
    """What was met so far."""

    parts: list[MailPart] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    seen: int = 0
    texts: set[str] = field(default_factory=set)

    def note(self, code: str, severity: Any, message: str) -> None:
        finding = Finding(code, severity, message)
        if finding not in self.findings:
            self.findings.append(finding)

    def leave_picture(self, safe: str) -> None:
        self.note("picture_left_aside", "info", f"{safe} is a picture in the text of the mail.")


def is_mail(content: bytes) -> bool:
    r"""Whether bytes begin like an e-mail: header lines, three of them well known.

    >>> is_mail(b"From: a@b.example\r\nTo: c@d.example\r\nSubject: Rechnung\r\n\r\nHallo")
    True
    >>> is_mail(b"Subject: a text that only looks like one\n\nFrom here on")
    False
    """
    head = content[:20_000].lstrip(b"\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    lines = head.split(b"\n")
    names = {match.group().lower() for match in _KNOWN_HEADERS.finditer(head)}
    return len(names) >= 3 and all(_HEADER.match(line) for line in lines[:20])


def mail_file_name(content: bytes) -> str:
    r"""A name for the file of a mail: its subject.

    >>> mail_file_name(b"Subject: =?utf-8?q?Rechnung_M=C3=A4rz?=\r\n\r\n")
    'Rechnung März.eml'
    """
    message = BytesHeaderParser(EmailMessage, policy=policy).parsebytes(content[:200_000])
    subject = header(message, "Subject").replace("/", "-").replace("\\", "-")
    return safe_file_name(f"{subject.strip('. ')}.eml" if subject.strip(". ") else "", "mail.eml")


def open_mail(content: bytes) -> MailContent:
    """Open a mail, or Outlook's wrapping of one; what is broken is tolerated where the rest can be read.

    Raises:
        Refusal: ``mail_too_large``, ``mail_nested_too_deep``.
    """
    if len(content) > MOST_MAIL_BYTES:
        raise Refusal(
            "mail_too_large",
            "The mail has {size} bytes; at most {limit} are opened.",
            "Ask the sender for several mails.",
            size=len(content),
            limit=MOST_MAIL_BYTES,
        )
    walk = _Walk()
    if content.startswith(SIGNATURE):  # saved out of a mail, and handed in by itself
        message = _parsed(b"")
        _attachment("winmail.dat", "application/ms-tnef", content, walk, 0)
    else:
        message = _parsed(content)
        _walk(message, walk, depth=0, related=False)
    if not walk.parts:
        walk.note("mail_without_documents", "warning", _what_is_there(walk))
    return MailContent(
        header(message, "Message-ID").strip("<> ")[:200]
        or hashlib.sha256(content).hexdigest()[:32],
        header(message, "From")[:300],
        header(message, "Subject")[:300],
        tuple(walk.parts),
        tuple(walk.findings),
    )


def _parsed(content: bytes) -> Message:
    try:
        return email.message_from_bytes(content, EmailMessage, policy=policy)
    except RecursionError:
        raise Refusal(
            "mail_nested_too_deep",
            "Mails lie in mails more than {limit} deep.",
            "Ask the sender for the document itself.",
            limit=DEEPEST,
        ) from None


def _walk(part: Message, walk: _Walk, *, depth: int, related: bool, level: int = 0) -> None:
    """Look at a part and at what it holds; parts beyond the limits are named, not opened.

    ``depth`` counts mails in mails, ``level`` the parts within parts of one mail.
    """
    if _is_beyond(walk, depth, level):
        return
    kind = part.get_content_type()
    if kind == "multipart/encrypted":
        walk.note("mail_encrypted", "warning", "The mail is encrypted.")
        return
    if part.is_multipart():
        children = part.get_payload()
        assert isinstance(children, list)
        if kind == "multipart/related":
            walk.shown.update(_shown_in(children))
        for child in children:
            if isinstance(child, Message):
                deeper = kind == "message/rfc822"
                _walk(
                    child,
                    walk,
                    depth=depth + deeper,
                    related=kind == "multipart/related",
                    level=0 if deeper else level + 1,
                )
        return
    _leaf(part, kind, walk, depth=depth, related=related)


def _is_beyond(walk: _Walk, depth: int, level: int = 0) -> bool:
    """Count one more part; whether it is one too many, or lies too deep."""
    walk.seen += 1
    if walk.seen > MOST_PARTS:
        walk.note("mail_parts_too_many", "warning", f"Only the first {MOST_PARTS} parts were read.")
    elif depth > DEEPEST or level > _MOST_LEVELS:
        walk.note("mail_nested_too_deep", "warning", f"Mails lie more than {DEEPEST} deep.")
    else:
        return False
    return True


def _leaf(part: Message, kind: str, walk: _Walk, *, depth: int, related: bool) -> None:
    """One part that holds bytes: text of the mail, a picture in it, or an attachment."""
    name = file_name_of(part)
    if kind in {"text/plain", "text/html"} and not name and disposition(part) != "attachment":
        walk.texts.add(kind)
        _written_into(_bytes_of(part) if kind == "text/plain" else b"", walk, depth)
        return
    if kind in {"message/delivery-status", "message/disposition-notification"}:
        return
    content = _bytes_of(part)
    if _written_into(content if kind in _MAY_BE_UUENCODED else b"", walk, depth):
        return
    safe = safe_file_name(name, f"attachment-{len(walk.parts) + 1}")
    if kind.startswith("image/") and _is_letterhead(part, content, walk, related=related):
        walk.leave_picture(safe)
        return
    _attachment(safe, kind, content, walk, depth)


def _written_into(text: bytes, walk: _Walk, depth: int) -> bool:
    """Take the files that are uuencoded in a text; whether there are any."""
    files = uuencoded_files(text)
    for name, content in files:
        safe = safe_file_name(name, f"attachment-{len(walk.parts) + 1}")
        _attachment(safe, "application/octet-stream", content, walk, depth)
    return bool(files)


def _attachment(name: str, kind: str, content: bytes, walk: _Walk, depth: int) -> None:
    """Take an attachment, open it where it is a mail itself, or say why it is left aside."""
    judged = attachment_kind(name, kind, content)
    if judged.verdict == "mail":
        _walk(_parsed(judged.inner or content), walk, depth=depth + 1, related=False)
    elif judged.verdict == "wrapped" and (files := wrapped_files(content)):
        _unwrap(files, walk, depth + 1)
    elif judged.verdict != "document":
        severity = "info" if judged.verdict == "ignored" else "warning"
        walk.note(judged.code, severity, judged.why.format(name=name))
    elif len(content) > MOST_ATTACHMENT_BYTES:
        walk.note("attachment_too_large", "warning", f"{name} has {len(content)} bytes.")
    elif len(walk.parts) >= MOST_ATTACHMENTS:
        walk.note(
            "attachments_too_many",
            "warning",
            f"Only the first {MOST_ATTACHMENTS} attachments were taken.",
        )
    else:
        walk.parts.append(MailPart(name if "." in name else name + judged.suffix, content))


def _unwrap(files: Sequence[tuple[str, bytes]], walk: _Walk, depth: int) -> None:
    """Take files out of Outlook's wrapping as if they had been attached by themselves."""
    for name, content in files:
        if _is_beyond(walk, depth):
            return
        safe = safe_file_name(name, f"attachment-{len(walk.parts) + 1}")
        if len(content) < _LETTERHEAD_BYTES and safe.lower().endswith(_PICTURES):
            walk.leave_picture(safe)
        else:
            _attachment(safe, "application/octet-stream", content, walk, depth)


def _bytes_of(part: Message) -> bytes:
    """The decoded bytes; broken base64 gives what can be decoded."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = None
    if isinstance(payload, bytes):
        return payload
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _is_letterhead(part: Message, content: bytes, walk: _Walk, *, related: bool) -> bool:
    """Whether a picture belongs to the text (a logo, a tracking pixel) and is no photographed bill."""
    cid = content_id(part)
    if cid and cid in walk.shown:
        return True
    return len(content) < _LETTERHEAD_BYTES or (related and disposition(part) != "attachment")


def _shown_in(children: list[Any]) -> set[str]:
    """Content-IDs that the HTML among the parts shows as pictures."""
    found: set[str] = set()
    for child in children:
        for part in child.walk() if isinstance(child, Message) else ():
            if part.get_content_type() == "text/html":
                text = _bytes_of(part)[:2_000_000].decode("latin-1")
                found.update(match.group(1) for match in _CID.finditer(text))
    return found


def _what_is_there(walk: _Walk) -> str:
    if any(finding.severity == "warning" for finding in walk.findings):
        text = "The mail has no attachment that can be read."
    elif walk.texts == {"text/html"}:
        text = "The mail has no attachment, only a text as a web page."
    else:
        text = "The mail has no attachment, only text." if walk.texts else "The mail is empty."
    return text
