"""The mailbox: a real IMAP conversation over TLS, and what happens when it breaks off."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contor.adapters.mailbox import ImapMailbox
from contor.errors import Failure
from contor.ports.store_documents import Document
from contor.workflows.fetch_mail import fetch_mail
from tests.support.books import books
from tests.support.imap_server import Box, imap_server
from tests.support.intake import Place
from tests.support.mails import XML, mail

FIRST = bytes(mail(("a.xml", XML[0].read_bytes()), subject="Rechnung Oktober"))
SECOND = bytes(mail(("b.xml", XML[1].read_bytes()), message_id="<2@supplier.example>"))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with books(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Box]:
    with imap_server(tmp_path) as box:
        yield box


def mailbox(box: Box) -> ImapMailbox:
    context = ssl.create_default_context(cafile=str(box.certificates))
    return ImapMailbox("127.0.0.1", "invoices", box.password, port=box.port, context=context)


def documents(place: Place) -> list[Document]:
    work, tenant = place
    with work.store.reading(tenant.id) as uow:
        return list(uow.documents.all())


def fetch(place: Place, box: Box) -> tuple[int, int]:
    work, tenant = place
    done = fetch_mail(work, tenant.id, mailbox(box))
    return done.received, done.known


def test_new_mails_are_received_then_marked(place: Place, server: Box) -> None:
    server.put(FIRST)
    server.put(SECOND)
    assert fetch(place, server) == (2, 0)
    assert server.seen == {1, 2}
    assert [d.filename for d in documents(place)] == ["Rechnung Oktober.eml", "Ihre Rechnung.eml"]
    work, _ = place
    assert work.archive.get(documents(place)[0].sha256) == FIRST
    assert fetch(place, server) == (0, 0)
    assert not [command for command in server.said if "BODY[]" in command]


def test_a_mail_somebody_opened_before_is_fetched_all_the_same(place: Place, server: Box) -> None:
    server.put(FIRST)
    fetch(place, server)
    server.seen.add(server.put(SECOND))
    assert fetch(place, server) == (1, 0)


def test_a_mail_fetched_but_not_marked_comes_again_and_gives_no_double(
    place: Place, server: Box
) -> None:
    server.put(FIRST)
    server.break_at = "STORE"
    with pytest.raises(Failure) as failed:
        fetch(place, server)
    assert (failed.value.code, failed.value.retryable) == ("mailbox_unreachable", True)
    assert len(documents(place)) == 1
    server.break_at = ""
    assert fetch(place, server) == (0, 1)
    assert len(documents(place)) == 1
    assert server.seen == {1}


def test_a_mailbox_made_anew_starts_over_without_doubles(place: Place, server: Box) -> None:
    server.put(FIRST)
    fetch(place, server)
    server.validity, server.seen = 2, set()
    server.put(SECOND)
    assert fetch(place, server) == (1, 1)


def test_nothing_is_marked_where_nothing_could_be_stored(place: Place, server: Box) -> None:
    server.put(FIRST)
    work, tenant = place

    class FullDisk:
        def put(self, content: bytes, media_type: str) -> str:
            raise Failure("disk_full", "The disk is full.")

    with pytest.raises(Failure, match="disk_full"):
        fetch_mail(replace(work, archive=FullDisk()), tenant.id, mailbox(server))  # type: ignore[arg-type]
    assert server.seen == set()
    assert fetch(place, server) == (1, 0)


@pytest.mark.parametrize(
    ("change", "code", "retryable"),
    [
        ({"password": "wrong"}, "mailbox_login_failed", False),
        ({"folder": "Rechnungen"}, "mailbox_folder_unknown", False),
        ({"context": None}, "mailbox_unreachable", True),
        ({"port": 1}, "mailbox_unreachable", True),
    ],
)
def test_bad_news_says_what_to_check(
    place: Place, server: Box, change: dict[str, object], code: str, retryable: bool
) -> None:
    work, tenant = place
    with pytest.raises(Failure) as failed:
        fetch_mail(work, tenant.id, replace(mailbox(server), **change))  # type: ignore[arg-type]
    assert (failed.value.code, failed.value.retryable) == (code, retryable)
    assert "secret" not in str(failed.value)
    assert "secret" not in repr(mailbox(server))
