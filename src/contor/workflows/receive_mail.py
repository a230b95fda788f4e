"""Receive mails: each is archived whole and queued; its run makes a document of each attachment.

The same mail again (same bytes) is a duplicate; the same attachment in another mail is named as
one. The mailbox is told only after the mail was committed.
"""

from __future__ import annotations

from contor.documents.mail_parts import MailContent, open_mail
from contor.errors import Finding, Refusal


def unpack_mail(content: bytes) -> MailContent:
    """Open a mail; one that cannot be opened has no parts and the reason as a finding."""
    try:
        return open_mail(content)
    except Refusal as refusal:
        text = f"{refusal.message} {refusal.advice}"
        return MailContent("", "", "", (), (Finding(refusal.code, "warning", text),))
