"""Outlook wraps attachments into winmail.dat; the supplier's invoice in it is read all the same."""

from __future__ import annotations

import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contor.documents.mail.outlook_wrapping import wrapped_files
from contor.documents.mail.parts import open_mail
from tests.support.mails import mail
from tests.support.outlook import HEAD, attribute, winmail, wrapped_mail

PDF = b"%PDF-1.7\nan invoice\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(6000)


def parts(*files: tuple[str, bytes]) -> list[tuple[str, bytes]]:
    return [(part.filename, part.content) for part in open_mail(bytes(mail(*files))).parts]


def codes(*files: tuple[str, bytes]) -> list[str]:
    return [finding.code for finding in open_mail(bytes(mail(*files))).findings]


def test_invoices_wrapped_by_outlook_are_taken_like_any_others() -> None:
    wrapping = winmail(("Rechnung März 2026.pdf", PDF), ("Anlage.pdf", PDF + b"2"))
    assert parts(("winmail.dat", wrapping)) == [
        ("Rechnung März 2026.pdf", PDF),
        ("Anlage.pdf", PDF + b"2"),
    ]
    assert codes(("winmail.dat", wrapping)) == []


@pytest.mark.parametrize(
    ("codepage", "name"), [(1252, "Gebühr.pdf"), (1251, "счёт.pdf"), (65001, "fattura à.pdf")]
)
def test_names_without_a_long_form_are_read_by_the_code_page(codepage: int, name: str) -> None:
    wrapping = winmail((name, PDF), codepage=codepage, long_names=False)
    assert wrapped_files(wrapping) == ((name, PDF),)


def test_a_wrapped_mail_within_a_wrapped_mail_is_opened_too() -> None:
    inner = winmail(("Rechnung.pdf", PDF))
    assert parts(("winmail.dat", wrapped_mail(wrapped_mail(inner)))) == [("Rechnung.pdf", PDF)]


def test_a_wrapping_by_itself_is_opened_like_a_mail() -> None:
    opened = open_mail(winmail(("Rechnung.pdf", PDF)))
    assert [part.filename for part in opened.parts] == ["Rechnung.pdf"]
    assert opened.findings == ()


def test_wrappings_without_end_are_named_not_followed() -> None:
    wrapping = winmail(("a.pdf", PDF))
    for _ in range(20):
        wrapping = wrapped_mail(wrapping)
    assert "mail_nested_too_deep" in codes(("winmail.dat", wrapping))


def test_what_lies_in_a_wrapping_is_judged_like_any_attachment() -> None:
    wrapping = winmail(
        ("../../etc/passwd.pdf", PDF), ("tabelle.xlsx", b"PK\x03\x04"), ("logo.png", PNG[:900]),
        ("bill.png", PNG),
    )  # fmt: skip
    assert [name for name, _ in parts(("winmail.dat", wrapping))] == ["passwd.pdf", "bill.png"]
    assert codes(("winmail.dat", wrapping)) == ["attachment_type", "picture_left_aside"]


def test_a_wrapping_cut_off_gives_the_files_that_are_whole() -> None:
    wrapping = winmail(("one.pdf", PDF), ("two.pdf", PDF * 100))
    assert wrapped_files(wrapping[:-300]) == (("one.pdf", PDF),)


@pytest.mark.parametrize(
    "content",
    [
        HEAD,
        HEAD + attribute(0x0006800F, PDF),
        HEAD + struct.pack("<BII", 2, 0x00069002, 0xFFFFFFFF),
        HEAD + attribute(0x00069002, b"") + attribute(0x00069005, b"\xff" * 64),
    ],
)
def test_a_wrapping_without_files_goes_to_a_person(content: bytes) -> None:
    assert codes(("winmail.dat", content)) == ["attachment_winmail", "mail_without_documents"]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_bytes_changed_at_random_never_break_it(data: st.DataObject) -> None:
    wrapping = bytearray(wrapped_mail(winmail(("Rechnung.pdf", PDF))))
    for _ in range(data.draw(st.integers(1, 12))):
        wrapping[data.draw(st.integers(6, len(wrapping) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(wrapping)))
    assert isinstance(wrapped_files(bytes(wrapping[:cut])), tuple)


def test_a_hostile_wrapping_is_done_with_at_once() -> None:
    endless = HEAD + attribute(0x00069002, b"") * 90_000
    many = struct.pack("<I", 0xFFFFFFFF) + struct.pack("<HHII", 0x101E, 1, 0xFFFFFFFF, 0) * 80_000
    started = time.perf_counter()
    wrapped_files(endless)
    wrapped_files(HEAD + attribute(0x00069002, b"") + attribute(0x00069005, many))
    assert time.perf_counter() - started < 3.0
