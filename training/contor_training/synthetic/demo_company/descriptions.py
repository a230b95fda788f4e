"""Booking texts as bookkeepers type them: filled templates, abbreviations, slips."""

from __future__ import annotations

from datetime import date
from random import Random

MONTHS = {
    "month": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "month_en": "January February March April May June July August September October November "
    "December",
    "month_it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre "
    "novembre dicembre",
}
_NAMES = "hafenblick moinshop deichladen kuestenrad foerdecafe nordseetee segelmacher watthof"
_TOPS = "example test invalid"


def month_name(day: date, key: str = "month") -> str:
    """The month in words with its year; ``key`` is ``month``, ``month_en`` or ``month_it``."""
    return f"{MONTHS[key].split()[day.month - 1]} {day.year}"


def fill(template: str, day: date, rng: Random) -> str:
    """The text of ``template`` for an invoice of ``day``."""
    domain = f"{rng.choice(_NAMES.split())}.{rng.choice(_TOPS.split())}"
    return template.format(
        **{key: month_name(day, key) for key in MONTHS},
        m=f"{day:%m/%Y}",
        year=day.year,
        prev_year=day.year - 1,
        week=day.isocalendar().week,
        n=rng.choice((rng.randint(2, 48), rng.randint(2, 48), rng.randint(1001, 9899))),
        domain=domain,
    )


def typed(text: str, doc_no: str, rng: Random) -> str:
    """``text`` as a hurried bookkeeper leaves it: mostly as it was, now and then not."""
    chance = rng.random()
    if chance < 0.02:
        return ""
    if chance < 0.06:
        return text.upper()
    if chance < 0.16:
        return f"{doc_no} {text}"
    if chance < 0.22:
        return text.split(" ", maxsplit=1)[0]
    if chance < 0.25 and len(text) > 6:
        at = rng.randrange(1, len(text) - 2)
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text
