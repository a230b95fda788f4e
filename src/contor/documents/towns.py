"""Lines of an address that name the town, with its postcode as the country writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

POSTCODE = re.compile(
    r"(?:^|[\s,|•·–-])(?:(?:[A-Z]{1,3}[\s-]{1,2})?\d{4,5}(?:\s?[A-Z]{2})?|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|"
    r"\d{2}-\d{3})\s+[A-ZÄÖÜÉÈÀ(][\wäöüéèàß.'/()-]+"
)
_END = r"(?=$|,|\s[|•·∙●–-])"
_US_TOWN = re.compile(rf"[A-Za-z.]+,?\s+[A-Z]{{2}}\s+\d{{5}}(?:-\d{{4}})?{_END}")
_LETTERED = r"(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[A-Z]\d[A-Z] \d[A-Z]\d|[A-Z]\d[\dW] [A-Z\d]{4})"
"""British, Canadian and Irish postcodes, which stand behind the town."""
_COUNTRY = (
    r"(?:,? (?:UK|GB|United Kingdom|Great Britain|England|Scotland|Wales|Northern Ireland|Canada|"
    r"Ireland))?"
)
_LETTERED_TOWN = re.compile(rf"(?:[A-Z][A-Za-z.' \d-]+,? ){{0,2}}{_LETTERED}{_COUNTRY}")
_LETTERED_LINE = re.compile(rf"[ ,]{_LETTERED}{_COUNTRY}{_END}")
_TOWN = r"[A-ZÁČĎÉÍŇÓŘŠŤÚŽÅÄÖØ]\w{2,}"
_BEGIN = r"(?:^|, | [|•·∙●–-] )"
_PARTED = re.compile(rf"{_BEGIN}(?:[A-Z]{{2}}[ -])?(?:\d{{3}} \d{{2}}|\d{{4}}-\d{{3}}) {_TOWN}")
"""Czech, Slovak, Swedish, Greek and Portuguese ones, in two parts before it."""
_FAR = re.compile(
    rf"(?:\b[A-Z][A-Za-z ]+,? (?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT) \d{{4}}|"
    rf"{_BEGIN}(?:Auckland|Wellington|Christchurch|Hamilton|Tauranga|Dunedin) \d{{4}}|"
    rf"{_BEGIN}Singapore \d{{6}}){_END}"
)
"""Australian, New Zealand's and Singapore's, behind it."""
_FIGURES = re.compile(r"\d{3}|[A-Z]\d")
"""What all of these hold; most texts do not."""


@lru_cache(maxsize=8192)
def has_postcode(text: str) -> bool:
    """Whether a postcode with its town stands in a text.

    >>> has_postcode("10115 Berlin"), has_postcode("Total 10115")
    (True, False)
    """
    return " " in text and bool(POSTCODE.search(text))


def names_town_abroad(text: str, *, after_street: bool) -> bool:
    """Whether a text names a town as other countries do, alone or ``after_street``.

    >>> names_town_abroad("130 00 Praha 3", after_street=False)
    True
    >>> names_town_abroad("5 High Street, London EC1A 1BB", after_street=True)
    True
    """
    if not _FIGURES.search(text):
        return False
    return bool(
        any(form.search(text) for form in (_US_TOWN, _PARTED, _FAR))
        or _LETTERED_TOWN.fullmatch(text)
        or (after_street and _LETTERED_LINE.search(text))
    )


def town_among(texts: Sequence[str]) -> int | None:
    """Which line of an address names the town: an American one before a house number of five digits.

    >>> town_among(["58861 Gonzalez Prairie", "Lake City, IN 57228"]), town_among(["Weg 1", "10115 Ulm"])
    (1, 1)
    """
    abroad = (i for i, text in enumerate(texts) if names_town_abroad(text, after_street=False))
    at_home = (i for i, text in enumerate(texts) if POSTCODE.search(text))
    return next(abroad, next(at_home, None))
