"""A mailbox by IMAP (RFC 3501) over TLS: fetches without marking, marks when told.

What came after the last UID is fetched even if somebody has opened it in a mail program; a new
UIDVALIDITY starts over with what is unseen, and known mails are recognised by their bytes.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from contor.documents.mail.parts import MOST_MAIL_BYTES
from contor.errors import Failure, Refusal
from contor.ports.mailbox import MailboxPosition, ReceivedMail

_SECONDS = 60.0
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_ADVICE = "It is tried again with the next fetch; nothing was lost."


@dataclass(frozen=True, slots=True)
class ImapMailbox:
    """A mailbox on an IMAP server; ``context`` may name certificates of one's own."""

    host: str
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    port: int = 993
    context: ssl.SSLContext | None = None

    @property
    def name(self) -> str:
        """Account, server and folder."""
        return f"{self.user}@{self.host}/{self.folder}"

    @contextmanager
    def open(self) -> Iterator[ImapSession]:
        """Connect, sign in and select the folder; sign out at the end."""
        context = self.context or ssl.create_default_context()
        with _failures("connect"):
            server = imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=_SECONDS)
        try:
            self._sign_in(server)
            yield ImapSession(server, self._select(server))
        finally:
            with suppress(OSError, imaplib.IMAP4.error):
                server.logout()
            with suppress(OSError):
                server.shutdown()  # logging out of a broken connection leaves it open

    def _sign_in(self, server: imaplib.IMAP4) -> None:
        try:
            server.login(self.user, self.password)
        except imaplib.IMAP4.abort as error:
            raise _unreachable("sign in", error) from error
        except (imaplib.IMAP4.error, UnicodeEncodeError):
            raise Failure(
                "mailbox_login_failed",
                f"The mail server did not let {self.user} in.",
                "Check CONTOR_IMAP_USER and CONTOR_IMAP_PASSWORD.",
            ) from None
        except OSError as error:
            raise _unreachable("sign in", error) from error

    def _select(self, server: imaplib.IMAP4) -> int:
        """Select the folder; its UIDVALIDITY."""
        with _failures("select"):
            quoted = self.folder.replace("\\", "\\\\").replace('"', '\\"')
            answer, _ = server.select(f'"{quoted}"')
            _, validity = server.response("UIDVALIDITY")
        if answer != "OK":
            raise Failure(
                "mailbox_folder_unknown",
                f"The mailbox has no folder {self.folder}.",
                "Check CONTOR_IMAP_FOLDER.",
            )
        return int(validity[0]) if validity and validity[0] else 0


class ImapSession:
    """A selected folder."""

    def __init__(self, server: imaplib.IMAP4, validity: int) -> None:
        self._server = server
        self._validity = validity

    def mails_after(self, position: MailboxPosition) -> Iterator[ReceivedMail]:
        """Unseen mails and those after the position, oldest first, by BODY.PEEK."""
        last = position.uid if position.validity == self._validity else None
        wanted = set(self._search("UNSEEN"))
        if last is not None:
            # n:* always names the last mail, so that n itself has to be checked.
            wanted |= {uid for uid in self._search(f"UID {last + 1}:*") if uid > last}
        for uid in sorted(wanted):
            mail = self._fetch(uid)
            if mail is not None:
                yield mail

    def mark_taken(self, mail: ReceivedMail) -> None:
        """Set the flag that says it was seen."""
        with _failures("mark"):
            self._server.uid("STORE", str(mail.position.uid), "+FLAGS.SILENT", r"(\Seen)")

    def _search(self, criterion: str) -> list[int]:
        with _failures("search"):
            _, found = self._server.uid("SEARCH", criterion)
        return [int(uid) for uid in (found[0] or b"").split()] if found else []

    def _fetch(self, uid: int) -> ReceivedMail | None:
        """A mail, None where it is gone since; one that is too large is named, not fetched."""
        position = MailboxPosition(self._validity, uid)
        with _failures("fetch"):
            _, sizes = self._server.uid("FETCH", str(uid), "(RFC822.SIZE)")
            told = b" ".join(part for part in sizes if isinstance(part, bytes))
            size = int(match[1]) if (match := _SIZE.search(told)) else 0
            if size > MOST_MAIL_BYTES:
                return ReceivedMail(position, refusal=_too_large(size))
            _, parts = self._server.uid("FETCH", str(uid), "(BODY.PEEK[])")
        bodies = [part[1] for part in parts if isinstance(part, tuple)]
        return ReceivedMail(position, bytes(bodies[0])) if bodies else None


def _too_large(size: int) -> Refusal:
    return Refusal(
        "mail_too_large",
        "The mail has {size} bytes; at most {limit} are opened.",
        "Ask the sender for several mails.",
        size=size,
        limit=MOST_MAIL_BYTES,
    )


@contextmanager
def _failures(what: str) -> Iterator[None]:
    """Turn what the network and the server do into a retryable Failure."""
    try:
        yield
    except (OSError, imaplib.IMAP4.error) as error:
        raise _unreachable(what, error) from error


def _unreachable(what: str, error: Exception) -> Failure:
    return Failure(
        "mailbox_unreachable",
        f"The mail server did not answer ({what}): {error}.",
        _ADVICE,
        retryable=True,
    )
