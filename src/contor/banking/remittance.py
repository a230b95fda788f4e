"""Remittance information: the SEPA codewords inside it, and the references that payers write.

German banks put structured parts into free text with codewords (DK agreement, appendix 3, the
``?20`` fields of MT940): ``EREF+`` end-to-end reference, ``KREF+`` customer reference, ``MREF+``
mandate, ``CRED+`` creditor, ``SVWZ+`` remittance, ``ABWA+``/``ABWE+`` deviating parties.

>>> split_codewords("EREF+RE-17MREF+M1CRED+DE02ZZZ0SVWZ+Rechnung 17").remittance
'Rechnung 17'
>>> sorted(read_references("Rg. RE-2026/00471 u. 0815, Kd-Nr. 4711"))
['00471', '0815', '2026', '4711', 'RE202600471']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_CODEWORD = re.compile(
    r"(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|SQTP|RREF|ORCR)\+"
)
_LOOSE = re.compile(r"\b(EREF|KREF|MREF|CRED|IBAN|BIC|ABWA|ABWE): ?")
_NOT_PROVIDED = {"NOTPROVIDED", "NONREF", "NONREFNONREF", "KEINE REF", "NICHT ANGEGEBEN"}
_TOKEN = re.compile(r"[^\W_]+(?:[-/._][^\W_]+)*")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b")


@dataclass(frozen=True, slots=True)
class Codewords:
    """The parts of a remittance text by codeword; empty where the text has none."""

    remittance: str
    end_to_end_id: str = ""
    customer_reference: str = ""
    mandate_id: str = ""
    creditor_id: str = ""
    iban: str = ""
    party: str = ""


def provided(reference: str) -> str:
    """The reference, or nothing where the bank only says that none was given."""
    return "" if reference.strip().upper() in _NOT_PROVIDED else reference.strip()


def split_codewords(text: str) -> Codewords:
    """Take the codewords out of ``text``; what stands before the first one stays remittance."""
    parts = _pieces(text, _CODEWORD)
    body = parts.pop("", "")
    if "SVWZ" in parts:
        body = f"{body} {parts['SVWZ']}".strip()
    loose: dict[str, str] = {}
    if not parts and _LOOSE.search(text):
        loose = _pieces(text, _LOOSE)
        body = text.strip()
    found = {**loose, **parts}
    if " MTLG:" in found.get("EREF", ""):
        found["EREF"], _, told = found["EREF"].partition(" MTLG:")
        body = f"{body} {told}".strip()

    def first_word(key: str) -> str:
        return provided(found.get(key, "").split(" ")[0] if key in loose else found.get(key, ""))

    return Codewords(
        remittance=" ".join(body.split()),
        end_to_end_id=first_word("EREF"),
        customer_reference=first_word("KREF"),
        mandate_id=first_word("MREF"),
        creditor_id=first_word("CRED"),
        iban=first_word("IBAN"),
        party=found.get("ABWA", found.get("ABWE", "")) if not loose else "",
    )


def _pieces(text: str, pattern: re.Pattern[str]) -> dict[str, str]:
    """Codeword -> its text; the text before the first codeword under the empty key."""
    pieces: dict[str, str] = {}
    key, start = "", 0
    for match in pattern.finditer(text):
        _add(pieces, key, text[start : match.start()])
        key, start = match.group(1), match.end()
    _add(pieces, key, text[start:])
    return pieces


def _add(pieces: dict[str, str], key: str, text: str) -> None:
    bare = text.strip()
    if bare:
        pieces[key] = f"{pieces[key]} {bare}" if key in pieces else bare


@lru_cache(maxsize=65536)
def read_references(text: str) -> frozenset[str]:
    """The tokens of ``text`` that can be a reference: at least three characters with a digit.

    Upper case without separators; a token with separators also gives its parts.
    """
    found: set[str] = set()
    for match in _TOKEN.finditer(_IBAN.sub(" ", text.upper())):
        token = match.group()
        bare = re.sub(r"[-/._]", "", token)
        if any(c.isdigit() for c in bare) and len(bare) >= 3:
            found.add(bare)
        if bare != token:
            found.update(
                part
                for part in re.split(r"[-/._]", token)
                if len(part) >= 3 and any(c.isdigit() for c in part)
            )
    return frozenset(found)
