"""Settings of the service: environment variables with the prefix ``CONTOR_``, or a ``.env`` file.

Read once by ``bootstrap`` and handed on as values; nothing else looks at the environment.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, KeyError, ValueError) as error:
        message = "no such time zone"
        raise ValueError(message) from error
    return name


Port = Annotated[int, Field(ge=1, le=65_535)]


class Settings(BaseSettings):
    """Where things lie and how the service is reached."""

    model_config = SettingsConfigDict(
        env_prefix="CONTOR_", env_file=".env", env_ignore_empty=True, extra="ignore"
    )

    data_dir: Path = Path("var")
    """Folder of the embedded database, the archive and other files that grow."""
    database_url: str = ""
    """``postgresql+psycopg://...``; empty = SQLite in the data folder."""
    archive_dir: Path | None = None
    """Folder of the archive; empty = ``archive`` in the data folder."""
    secret: SecretStr = SecretStr("")
    """Signs sessions; empty = made once and kept in the data folder."""
    time_zone: Annotated[str, AfterValidator(_zone)] = "Europe/Berlin"
    """Zone in which the service's days begin and end."""
    readers: Annotated[int, Field(ge=1)] = 2
    """Worker processes that read documents."""
    worker: str = "worker-1"
    """Name of this worker slot; a process of the same name goes on with what the last one left."""
    encoder: str = "static"
    """What reads texts where a company has no history: ``static``, ``universal``, ``none``, or the
    name of a sentence-transformers model."""
    mail_from: str = "billing@localhost"
    """Sender of our mails."""
    smtp_host: str = ""
    """Mail server; empty = messages are laid into ``outbox`` in the data folder."""
    smtp_port: Port = 25
    """Port of the mail server."""
    smtp_user: str = ""
    """Account on the mail server."""
    smtp_password: SecretStr = SecretStr("")
    """Its password."""

    imap_host: str = ""
    """Mail server of the mailbox that invoices are sent to; empty = no mailbox is fetched."""
    imap_port: Port = 993
    """Its port; the connection is always encrypted (TLS)."""
    imap_user: str = ""
    """Account of the mailbox."""
    imap_password: SecretStr = SecretStr("")
    """Its password."""
    imap_folder: str = "INBOX"
    """Folder of the mailbox."""
    imap_certificates: Path | None = None
    """Certificates (PEM) to trust instead of the system's, for a mail server of one's own."""

    @property
    def database(self) -> str:
        """The database URL that holds."""
        return self.database_url or f"sqlite:///{self.data_dir / 'contor.sqlite3'}"

    @property
    def archive(self) -> Path:
        """The archive folder that holds."""
        return self.archive_dir or self.data_dir / "archive"
