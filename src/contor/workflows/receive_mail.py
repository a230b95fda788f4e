"""Receive mails: each is archived whole and queued; its run makes a document of each attachment.

The same mail again (same bytes) is a duplicate; the same attachment in another mail is named as
one. The mailbox is told only after the mail was committed.
"""

from __future__ import annotations

from contor.documents.mail.parts import MailContent, open_mail
from contor.errors import Finding, Refusal
from contor.ports.store_documents import Document
from contor.ports.workplace import Workplace
from contor.workflows.unpacked import Unpacked, archived


def unpack_mail(work: Workplace, document: Document) -> Unpacked:
    """Archive the attachments of a mail; findings name what was left aside."""
    opened = _opened(work.archive.get(document.sha256))
    parts = tuple(archived(work, part.filename, part.content) for part in opened.parts)
    return Unpacked(parts, (), opened.findings, f"mail:{opened.message_id}", whole=False)


def _opened(content: bytes) -> MailContent:
    """The mail; one that cannot be opened has no parts and the reason as a finding."""
    try:
        return open_mail(content)
    except Refusal as refusal:
        text = f"{refusal.message} {refusal.advice}"
        return MailContent("", "", "", (), (Finding(refusal.code, "warning", text),))
