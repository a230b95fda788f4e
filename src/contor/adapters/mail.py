"""Mail: messages of the outbox as e-mail, by SMTP or, embedded, as files in a folder."""

from __future__ import annotations

import hashlib
import smtplib
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Any

from contor.errors import Failure

_TYPES = {".pdf": ("application", "pdf"), ".xml": ("application", "xml")}


def compose(
    payload: Mapping[str, Any], attachments: Mapping[str, bytes], sender: str
) -> EmailMessage:
    """The e-mail of a message: ``to``, ``subject``, ``text``, ``at`` (ISO) and its attachments."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = payload["to"]
    message["Subject"] = payload["subject"]
    message["Date"] = format_datetime(datetime.fromisoformat(payload["at"]))
    message["Message-ID"] = make_msgid(
        hashlib.sha256(str(payload["key"]).encode()).hexdigest()[:24], "contor.invalid"
    )
    message.set_content(payload["text"])
    for name, content in attachments.items():
        main, sub = _TYPES.get(Path(name).suffix, ("application", "octet-stream"))
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return message


class FolderSender:
    """Lays every message as an ``.eml`` file into a folder, for a mail program to pick up."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, payload: Mapping[str, Any], attachments: Mapping[str, bytes]) -> str:
        """Write the message; the file's name is the proof of dispatch. Sending twice writes once."""
        name = hashlib.sha256(str(payload["key"]).encode()).hexdigest()[:16] + ".eml"
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._folder / name
        if not target.exists():
            waiting = target.with_suffix(".part")
            waiting.write_bytes(bytes(compose(payload, attachments, self._sender)))
            waiting.replace(target)
        return name


class SmtpSender:
    """Sends through a mail server."""

    def __init__(
        self, host: str, port: int, sender: str, user: str = "", password: str = ""
    ) -> None:
        self._address = (host, port)
        self._sender = sender
        self._login = (user, password)

    def send(self, payload: Mapping[str, Any], attachments: Mapping[str, bytes]) -> str:
        """Send the message; its Message-ID is the proof of dispatch.

        Raises:
            Failure: ``mail_not_sent``, retryable.
        """
        message = compose(payload, attachments, self._sender)
        try:
            with smtplib.SMTP(*self._address, timeout=30) as server:
                if server.has_extn("starttls"):
                    server.starttls()
                if self._login[0]:
                    server.login(*self._login)
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise Failure(
                "mail_not_sent",
                f"The mail server did not take the message: {error}.",
                "It stays in the outbox and is tried again.",
                retryable=True,
            ) from error
        return str(message["Message-ID"])
