"""Repair of a misread IBAN or VAT-ID by its check digits (ISO 13616; EU VAT-IDs).

One sign is exchanged for another that looks like it, or a sign that was seen twice is dropped. A
repair counts only where exactly one such change makes the check digits hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from contor.documents.identifiers import IBAN_LENGTH, is_iban, is_vat_id

_ALIKE = {
    "0": "8O69", "1": "7I4", "2": "7Z", "3": "8", "4": "1", "5": "68S", "6": "5803", "7": "12",
    "8": "03569B", "9": "08", "O": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2", "G": "6",
}  # fmt: skip
_LETTERS = str.maketrans("OQDILSBZG", "000115826")
_DIGITS_ONLY = frozenset({"DE", "AT", "BE", "DK", "ES", "FI", "PL", "SE", "PT", "LU"})
_LEAST_DIGITS = 7


def repaired_iban(printed: str, *, doubted: bool = True) -> str | None:
    """The valid IBAN that was misread as ``printed``, None where there is none or several.

    Digits are exchanged only where recognition ``doubted`` them: an IBAN may be printed wrong.

    >>> repaired_iban("DE0O2120300000000202051"), repaired_iban("DE02120300000000202061")
    ('DE02120300000000202051', 'DE02120300000000202051')
    >>> repaired_iban("DE02120300000000202061", doubted=False) is None
    True
    """
    signs = "".join(c for c in printed.upper() if c.isalnum())
    country, body = signs[:2], signs[2:4].translate(_LETTERS) + signs[4:]
    if country in _DIGITS_ONLY:
        body = body.translate(_LETTERS)
    length = IBAN_LENGTH.get(country)
    found = {
        country + variant
        for variant in (
            body,
            *_doubles_dropped(signs[2:], body),
            *(_exchanged(body) if doubted else ()),
        )
        if len(variant) + 2 == length and variant[:2].isdigit() and is_iban(country + variant)
    }
    return found.pop() if len(found) == 1 and found != {signs} else None


def repaired_vat_id(printed: str) -> str | None:
    """The German or Austrian VAT-ID in which letters were read for digits or a digit twice.

    A single check digit proves little: exchanged digits are left alone.

    >>> repaired_vat_id("DEL136695976"), repaired_vat_id("DE13669597G"), repaired_vat_id("DE12")
    ('DE136695976', 'DE136695976', None)
    """
    signs = "".join(c for c in printed.upper() if c.isalnum())
    prefix, size = ("ATU", 8) if signs.startswith("ATU") else ("DE", 9)
    body = signs[len(prefix) :]
    if not signs.startswith(prefix) or sum(map(str.isdigit, body)) < _LEAST_DIGITS:
        return None
    digits = body.translate(_LETTERS)
    found = {
        prefix + variant
        for variant in (digits, *_doubles_dropped(body, digits))
        if len(variant) == size and variant.isdigit() and is_vat_id(prefix + variant)
    }
    return found.pop() if len(found) == 1 and found != {signs} else None


def _exchanged(body: str) -> Iterator[str]:
    for index, sign in enumerate(body):
        for other in _ALIKE.get(sign, ""):
            yield body[:index] + other + body[index + 1 :]


def _doubles_dropped(printed: str, body: str) -> Iterator[str]:
    """Without one of two neighbours that look alike, or without a letter among the digits."""
    for index, sign in enumerate(body):
        if sign == body[index + 1 : index + 2] or printed[index : index + 1].isalpha():
            yield body[:index] + body[index + 1 :]
