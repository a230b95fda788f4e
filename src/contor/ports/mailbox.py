"""The mailbox that invoices are sent to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from contor.errors import Refusal


@dataclass(frozen=True, slots=True)
class MailboxPosition:
    """How far a mailbox was read: the last UID, under its UIDVALIDITY (RFC 3501, 2.3.1.1)."""

    validity: int = 0
    uid: int = 0


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A mail as the server holds it, or why it was not fetched."""

    position: MailboxPosition
    content: bytes = b""
    refusal: Refusal | None = None


class OpenMailbox(Protocol):
    """A mailbox while it is connected. Every call may raise a retryable Failure."""

    def mails_after(self, position: MailboxPosition) -> Iterator[ReceivedMail]:
        """Mails that came after a position, and unseen ones, oldest first; they stay unseen."""
        ...

    def mark_taken(self, mail: ReceivedMail) -> None:
        """Mark a mail as seen, once it was committed here."""
        ...


class Mailbox(Protocol):
    """A mailbox on a server."""

    @property
    def name(self) -> str:
        """Account, server and folder; the position is kept under it."""
        ...

    def open(self) -> AbstractContextManager[OpenMailbox]:
        """Connect.

        Raises:
            Failure: ``mailbox_unreachable`` (retryable), ``mailbox_login_failed``.
        """
        ...
