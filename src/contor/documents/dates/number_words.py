"""Days and percents written as words: *innerhalb von acht Tagen*, *zwei Prozent*, *trente jours*."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = {
    word: number
    for number, words in {
        1: "ein eine einem einen one un une uno",
        2: "zwei two deux due",
        3: "drei three trois tre",
        4: "vier four quatre quattro",
        5: "fünf fuenf five cinq cinque",
        7: "sieben seven sept sette",
        8: "acht eight huit otto",
        10: "zehn ten dix dieci",
        14: "vierzehn fourteen quatorze quattordici",
        15: "fünfzehn fuenfzehn fifteen quinze quindici",
        20: "zwanzig twenty vingt venti",
        21: "einundzwanzig twenty-one ventuno",
        30: "dreißig dreissig thirty trente trenta",
        45: "fünfundvierzig forty-five quarantacinque",
        60: "sechzig sixty soixante sessanta",
        90: "neunzig ninety novanta",
    }.items()
    for word in words.split()
}
_DAYS = (
    r"(?:kalender|werk|bank)?tagen?\b|(?:calendar |business |working )?days?\b|jours?\b|giorni\b"
)
_PERCENT = r"prozent\b|v\.\s?h\.|per\s?cent\b|pour cent\b|per cento\b"
_BEFORE = re.compile(rf"\b[^\W\d_][\w-]+(?=\s+(?:{_DAYS}|{_PERCENT}))", re.IGNORECASE)
"""A word before days or a percent; most are no number."""
_UNIT = re.compile(rf"(?<=[\s\d])(?:{_DAYS}|{_PERCENT})")
"""In small letters; where none stands there is nothing to set in figures."""
_SAID = re.compile(rf"(?<=\d)\s*(?:{_PERCENT})", re.IGNORECASE)


_WEEKS = re.compile(
    r"\b([^\W_]+)\s+(?:wochen?|weeks?|semaines?|settiman[ae]|weken)\b", re.IGNORECASE
)
_WEEK_STEMS = ("woche", "week", "semaine", "settiman", "weken")
_MOST_WEEKS = 12


def _days_of(match: re.Match[str]) -> str:
    """A number of weeks as days; *some weeks* stay as they are."""
    said = match[1].lower()
    weeks = int(said) if said.isdecimal() else _WORDS.get(said, 0)
    return f"{7 * weeks} Tagen" if 0 < weeks <= _MOST_WEEKS else match[0]


@lru_cache(maxsize=16)
def in_figures(text: str) -> str:
    """The text with its days and percents in figures, weeks as days.

    >>> in_figures("binnen acht Tagen abzüglich zwei Prozent Skonto, trente jours net")
    'binnen 8 Tagen abzüglich 2 % Skonto, 30 jours net'
    >>> in_figures("within two weeks"), in_figures("in wenigen Wochen")
    ('within 14 Tagen', 'in wenigen Wochen')
    """
    lower = text.lower()
    weekly = any(stem in lower for stem in _WEEK_STEMS)  # most papers name none
    figures = _WEEKS.sub(_days_of, text) if weekly else text
    if not _UNIT.search(figures.lower()):
        return figures
    figures = _BEFORE.sub(lambda match: str(_WORDS.get(match[0].lower(), match[0])), figures)
    return _SAID.sub(" %", figures)
