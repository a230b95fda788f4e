"""People zip their invoices, and so do those who wish us ill."""

from __future__ import annotations

import contextlib
import io
import random
import stat
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contor.documents import zip_archive
from contor.documents.zip_archive import is_archive, open_archive
from contor.errors import Refusal

PDF = b"%PDF-1.7 an invoice"


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def names(content: bytes) -> list[str]:
    return [part.filename for part in open_archive(content).parts]


def codes(content: bytes) -> list[str]:
    return [finding.code for finding in open_archive(content).findings]


def test_a_month_of_invoices_in_folders() -> None:
    content = packed(
        ("2026-03/Hetzner/invoice.pdf", PDF),
        ("2026-03/Telekom/invoice.pdf", PDF + b" of another"),
        ("2026-03/", b""),
        ("Rechnung März.xml", b"<Invoice/>"),
        ("__MACOSX/2026-03/._invoice.pdf", b"\x00\x05\x16\x07"),
        (".DS_Store", b"Bud1"),
        ("readme.txt", b"Best regards"),
    )
    assert is_archive(content)
    assert names(content) == [
        "2026-03, Hetzner, invoice.pdf",
        "2026-03, Telekom, invoice.pdf",
        "Rechnung März.xml",
    ]
    assert codes(content) == ["attachment_ignored"]
    assert open_archive(content).parts[1].content == PDF + b" of another"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/cron.d/job.pdf", "job.pdf"),
        ("/etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Windows\\a.pdf", "a.pdf"),
        ("rechnung\u202efdp.pdf", "rechnungfdp.pdf"),
        ("nul.pdf", "_nul.pdf"),
    ],
)
def test_names_lead_nowhere(name: str, shown: str) -> None:
    assert names(packed((name, PDF))) == [shown]


def test_a_file_without_a_name_has_one_all_the_same() -> None:
    assert names(packed(("x", PDF)).replace(b"x", b"\x00")) == ["document.pdf"]


def test_a_link_is_never_followed() -> None:
    link = zipfile.ZipInfo("passwd.pdf")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert codes(packed((link, b"/etc/passwd"))) == ["attachment_type", "archive_empty"]


def test_what_is_locked_is_named_and_the_rest_taken() -> None:
    content = bytearray(packed(("open.pdf", PDF), ("locked.pdf", PDF)))
    last = content.rindex(b"PK\x01\x02")
    content[last + 8] |= 1  # the flag of the central directory that says encrypted
    assert names(bytes(content)) == ["open.pdf"]
    (finding,) = open_archive(bytes(content)).findings
    assert finding.code == "archive_encrypted"
    assert "locked.pdf" in finding.message


def test_one_level_is_opened_and_no_more() -> None:
    mail = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nDate: today\r\n\r\nHello"
    content = packed(("a.pdf", PDF), ("inner.zip", packed(("b.pdf", PDF))), ("m.eml", mail))
    assert names(content) == ["a.pdf"]
    assert codes(content) == ["archive_nested", "archive_nested"]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Refusal, match="would grow") as refused:
        open_archive(packed(("big.pdf", b"\x00" * 20_000_000)))
    assert refused.value.code == "archive_bomb"


def test_a_bomb_that_lies_about_its_size_stays_small() -> None:
    """The directory says ten bytes; no more than ten are ever unpacked, and the lie is seen."""
    content = bytearray(packed(("big.pdf", b"%PDF-" + b"\x00" * 20_000_000)))
    struct.pack_into("<L", content, content.rindex(b"PK\x01\x02") + 24, 10)
    assert codes(bytes(content)) == ["archive_broken", "archive_empty"]


def test_members_over_the_same_bytes_are_no_documents() -> None:
    """Entries of the directory that all point at one file: small each, huge together."""
    content = packed(("a.pdf", PDF), ("b.pdf", PDF))
    directory = content.rindex(b"PK\x01\x02")
    shared = bytearray(content)
    struct.pack_into("<L", shared, directory + 42, 0)
    assert names(bytes(shared)) in ([], ["a.pdf"])
    assert "archive_broken" in codes(bytes(shared))


@pytest.mark.parametrize(
    ("limit", "code"), [("MOST_MEMBERS", "archive_too_many"), ("MOST_BYTES", "archive_too_large")]
)
def test_an_archive_beyond_the_limits_is_refused_whole(
    limit: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_archive, limit, 2)
    with pytest.raises(Refusal) as refused:
        open_archive(packed(*((f"{n}.pdf", PDF) for n in range(3))))
    assert refused.value.code == code


def test_a_member_beyond_the_limit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archive, "MOST_MEMBER_BYTES", 30)
    content = packed(("small.pdf", PDF), ("large.pdf", PDF * 2))
    assert (names(content), codes(content)) == (["small.pdf"], ["attachment_too_large"])


def test_a_damaged_archive_is_refused_wherever_it_is_cut() -> None:
    whole = packed(("a.pdf", PDF * 50), ("b.pdf", PDF * 60))
    for end in range(4, len(whole) - 1, 7):
        with pytest.raises(Refusal) as refused:
            open_archive(whole[:end])
        assert refused.value.code == "archive_broken"


def test_a_damaged_member_leaves_the_others() -> None:
    content = bytearray(packed(("a.pdf", PDF * 3), ("b.pdf", PDF)))
    content[36] ^= 0xFF
    assert names(bytes(content)) == ["b.pdf"]
    assert codes(bytes(content)) == ["archive_broken"]


def test_an_office_document_is_no_archive() -> None:
    assert not is_archive(packed(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"")))
    content = packed(("letter.docx", packed(("[Content_Types].xml", b"<Types/>"))))
    assert codes(content) == ["attachment_type", "archive_empty"]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12))
def test_bytes_changed_at_random_never_break_it(seed: int, changes: int) -> None:
    chance = random.Random(seed)
    content = bytearray(packed(("a/Rechnung März.pdf", PDF * 9), ("b.xml", b"<Invoice/>" * 9)))
    for _ in range(changes):
        content[chance.randrange(len(content))] = chance.randrange(256)
    with contextlib.suppress(Refusal):
        assert all(part.filename for part in open_archive(bytes(content)).parts)
