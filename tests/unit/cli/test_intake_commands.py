"""Watching a folder and fetching mail from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contor.cli.program import program
from tests.support.books import books
from tests.support.imap_server import imap_server
from tests.support.mails import XML, mail

Call = Callable[..., Result]
CONTENT = bytes(mail(("a.xml", XML[0].read_bytes())))


@pytest.fixture
def call(tmp_path: Path) -> Call:
    with books(tmp_path / "var"):
        pass

    def run(*arguments: str, **environment: str) -> Result:
        settings = {"CONTOR_DATA_DIR": str(tmp_path / "var"), **environment}
        return CliRunner().invoke(program, list(arguments), env=settings)

    return run


@pytest.mark.slow
def test_a_watched_folder_is_taken_in_and_emptied(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    folder.mkdir()
    (folder / "mail.eml").write_bytes(CONTENT)
    done = call("inbox", str(folder), "--watch", "--rounds", "4", "--json", "--quiet")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {
        "received": 1,
        "known": 0,
        "by_state": {"split": 1, "review": 1},
    }
    assert [path.name for path in (folder / "done").iterdir()] == ["mail.eml"]


@pytest.mark.slow
def test_mail_is_fetched_and_read(call: Call, tmp_path: Path) -> None:
    with imap_server(tmp_path) as server:
        server.put(CONTENT)
        settings = {
            "CONTOR_IMAP_HOST": "127.0.0.1",
            "CONTOR_IMAP_PORT": str(server.port),
            "CONTOR_IMAP_USER": "invoices",
            "CONTOR_IMAP_PASSWORD": server.password,
            "CONTOR_IMAP_CERTIFICATES": str(server.certificates),
        }
        done = call("mail", "fetch", "--json", "--quiet", **settings)
        wrong = call("mail", "fetch", **{**settings, "CONTOR_IMAP_PASSWORD": "guess"})
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == {
        "received": 1,
        "known": 0,
        "by_state": {"split": 1, "review": 1},
    }
    assert wrong.exit_code == 3
    assert "CONTOR_IMAP_PASSWORD" in wrong.output
    assert "guess" not in wrong.output


def test_without_a_mailbox_the_answer_says_what_to_set(call: Call) -> None:
    refused = call("mail", "fetch")
    assert refused.exit_code == 1
    assert "mailbox_not_set_up" in refused.output
    assert "CONTOR_IMAP_HOST" in refused.output
