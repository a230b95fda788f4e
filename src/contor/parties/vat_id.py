"""VAT identification numbers: syntax, check digit, country (Directive 2006/112/EC, Article 215).

>>> vat_country("ATU14243102"), is_valid_vat_id("ATU14243102"), is_valid_vat_id("ATU14243103")
('AT', True, False)
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from stdnum import get_cc_module
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import InvalidChecksum, ValidationError

Problem = Literal["", "syntax", "check_digits"]

_PREFIX_OF = {"GR": "EL", "UK": "GB"}
_COUNTRY_OF = {"EL": "GR", "XI": "GB"}
_PREFIXES = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI"
EU_PREFIXES = frozenset(_PREFIXES.split())
"""Members of the VAT area by the prefix of their VAT-IDs: Greece EL, Northern Ireland XI."""
_OTHERS = frozenset(["GB", "CH", "NO"])


def compact(text: str) -> str:
    """Capital letters and digits without separators (``+`` and ``*`` are Irish)."""
    return re.sub(r"[^A-Z0-9+*]", "", text.upper())


def vat_prefix(text: str) -> str:
    """The country prefix of a VAT-ID; ``CHE`` numbers give CH; empty where there is none."""
    bare = compact(text)
    prefix = _PREFIX_OF.get(bare[:2], bare[:2])
    return prefix if prefix in EU_PREFIXES | _OTHERS | {"EU"} else ""


def vat_country(text: str) -> str:
    """ISO country of a VAT-ID: EL is Greece, XI is the United Kingdom (Northern Ireland)."""
    prefix = vat_prefix(text)
    return "" if prefix == "EU" else _COUNTRY_OF.get(prefix, prefix)


def is_valid_vat_id(text: str, country: str = "") -> bool | None:
    """Whether syntax and check digit hold; None where the country's rule is not known.

    A number without prefix is read as one of ``country`` (ISO).
    """
    problem = vat_id_problem(text, country)
    return None if problem is None else not problem


@lru_cache(maxsize=65536)
def vat_id_problem(text: str, country: str = "") -> Problem | None:
    """What does not hold, empty where all does; None where the country's rule is not known.

    >>> vat_id_problem("DE812871812"), vat_id_problem("DE812871813"), vat_id_problem("DE81287")
    ('', 'check_digits', 'syntax')
    """
    bare = compact(text)
    prefix = vat_prefix(bare)
    own = _PREFIX_OF.get(country.upper(), country.upper())
    if not prefix or (own and prefix != own and bare.isdigit()):
        prefix, bare = own, own + bare
    if prefix == "EU":
        return "" if re.fullmatch(r"EU\d{9}", bare) else "syntax"
    found: set[Problem] = set()
    if prefix in EU_PREFIXES:
        found.add(_problem(eu_vat, prefix + bare[2:]))
    elif prefix not in _OTHERS:
        return None
    module = get_cc_module(_COUNTRY_OF.get(prefix, prefix).lower(), "vat")
    if module is not None and "" not in found:
        found |= {_problem(module, bare), _problem(module, bare[2:])}
    if "" in found:
        return ""
    return "check_digits" if "check_digits" in found else "syntax"


def _problem(module: object, number: str) -> Problem:
    try:
        module.validate(number)  # type: ignore[attr-defined]
    except InvalidChecksum:
        return "check_digits"
    except ValidationError:
        return "syntax"
    return ""


def only_swapped(text: str, other: str) -> bool:
    """Whether two numbers differ by nothing but two characters that changed places.

    >>> only_swapped("DE 812 817 812", "DE812871812"), only_swapped("DE812871813", "DE812871812")
    (True, False)
    """
    one, two = compact(text), compact(other)
    if len(one) != len(two):
        return False
    differ = [place for place in range(len(one)) if one[place] != two[place]]
    match differ:
        case [first, second]:
            return (one[first], one[second]) == (two[second], two[first])
        case _:
            return False


def transposed_neighbours(text: str) -> list[str]:
    """Numbers that differ by two swapped neighbours and hold: likely typing errors."""
    bare = compact(text)
    found = []
    for i in range(2, len(bare) - 1):
        if bare[i] != bare[i + 1]:
            swapped = bare[:i] + bare[i + 1] + bare[i] + bare[i + 2 :]
            if is_valid_vat_id(swapped):
                found.append(swapped)
    return found
