"""Bank accounts: IBAN check digits (ISO 13616, mod 97), country, length, and the bank behind it.

>>> iban_problem("DE89 3704 0044 0532 0130 00"), iban_problem("DE89370400440532013001")
('', 'check_digits')
>>> repaired_ibans("DE89370400440532103000")
['DE89370400440532013000', 'DE89370400440532100300']
"""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum import iban as stdnum_iban

_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def compact_iban(text: str) -> str:
    """Capital letters and digits without separators."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def check_digits_hold(iban: str) -> bool:
    """Whether the number modulo 97 is 1 after the first four characters move to the end."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


@lru_cache(maxsize=65536)
def iban_problem(text: str) -> str:
    """``syntax``, ``check_digits``, ``structure`` (length or letters of its country), or nothing."""
    iban = compact_iban(text)
    if not _SHAPE.fullmatch(iban):
        return "syntax"
    if not check_digits_hold(iban):
        return "check_digits"
    if not stdnum_iban.is_valid(iban, check_country=False):
        return "structure"
    return ""


def repaired_ibans(text: str) -> list[str]:
    """Valid IBANs that differ from ``text`` by two swapped neighbours."""
    iban = compact_iban(text)
    if not _SHAPE.fullmatch(iban):
        return []
    found = []
    for i in range(2, len(iban) - 1):
        if iban[i] != iban[i + 1]:
            swapped = iban[:i] + iban[i + 1] + iban[i] + iban[i + 2 :]
            if _SHAPE.fullmatch(swapped) and not iban_problem(swapped):
                found.append(swapped)
    return found
