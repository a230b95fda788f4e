"""Discount for early payment: percent and days, as tiers ``days:percent``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from contor.documents.amounts import plain
from contor.documents.dates.number_words import in_figures

# All of these are asked of small letters: so they are several times as fast.
_PERCENT = r"(?P<percent>\d{1,2}(?:[.,]\d{1,2})?)\s?%"
_DAYS = r"(?P<days>\d{1,3})\s*(?:tagen?|days?|jours?|giorni|gg)\b"
DISCOUNT_WORDS = ("skonto", "discount", "escompte", "sconto")
_WORD = rf"(?:{'|'.join(DISCOUNT_WORDS)})"
_NO_NET = r"(?!\s*(?:rein |strikt )?(?:nett?o?\b|nets?\b|ohne ))"
"""*3 % Skonto oder 30 Tage netto*: those days are not the discount's."""
_BETWEEN = r"(?:(?!\bnett?o?\b|ohne abzug|without)[^.;%]){0,40}?"
_SHORTENED = re.compile(r"\b(abzgl|abz|zzgl|inkl|incl|gem|max|ca)\.")
"""Their full stop ends no sentence."""
_NETS = r"(?:nett?o?|n/)"
_SHORT = (
    re.compile(
        rf"\b(?P<percent>\d(?:[.,]\d)?)\s?%?\s?/\s?(?P<days>\d{{1,2}}),?\s+{_NETS}\s?\d{{2,3}}(?![.,]?\d)",
    ),
    re.compile(rf"{_PERCENT}\s*{_DAYS},?\s+{_NETS}\s?\d{{2,3}}(?![.,]?\d)"),
    re.compile(rf"{_DAYS}\s*{_PERCENT},?\s+\d{{2,3}}\s*(?:tage|days)\s+{_NETS}\b"),
)
"""As the trade abbreviates it, without a word for it: *2/10, n/30*."""
_PATTERNS = (
    re.compile(rf"{_PERCENT}[^.;%,]{{0,20}}{_WORD}[^.;%,]{{0,40}}?{_DAYS}{_NO_NET}"),
    re.compile(rf"{_DAYS}{_BETWEEN}{_PERCENT}[^.;%]{{0,25}}{_WORD}"),
    re.compile(rf"{_WORD}[^.;%,]{{0,20}}{_PERCENT}[^.;%,]{{0,40}}?{_DAYS}"),
    re.compile(rf"{_DAYS}{_BETWEEN}{_WORD}[^.;%,\d]{{0,12}}{_PERCENT}"),
)


def discount_terms(texts: Iterable[str]) -> str | None:
    """The tiers in order of days, None where no discount is offered.

    >>> discount_terms(["Zahlbar in 30 Tagen netto, 3% Skonto innerhalb 10 Tagen"])
    '10:3.00'
    >>> discount_terms(["2 % discount within 7 days; 14 days: 1 % discount"])
    '7:2.00;14:1.00'
    >>> discount_terms(["Terms: 2/10, n/30"]), discount_terms(["10 Tage 2 %, 30 Tage netto"])
    ('10:2.00', '10:2.00')
    """
    return _tiers(" ".join(texts))


@lru_cache(maxsize=16)
def _tiers(text: str) -> str | None:
    whole = in_figures(text).lower()
    named = any(word in whole for word in DISCOUNT_WORDS)
    if not named and "net" not in whole and "n/" not in whole:
        return None
    patterns = (*_PATTERNS, *_SHORT) if named else _SHORT
    joined = re.sub(r"inner\s+halb", "innerhalb", whole)
    joined = _SHORTENED.sub(r"\1", joined)
    tiers: dict[int, str] = {}
    taken: list[tuple[int, int]] = []
    for pattern in patterns:
        for match in pattern.finditer(joined):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            taken.append(match.span())
            percent = Decimal(match["percent"].replace(",", "."))
            tiers.setdefault(int(match["days"]), plain(percent))
    return ";".join(f"{days}:{percent}" for days, percent in sorted(tiers.items())) or None
