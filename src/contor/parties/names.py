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
from rapidfuzz.distance import OSA, JaroWinkler

from contor.parties.legal_forms import joined, legal_forms, without_forms

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
_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae", "å": "a", "ł": "l", "đ": "d"}
)
_LONG = 8
"""Letters from which on the beginning of a name tells it."""


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
    words = joined(fold(name))
    return " ".join(w for w in without_forms(words).split() if w not in _SMALL) or words


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
    shorter, longer = sorted((a, b), key=len)
    best = max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)) / 100
    if a[:4] == b[:4] and _may_be_cut(shorter, longer):
        best = max(best, 0.97 * JaroWinkler.similarity(a, b))
    if len(shorter) >= _LONG and (longer.startswith(shorter) or _contains_words(longer, shorter)):
        best = max(best, 0.93)
    return best


def other_company(left: str, right: str) -> bool:
    """Whether names that are only alike are told apart by their legal forms.

    Under the very name, a typing error aside, another form is a company that changed its form; with
    further letters or words it is a sister, a club of friends, or a stranger.

    >>> other_company("Blume Netz AG", "Blume GmbH"), other_company("Blume Netz AG", "Blume Nezt GmbH")
    (True, False)
    """
    forms, others = legal_forms(fold(left)), legal_forms(fold(right))
    if not forms or not others or forms & others:
        return False
    plain, other = (comparable(name).replace(" ", "") for name in (left, right))
    return OSA.distance(plain, other, score_cutoff=1) > 1


def _may_be_cut(shorter: str, longer: str) -> bool:
    """Whether a common beginning says something: of a short word other words begin alike."""
    return (
        len(shorter) >= _LONG
        or longer.startswith(f"{shorter} ")
        or OSA.distance(shorter, longer, score_cutoff=1) <= 1
    )


def _contains_words(longer: str, shorter: str) -> bool:
    """Whether all of several words of ``shorter`` stand in ``longer``."""
    words = set(shorter.split())
    return len(words) > 1 and words <= set(longer.split())
