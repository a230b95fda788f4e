"""Every code that makes an item wait, and every text about it, is said in the person's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import contor
from contor.documents.filetype import file_type
from contor.documents.mail.parts import open_mail
from contor.errors import Refusal
from contor.parties.identity_check import _IBAN_TEXT
from contor_api import catalogue
from contor_api.reason_words import CODES, REASONS
from contor_api.vocabulary import Vocabulary
from contor_api.wording import wording
from tests.support.mails import mail

HOUSE = Path(contor.__file__).parent
ROOMS = (
    "documents", "einvoice", "parties", "review", "ledger", "money", "periods", "reconciliation",
    "adapters/pdf", "workflows/read_document.py", "workflows/receive_mail.py",
    "workflows/split_document.py", "workflows/suggest_posting.py", "workflows/suggest_lines.py",
    "workflows/supplier.py", "workflows/duplicates.py", "workflows/unpack_document.py",
    "workflows/process_document.py", "workflows/unpack_archive.py", "workflows/run_reconciliation.py",
)  # fmt: skip
"""What reads, takes in, screens and drafts: its codes can become reasons."""
CALLS = {"Refusal": 0, "Finding": 0, "Alarm": 0, "_page_finding": 0, "note": 0, "AttachmentKind": 1}


def emitted() -> Iterator[str]:
    """Codes in the sources; ``code = "a" if … else "b"`` counts as both."""
    for room in ROOMS:
        path = HOUSE / room
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    place = CALLS.get(name, len(node.args))
                    yield from constants(node.args[place]) if place < len(node.args) else ()
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
                    yield from constants(node.value)
    yield from (f"iban_{problem}" for problem in _IBAN_TEXT)


def constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*constants(node.body), *constants(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def test_every_code_has_words() -> None:
    codes = set(emitted()) - {""}
    assert len(codes) > 100
    assert {"too_many_pages", "attachment_archive", "iban_transposed", "page_not_read"} <= codes
    assert codes - set(CODES) - set(REASONS) == set()


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_a_reason_is_said_in_the_persons_language(language: str) -> None:
    words, english = Vocabulary(wording(language)), Vocabulary(wording("en"))
    same = {"MwSt", "IBAN", "VAT-ID"}
    for code in sorted({*CODES, *REASONS}):
        for reason in (f"refused:{code}", f"finding:{code}"):
            assert words.reason(reason) != english.reason(reason) or code in same, code
    said = {
        "de": "konnte nicht gelesen werden: zu viele Seiten",
        "it": "non è stato letto: troppe pagine",
    }
    assert words.reason("refused:too_many_pages") == said[language]


ATTACHMENTS = [
    ("bills.rar", b"Rar! and so on"),
    ("letter.docx", b"no document"),
    ("nothing.pdf", b""),
    ("winmail.dat", b"\x78\x9f\x3e\x22 wrapped"),
    ("strange.bin", b"\x01\x02\x03 nothing known"),
    ("sealed.p7m", b"\x30\x80 sealed"),
]


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
@pytest.mark.parametrize("attachment", ATTACHMENTS, ids=lambda file: file[0])
def test_what_is_left_aside_is_told_in_the_persons_language(
    language: str, attachment: tuple[str, bytes]
) -> None:
    findings = open_mail(bytes(mail(attachment))).findings
    assert len(findings) == 2
    for finding in findings:
        assert wording(language).filled(finding.message) != finding.message


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"MZ", b"\x00\x00\x00\x18ftypmp42", b"", b"a text"]
)
def test_a_refused_file_is_told_in_the_persons_language(language: str, content: bytes) -> None:
    with pytest.raises(Refusal) as told:
        file_type(content)
    message, advice = wording(language).refusal(told.value)
    assert (message, advice) != (told.value.message, told.value.advice)
    assert not {"archive", "program", "picture"} & set(message.split())
    stored = f"{told.value.message} {told.value.advice}"
    assert wording(language).filled(stored) == f"{message} {advice}"
