"""Names and texts in a form that can be compared: folded, without noise, cut into words.

>>> fold("Müller & Söhne GmbH, Köln")
'muller sohne gmbh koln'
>>> head("THE ACME HOSTING LTD", 2)
'acme hosting'
>>> document_shape("CAPEYS36510685")
('capeys', 8, '36510685')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

# Words that say the legal form or nothing at all; dropped where names are compared by their head.
_LEGAL = frozenset(
    [
        "the",
        "ltd",
        "limited",
        "plc",
        "llp",
        "llc",
        "inc",
        "co",
        "company",
        "corp",
        "gmbh",
        "ag",
        "kg",
        "ohg",
        "gbr",
        "ug",
        "mbh",
        "ev",
        "e",
        "v",
        "und",
        "and",
        "of",
        "spa",
        "srl",
        "sas",
        "sarl",
        "bv",
        "nv",
        "sa",
        "group",
        "uk",
        "holding",
        "holdings",
        "services",
        "service",
        "t",
        "a",
    ]
)
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
"""Soft hyphens and characters of no width: they come along with a copied name and part its words."""
_WORD = re.compile(r"[a-z0-9]+")
_LETTERS = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_SHAPE = re.compile(r"^(\D*)(\d*)")


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Lower case without accents, words separated by one blank."""
    if text.isascii():  # nearly all of them, and nothing to take apart
        return " ".join(_WORD.findall(text.lower()))
    plain = text.translate(_INVISIBLE).replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_LETTERS.findall(plain))


def words(text: str) -> list[str]:
    """The folded words of a text; numbers of three and more digits become ``#``."""
    return [("#" if len(w) > 2 and w.isdigit() else w) for w in fold(text).split()]


def as_written(folded: Sequence[str], *texts: str) -> tuple[str, ...]:
    """Folded words as they stand in the texts they were taken from, with their accents.

    >>> as_written(("kontofuhrung", "fur"), "Kontoführung für Müller")
    ('kontoführung', 'für')
    """
    if all(text.isascii() for text in texts):
        return tuple(folded)
    plain = unicodedata.normalize("NFC", " ".join(texts)).translate(_INVISIBLE).lower()
    known = {fold(word): word for word in reversed(_LETTERS.findall(plain))}
    return tuple(known.get(word, word) for word in folded)


def is_telling(word: str) -> bool:
    """Whether a folded word says something to a person: no number, no legal form, no mere letters.

    >>> [word for word in ["gmbh", "10", "x", "de", "colocation"] if is_telling(word)]
    ['colocation']
    """
    return len(word) > 2 and not word.isdigit() and word not in _LEGAL


def head(text: str, count: int) -> str:
    """The first ``count`` telling words of a name."""
    telling = [w for w in fold(text).split() if w not in _LEGAL and not w.isdigit()]
    return " ".join(telling[:count]) or fold(text)


def pattern(text: str) -> str:
    """A text with its numbers taken out, so that last month's wording meets this month's."""
    return " ".join(_DIGITS.sub("#", fold(text)).split())


@lru_cache(maxsize=1 << 16)
def document_shape(text: str) -> tuple[str, int, str]:
    """Prefix, number of digits and the digits of a document number."""
    match = _SHAPE.match(text.strip().casefold())
    assert match is not None  # both groups may be empty
    return match[1], len(match[2]), match[2]


@lru_cache(maxsize=1 << 18)
def stamp(text: str) -> int:
    """A stable 63-bit number for a text; 0 for the empty one."""
    if not text:
        return 0
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1 or 1
