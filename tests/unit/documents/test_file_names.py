"""Senders choose names of files; whatever they choose, it is a name and leads nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contor.documents.file_name import MOST_BYTES, MOST_CHARACTERS, safe_file_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Rechnung Übung.pdf", "Rechnung Übung.pdf"),
        ("../../etc/cron.d/job.pdf", "job.pdf"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/absolute.pdf", "absolute.pdf"),
        ("C:invoice.pdf", "C_invoice.pdf"),
        ("a.pdf:stream", "a.pdf_stream"),
        ("pass\nwd\r\nSet-Cookie: a=b;", "passwdSet-Cookie_ a=b_"),
        ("rechnung\u202efdp.exe", "rechnungfdp.exe"),
        ("zero\u200bwidth.pdf", "zerowidth.pdf"),
        ("half\ud800.pdf", "half.pdf"),
        ("U\u0308bung.pdf", "Übung.pdf"),
        ("invoice.pdf. . ", "invoice.pdf"),
        (".hidden", "hidden"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("LPT1.tar.gz", "_LPT1.tar.gz"),
        ("console.pdf", "console.pdf"),
        ("", "document"),
        ("...", "document"),
        ("\x00/", "document"),
    ],
)
def test_what_a_name_becomes(name: str, shown: str) -> None:
    assert safe_file_name(name) == shown


def test_a_long_name_keeps_its_suffix() -> None:
    assert safe_file_name("x" * 400 + ".pdf") == "x" * (MOST_CHARACTERS - 4) + ".pdf"
    assert safe_file_name("x" * 400) == "x" * MOST_CHARACTERS
    assert safe_file_name("a." + "y" * 400) == "a." + "y" * (MOST_CHARACTERS - 2)


def test_a_long_name_of_long_letters_fits_a_file_system(tmp_path: Path) -> None:
    name = safe_file_name("請求書" * 100 + ".pdf")
    assert len(name.encode()) <= MOST_BYTES
    assert name.startswith("請求書")
    assert name.endswith(".pdf")
    (tmp_path / name).write_bytes(b"")
    assert [path.name for path in tmp_path.iterdir()] == [name]


@given(st.text(max_size=300), st.sampled_from(["", ".pdf", ".p7m", "." + "x" * 40]))
def test_a_safe_name_is_never_a_path_and_never_empty(name: str, suffix: str) -> None:
    safe = safe_file_name(name + suffix)
    assert safe
    assert safe not in {".", ".."}
    assert len(safe) <= MOST_CHARACTERS
    assert len(safe.encode()) <= MOST_BYTES
    assert safe.isprintable()
    assert not set(safe) & set('/\\<>:"|?*;')
    assert safe == safe_file_name(safe), "a safe name stays as it is"
