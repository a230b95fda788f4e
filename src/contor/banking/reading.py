"""Reading a bank file of any format: what it is is decided by its content, not by its name."""

from __future__ import annotations

import re

from contor.banking import camt, delimited, mt940, ofx, qif
from contor.banking.delimited_text import decode
from contor.banking.statement import Reading
from contor.errors import Refusal

_XML = re.compile(rb"^\s*(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<")
_BINARY = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff")
MAXIMUM_BYTES = 200_000_000


def parse_statements(content: bytes) -> Reading:
    """Statements, lines, refused records and findings of one bank file.

    Raises:
        Refusal: ``statement_empty``, ``statement_too_large``, ``statement_unknown``,
            ``statement_broken`` or ``statement_hostile``.
    """
    _check_size(content)
    if content.startswith(_BINARY):
        raise Refusal(
            "statement_unknown",
            "The file is a packed file, a picture or a spreadsheet, no bank statement.",
            "Unpack it, or export CAMT, MT940, OFX, QIF or CSV from the bank.",
        )
    if _XML.match(content) and b"OFX" not in content[:2000]:
        return camt.parse_statement(content)
    text = decode(content[:65536])
    if ofx.looks_like(text):
        return ofx.parse_statement(content)
    if qif.looks_like(text):
        return qif.parse_statement(content)
    if mt940.looks_like(text.replace("\r\n", "\n").replace("\r", "\n")):
        return mt940.parse_statement(content)
    return delimited.parse_statement(content)


def _check_size(content: bytes) -> None:
    if not content.strip():
        raise Refusal(
            "statement_empty", "The file is empty.", "Download the statement again from the bank."
        )
    if len(content) > MAXIMUM_BYTES:
        raise Refusal(
            "statement_too_large",
            "The file holds {size} bytes, more than {limit}.",
            "Export a shorter period.",
            size=len(content),
            limit=MAXIMUM_BYTES,
        )
