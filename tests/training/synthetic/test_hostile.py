"""The hostile samples are what their script writes, and as hostile as they claim."""

from __future__ import annotations

import io
import json
import zipfile

import pikepdf
import pytest

from contor_training.synthetic import hostile
from tests.support.shared import SAMPLES

FOLDER = SAMPLES / "documents" / "hostile"
FILES = hostile.files()


@pytest.mark.parametrize("name", FILES)
def test_the_sample_is_what_the_script_writes(name: str) -> None:
    twin = json.loads((FOLDER / f"{name}.expected.json").read_text(encoding="utf-8"))
    assert twin["refusal"] == list(FILES[name].refusal)
    if name != "content-bomb.pdf":  # deflated: its bytes depend on the version of zlib
        assert (FOLDER / name).read_bytes() == FILES[name].content


def test_they_are_small() -> None:
    assert all(len(file.content) < 100_000 for file in FILES.values())


def test_the_locked_pdf_opens_with_its_password_only() -> None:
    content = FILES["encrypted.pdf"].content
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(content))
    with pikepdf.open(io.BytesIO(content), password="kontor-geheim") as pdf:
        assert b"Rechnung Nr. 2026-0417" in pdf.pages[0].Contents.read_bytes()


def test_the_attachment_asks_to_leave_the_folder() -> None:
    with pikepdf.open(io.BytesIO(FILES["attachment-path.pdf"].content)) as pdf:
        assert next(iter(pdf.attachments)).startswith("../")


def test_the_archive_is_one() -> None:
    assert zipfile.is_zipfile(io.BytesIO(FILES["zip-called.pdf"].content))
