"""Decoding text files of banks: byte order marks, UTF-8, and the old 8-bit code pages."""

from __future__ import annotations

from contor.errors import Refusal

# Letters that occur in bank headers of the code page; a page is taken where they make words.
_PAGES = ("cp1252", "cp1250", "cp852", "cp850")
_WORDS = [
    "währung",
    "zahlungsempfänger",
    "begünstigter",
    "gläubiger",
    "empfänger",
    "überweisung",
    "für",
    "gebühr",
    "částka",
    "zaúčtování",
    "měna",
    "název",
    "číslo",
    "účtu",
    "zpráva",
    "položka",
    "platba",
    "příjemce",
    "datum",
    "kwota",
    "księgowania",
    "waluta",
    "tytuł",
    "operacji",
    "összeg",
    "dátum",
    "közlemény",
    "opération",
    "libellé",
    "débit",
    "crédit",
]


def decode(content: bytes) -> str:
    """The text of ``content``; refuses binary content."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="strict")
    if b"\x00" in content[:4096]:
        raise Refusal(
            "statement_unknown",
            "The file is no text: it holds zero bytes.",
            "Send a bank statement: CAMT, MT940, OFX, QIF, CSV.",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return max((_read(content, page) for page in _PAGES), key=_score)


def _read(content: bytes, page: str) -> str:
    return content.decode(page, errors="replace")


def _score(text: str) -> int:
    head = text[:4000].lower()
    return sum(head.count(word) for word in _WORDS) - head.count("\ufffd")
