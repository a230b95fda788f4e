"""Names of organisations and people, made comparable: letters folded, legal forms taken out.

>>> comparable("Müller & Söhne GmbH & Co. KG"), comparable("MUELLER UND SOEHNE")
('mueller soehne', 'mueller soehne')
>>> round(similarity("Hetzner Online GmbH", "HETZNER ONLINE AG"), 2)
1.0
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

_LEGAL_FORMS = frozenset(
    [
        "gmbh",
        "mbh",
        "ggmbh",
        "gesmbh",
        "ag",
        "kg",
        "kgaa",
        "ohg",
        "ug",
        "gbr",
        "ev",
        "e.v",
        "eg",
        "eingetragener",
        "verein",
        "partg",
        "partgmbb",
        "se",
        "haftungsbeschraenkt",
        "co",
        "cie",
        "ltd",
        "limited",
        "plc",
        "llp",
        "lp",
        "llc",
        "inc",
        "incorporated",
        "corp",
        "corporation",
        "company",
        "cic",
        "pty",
        "pte",
        "sa",
        "sas",
        "sasu",
        "sarl",
        "eurl",
        "sprl",
        "bvba",
        "bv",
        "nv",
        "vof",
        "srl",
        "srls",
        "spa",
        "snc",
        "sapa",
        "scarl",
        "coop",
        "soc",
        "sl",
        "slu",
        "as",
        "asa",
        "aps",
        "ab",
        "oy",
        "oyj",
        "kft",
        "zrt",
        "nyrt",
        "bt",
        "doo",
        "dd",
        "sro",
        "zoo",
        "sp",
        "spzoo",
        "ooo",
        "kk",
        "gesellschaft",
        "mit",
        "beschraenkter",
        "haftung",
        "gemeinnuetzige",
        "einzelunternehmen",
        "einzelfirma",
        "inhaber",
        "inh",
        "ek",
        "e.k",
        "kfm",
        "stiftung",
        "foundation",
        "fka",
        "formerly",
        "trading",
        "dba",
    ]
)
_SMALL = frozenset(
    [
        "und",
        "and",
        "et",
        "e",
        "y",
        "en",
        "der",
        "die",
        "das",
        "the",
        "fuer",
        "for",
        "of",
        "de",
        "la",
        "le",
        "il",
        "di",
        "van",
        "von",
        "zu",
        "zur",
        "zum",
        "the",
        "dr",
    ]
)
_JOINED = (
    (re.compile(r"\bg\s*m\s*b\s*h\b"), "gmbh"),
    (re.compile(r"\be\s+v\b"), "ev"),
    (re.compile(r"\be\s+k\b"), "ek"),
    (re.compile(r"\bs\s+r\s+l\b"), "srl"),
    (re.compile(r"\bs\s+p\s+a\b"), "spa"),
    (re.compile(r"\bs\s+a\s+r\s+l\b"), "sarl"),
    (re.compile(r"\bs\s+a\b"), "sa"),
    (re.compile(r"\bb\s+v\b"), "bv"),
    (re.compile(r"\bsp\s+z\s+o\s+o\b"), "spzoo"),
    (re.compile(r"\bs\s+r\s+o\b"), "sro"),
    (re.compile(r"\bt\s*/?\s*a\b"), "trading"),
)
_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae", "å": "a", "ł": "l", "đ": "d"}
)


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Lower case ASCII words: umlauts written out, accents off, all else a space."""
    plain = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(
            c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)
        )
    words = re.sub(r"['’`´]", "", plain)
    return " ".join(re.sub(r"[^\w]+|_", " ", words).split())


@lru_cache(maxsize=200_000)
def comparable(name: str) -> str:
    """The words that tell one name from another; the folded name where nothing else is left."""
    folded = fold(name)
    for pattern, joined in _JOINED:
        folded = pattern.sub(joined, folded)
    words = [word for word in folded.split() if word not in _LEGAL_FORMS and word not in _SMALL]
    return " ".join(words) or folded


def similarity(left: str, right: str) -> float:
    """How alike two names are, 0 to 1: word order, cut ends and typing errors count little."""
    return compared(comparable(left), comparable(right))


@lru_cache(maxsize=200_000)
def compared(a: str, b: str) -> float:
    """:func:`similarity` of names that are comparable already."""
    if not a or not b:
        return 0.0
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return 1.0
    plain = fuzz.ratio(a, b) / 100
    ordered = fuzz.token_sort_ratio(a, b) / 100
    best = max(plain, ordered, 0.97 * JaroWinkler.similarity(a, b) if a[:4] == b[:4] else 0.0)
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= 8 and (longer.startswith(shorter) or _contains_words(longer, shorter)):
        best = max(best, 0.93)
    return best


def _contains_words(longer: str, shorter: str) -> bool:
    """Whether all of several words of ``shorter`` stand in ``longer``."""
    words = set(shorter.split())
    return len(words) > 1 and words <= set(longer.split())
