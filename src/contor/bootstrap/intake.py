"""Intake, wired: the mailbox, watched folders, and what a file holds, in a process of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from contor.bootstrap.store import read_settings
from contor.errors import Refusal
from contor.settings import Settings

if TYPE_CHECKING:
    from contor.adapters.guarded_opener import GuardedOpener
    from contor.adapters.watched_folder import WatchedFolder
    from contor.ports.file_contents import FileContents
    from contor.ports.mailbox import Mailbox


def contents_of(data: Path, content: bytes) -> FileContents:
    """What a PDF or a TIFF holds; runs in the guarded process, which wires itself."""
    from contor.adapters.pdf_contents import pdf_contents
    from contor.adapters.tiff_contents import tiff_contents
    from contor.bootstrap.documents import RECOGNISED, remembering_tools
    from contor.workflows.receive_document import TIFF, media_type_of

    tools = remembering_tools(data / RECOGNISED)
    open_file = tiff_contents if media_type_of(content) == TIFF else pdf_contents
    return open_file(content, tools.tagger, tools.recogniser)


def file_opener(data: Path) -> GuardedOpener:
    """Opens PDFs and TIFFs under limits; what it recognises is kept in ``data``. Close it at the end."""
    from contor.adapters.guarded_opener import GuardedOpener

    return GuardedOpener(partial(contents_of, data))


def mailbox(settings: Settings | None = None) -> Mailbox:
    """The mailbox of the settings.

    Raises:
        Refusal: ``mailbox_not_set_up`` where no server is named.
    """
    import ssl

    from contor.adapters.mailbox import ImapMailbox

    settings = settings or read_settings()
    if not settings.imap_host:
        raise Refusal(
            "mailbox_not_set_up",
            "No mailbox is named in the settings.",
            "Set CONTOR_IMAP_HOST, CONTOR_IMAP_USER and CONTOR_IMAP_PASSWORD.",
        )
    certificates = settings.imap_certificates
    context = ssl.create_default_context(cafile=str(certificates)) if certificates else None
    return ImapMailbox(
        settings.imap_host,
        settings.imap_user,
        settings.imap_password.get_secret_value(),
        settings.imap_folder,
        settings.imap_port,
        context,
    )


def watched_folder(folder: Path, rest: float = 2.0, *, keep: bool = False) -> WatchedFolder:
    """A folder to watch; with ``keep`` files stay where they are."""
    from contor.adapters.watched_folder import WatchedFolder

    return WatchedFolder(folder, rest, keep)
