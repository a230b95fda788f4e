"""Identifiers with check digits or a fixed shape: IBAN, BIC, VAT-ID, German tax number.

A number whose check digit fails is still what is printed; it is told apart by ``valid``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from stdnum import iban as stdnum_iban
from stdnum.ch import uid as stdnum_uid
from stdnum.eu import oss as stdnum_oss
from stdnum.eu import vat as stdnum_vat
from stdnum.gb import vat as stdnum_gb

# A look ahead: a VAT-ID before an IBAN on the same line must not swallow its beginning.
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])(?=([A-Z]{2}\s?[0-9OIl]{2}(?:(?:[^\S\t]|[.\-]|\t(?=\d))*[0-9A-Z*]){11,30}))"
)
IBAN_LENGTH = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26,
    "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15,
    "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
}  # fmt: skip
_ONLY_FIGURES = frozenset({"DE", "AT", "BE", "DK", "ES", "FI", "PL", "SE"})
_SHORTEST_IBAN = 15
_CALLED_IBAN = re.compile(
    r"(?<![A-Za-z])I\.?B\.?A\.?N\.?(?:[ -]?(?:Nr|No|Code)\b\.?)?[\s.:]{0,8}"
    r"([A-Z]{2}\s?\d{2}(?:[ .\-]?\d{1,4}){2,9})(?!\s?[\dA-Za-z*])",
    re.IGNORECASE,
)
_BIC = re.compile(
    r"(?<![A-Za-z0-9])(?!IBAN|BONIFICO)([A-Z]{4}\s?[A-Z]{2}\s?[A-Z0-9]{2}(?:\s?[A-Z0-9]{3})?)(?![A-Za-z0-9])"
)
_VAT_BODY = {
    "AT": r"U\s?\d{8}", "BE": r"[01]?\d{3}[\s.]?\d{3}[\s.]?\d{3}", "BG": r"\d{9,10}",
    "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}", "DE": r"\d{3}[\s./]?\d{3}[\s./]?\d{3}",
    "DK": r"\d{2}\s?\d{2}\s?\d{2}\s?\d{2}", "EE": r"\d{9}", "EL": r"\d{9}", "EU": r"\d{9}",
    "ES": r"[A-Z0-9]\d{7}[A-Z0-9]", "FI": r"\d{8}",
    "FR": r"[A-HJ-NP-Z0-9]{2}\s?\d{3}\s?\d{3}\s?\d{3}", "GB": r"\d{3}\s?\d{4}\s?\d{2}(?:\d{3})?",
    "HR": r"\d{11}", "HU": r"\d{8}", "IE": r"\d[0-9A-Z+*]\d{5}[A-Z]{1,2}", "IT": r"\d{11}",
    "LT": r"\d{9}(?:\d{3})?", "LU": r"\d{8}", "LV": r"\d{11}", "MT": r"\d{8}",
    "NL": r"\d{9}\s?B\s?\d{2}", "PL": r"\d{10}", "PT": r"\d{9}", "RO": r"\d{2,10}",
    "SE": r"\d{12}", "SI": r"\d{8}", "SK": r"\d{10}",
}  # fmt: skip
_VAT = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    + "|".join(rf"{country}\s?-?\s?{body}" for country, body in _VAT_BODY.items())
    + r"|CHE[-\s]?\d{3}[.\s]?\d{3}[.\s]?\d{3}(?:\s?(?:MWST|TVA|IVA))?)(?![A-Za-z0-9]|[./]\d)"
)
_TAX_NUMBER = re.compile(r"(?<![\w/.+])(\d{2,3}\s?/\s?\d{3,4}\s?/\s?\d{4,5})(?![\w/])")
_PARTITA_IVA = re.compile(
    r"(?:\bP(?:art(?:ita)?)?\.?\s{0,2}I\.?\s?V\.?\s?A\b|\bP\.\s?[I1l]\.)"
    r"(?:\D{0,12}|(?:[\W_]|\b(?:ed?|cod(?:ice)?|fisc(?:ale)?|[cfn]|nr|numero)\b){0,20})(\d{11})(?!\d)",
    re.IGNORECASE,
)
"""Also where the codice fiscale is named in the same breath (*Part. IVA e Cod. Fisc. 0123…*)."""
_AT_HOME = (
    ("ES", re.compile(r"\b[CN]\.?I\.?F\.?\W{0,4}([A-Z]-?\d{7}-?[0-9A-Z]|\d{8}-?[A-Z])(?![A-Za-z0-9])")),
    ("PT", re.compile(r"\bNI(?:F|PC)\W{0,4}(\d{3} ?\d{3} ?\d{3})(?!\d)")),
    ("PL", re.compile(r"\bNIP\W{0,4}(\d{3}-?\d{2,3}-?\d{2}-?\d{2,3})(?!\d)")),
)  # fmt: skip
"""Numbers that are written without their country at home; they count where the check digit holds."""


@dataclass(frozen=True, slots=True)
class PrintedIdentifier:
    """An identifier in its normal form with the place it takes in the text."""

    kind: str
    value: str
    valid: bool
    start: int
    end: int


def find_identifiers(text: str) -> list[PrintedIdentifier]:
    """Identifiers of a text; IBANs first, since a VAT-ID may hide in one.

    >>> [(i.kind, i.value, i.valid)
    ...  for i in find_identifiers("USt-IdNr. DE812871812 IBAN DE92 7607 0012 0750 0077 00")]
    [('vat_id', 'DE812871812', True), ('iban', 'DE92760700120750007700', True)]
    """
    found: list[PrintedIdentifier] = []
    ibans = [iban for match in _IBAN.finditer(text) for iban in _iban(match)]
    valid = [iban for iban in ibans if iban.valid]
    wrong = [iban for iban in ibans if not iban.valid]
    # A run that fails its check may be a VAT-ID with what stands beside it.
    for identifier in (*valid, *_others(text), *wrong):
        if all(identifier.end <= old.start or identifier.start >= old.end for old in found):
            found.append(identifier)
    return sorted(found, key=lambda identifier: identifier.start)


def _others(text: str) -> Iterator[PrintedIdentifier]:
    if "IBAN" in text.upper():
        for match in _CALLED_IBAN.finditer(text):
            # What the page calls an IBAN is one, however wrong: the check says so.
            value = re.sub(r"[\s.\-]", "", match[1]).upper()
            if len(value) >= _SHORTEST_IBAN:
                yield PrintedIdentifier("iban", value, is_iban(value), match.start(1), match.end(1))
    for match in _VAT.finditer(text):
        value = re.sub(r"\s?(?:MWST|TVA|IVA)$|[\s.\-/]", "", match[0])
        yield PrintedIdentifier("vat_id", value, is_vat_id(value), match.start(), match.end())
    for match in _PARTITA_IVA.finditer(text):
        value = "IT" + match[1]
        yield PrintedIdentifier("vat_id", value, is_vat_id(value), match.start(1), match.end(1))
    for country, pattern in _AT_HOME:
        for match in pattern.finditer(text):
            value = country + re.sub(r"[\s-]", "", match[1])
            if is_vat_id(value):
                yield PrintedIdentifier("vat_id", value, True, match.start(1), match.end(1))
    for match in _TAX_NUMBER.finditer(text):
        value = re.sub(r"\s", "", match[1])
        yield PrintedIdentifier("tax_number", value, True, match.start(), match.end())
    for match in _BIC.finditer(text):
        value = re.sub(r"\s", "", match[1])
        if value[4:6] in IBAN_LENGTH or value[4:6] in {"US", "MY", "SG"}:
            yield PrintedIdentifier("bic", value, len(value) in {8, 11}, match.start(), match.end())


def _iban(match: re.Match[str]) -> Iterator[PrintedIdentifier]:
    """Cut the run at the length of the country; letters read for digits are set right."""
    country = match[1][:2]
    length = IBAN_LENGTH.get(country)
    if not length:
        return
    taken, end = "", 0
    for end, sign in enumerate(match[1], start=1):  # the end is used below
        if country in _ONLY_FIGURES and sign.isalpha() and end > 2 and sign not in "OIlSB":
            return
        if sign.isalnum() or sign == "*":
            taken += sign
        if len(taken) == length:
            break
    if len(taken) < length or "*" in taken:
        return
    value = taken
    if not is_iban(value) and country in _ONLY_FIGURES:
        value = country + taken[2:].translate(str.maketrans("OIlSB", "01158"))
    if sum(c.isdigit() for c in value) < 10 or (
        country in _ONLY_FIGURES and not value[2:].isdigit()
    ):
        return
    yield PrintedIdentifier("iban", value, is_iban(value), match.start(), match.start(1) + end)


@lru_cache(maxsize=4096)
def is_iban(value: str) -> bool:
    """Whether the check digits hold (ISO 13616); the structure of the bank code is not asked."""
    return bool(stdnum_iban.is_valid(value, check_country=False))


@lru_cache(maxsize=4096)
def is_vat_id(value: str) -> bool:
    """Whether the check digit of an EU VAT-ID holds."""
    if value.startswith("CHE"):
        return bool(stdnum_uid.is_valid(value[:12]))
    if value.startswith("EU"):
        return bool(stdnum_oss.is_valid(value))
    if value.startswith("GB"):
        return bool(stdnum_gb.is_valid(value))
    return bool(stdnum_vat.is_valid(value))
