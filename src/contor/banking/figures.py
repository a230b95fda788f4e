"""Amounts and dates as banks print them.

>>> parse_amount("1.234,56-", ","), parse_amount("(£1,183.23)", ".")
(Decimal('-1234.56'), Decimal('-1183.23'))
>>> parse_date("05.03.26", "dmy"), parse_date("Aug 17, 2022", "mdy")
(datetime.date(2026, 3, 5), datetime.date(2022, 8, 17))
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from contor.errors import Refusal

_CURRENCY = re.compile(r"[A-Z]{3}|[€$£¥]|Kč|kr\.?|zł|Fr\.?|US\$|R\$")
_GROUPED = {
    ",": re.compile(r"\d{1,3}(?:[.'’ ]\d{3})+(?:,\d*)?|\d*(?:,\d*)?"),
    ".": re.compile(r"\d{1,3}(?:[,'’ ]\d{2,3})*(?:\.\d*)?|\d*(?:\.\d*)?"),
}
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan january januar jänner gennaio gen janvier janv enero ene januari",
            "feb february februar febbraio février févr febrero februari fevrier fevr",
            "mar march märz mrz maerz marzo mars maart mrt",
            "apr april aprile avril avr abril abr",
            "may mai maggio mag mayo mei",
            "jun june juni giugno giu juin junio",
            "jul july juli luglio lug juillet juil julio",
            "aug august agosto ago août aout augustus",
            "sep sept september settembre set septembre septiembre",
            "oct october oktober okt ottobre ott octobre octubre",
            "nov november novembre noviembre",
            "dec december dezember dez dicembre dic décembre déc decembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}


def decimal_mark(samples: Iterable[str]) -> str:
    """The decimal mark that a column of amounts uses: ``,`` or ``.``.

    The mark that stands last and is followed by other than three digits decides; with no such
    amount the text is taken at its plain reading: one mark before three digits groups thousands.
    """
    votes = {",": 0, ".": 0}
    grouped = {",": 0, ".": 0}
    for text in samples:
        found = re.search(r"([.,])(\d*)\D*$", text)
        if not found:
            continue
        mark, digits = found.groups()
        other = "," if mark == "." else "."
        if other in text[: found.start()] or (len(digits) != 3 and text.count(mark) == 1):
            votes[mark] += 1
        else:
            grouped[mark] += 1
    if votes[","] != votes["."]:
        return "," if votes[","] > votes["."] else "."
    return "," if grouped["."] > grouped[","] else "."


def parse_amount(text: str, mark: str) -> Decimal:
    """A signed amount with ``mark`` as the decimal mark; refuses what is no amount."""
    bare = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-").strip()
    bare = _CURRENCY.sub("", bare).strip()
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, bare[1:-1].strip()
    if bare[:1] in "+-" and bare:
        negative ^= bare[0] == "-"
        bare = bare[1:].strip()
    elif bare[-1:] in "+-" and bare:
        negative ^= bare[-1] == "-"
        bare = bare[:-1].strip()
    if not bare or not _GROUPED[mark].fullmatch(bare) or not any(c.isdecimal() for c in bare):
        raise _no_amount(text)
    plain = re.sub(r"[ '’]", "", bare.replace("." if mark == "," else ",", "")).replace(mark, ".")
    if not plain.isascii():
        raise _no_amount(text)
    value = sized(Decimal(plain))
    return -value if negative else value


def sized(amount: Decimal) -> Decimal:
    """The amount itself; refuses one larger or finer than any purse (ISO 20022: 18 digits).

    >>> sized(Decimal("1190.00"))
    Decimal('1190.00')
    """
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or amount.adjusted() > 14 or exponent < -10:
        raise Refusal(
            "amount_out_of_range",
            "The amount has more digits than an amount of money has.",
            "Compare it with the original; write at most 15 digits before the point.",
        )
    return amount


def _no_amount(text: str) -> Refusal:
    return Refusal(
        "amount_unreadable",
        "“{text}” is no amount.",
        "Write a decimal number such as 1190.00 in this place.",
        text=text.strip()[:80],
    )


_PARTS = re.compile(r"(\d{1,4})[./\- ]\s?(\d{1,2})[./\- ]\s?(\d{1,4})\.?(?:[ T].*)?")
_WORDS = re.compile(r"(\d{1,2})[. \-/]+([^\W\d]+)\.?[ \-/,]+(\d{2,4}).*")
_WORDS_FIRST = re.compile(r"([^\W\d]+)\.? +(\d{1,2}),? +(\d{4}).*")


@lru_cache(maxsize=8192)
def parse_date(text: str, order: str = "dmy") -> date:
    """A date with day, month and year in ``order`` (a leading four-digit year is ISO order)."""
    bare = text.strip()
    try:
        found = _numbers_of(bare, order)
        if found:
            year, month, day = found
            return date(
                year + 2000 if year < 70 else year + 1900 if year < 100 else year, month, day
            )
    except ValueError:
        pass
    raise Refusal(
        "date_unreadable",
        "“{text}” is no date.",
        "Write a calendar date such as 2026-09-30 in this place.",
        text=bare[:80],
    )


def _numbers_of(text: str, order: str) -> tuple[int, int, int] | None:
    """Year, month, day as written."""
    if len(text) in {8, 14} and text.isdecimal() and text[:2] in {"19", "20"}:
        return int(text[:4]), int(text[4:6]), int(text[6:8])
    if len(text) == 8 and text.isdecimal():
        day, month = (text[:2], text[2:4]) if order == "dmy" else (text[2:4], text[:2])
        return int(text[4:]), int(month), int(day)
    if match := _PARTS.fullmatch(text):
        first, second, third = match.groups()
        if len(first) == 4:
            return int(first), int(second), int(third)
        if len(first) > 2 or len(third) not in {2, 4}:
            return None
        if order == "ymd":
            return int(first), int(second), int(third)
        day, month = (first, second) if order == "dmy" else (second, first)
        return int(third), int(month), int(day)
    if match := _WORDS.fullmatch(text):
        day, word, written = match.groups()
        month_number = _MONTHS.get(word.lower())
        return (int(written), month_number, int(day)) if month_number else None
    if match := _WORDS_FIRST.fullmatch(text):
        word, day, written = match.groups()
        month_number = _MONTHS.get(word.lower())
        return (int(written), month_number, int(day)) if month_number else None
    return None


def is_date(text: str, order: str = "dmy") -> bool:
    """Whether ``text`` reads as a date in ``order``."""
    try:
        parse_date(text, order)
    except Refusal:
        return False
    return True


def date_order(samples: list[str], *, american: bool = False) -> str:
    """The order of day and month that reads every sample; the tighter span where both do.

    ``american`` breaks the last tie (amounts in dollars).
    """
    spans: dict[str, int] = {}
    for order in ("mdy", "dmy") if american else ("dmy", "mdy"):
        if samples and all(is_date(text, order) for text in samples):
            days = [parse_date(text, order).toordinal() for text in samples]
            steps = sum(abs(a - b) for a, b in pairwise(days))
            spans[order] = steps
    if not spans:
        return "ymd" if samples and all(is_date(text, "ymd") for text in samples) else "dmy"
    best = min(spans.values())
    return next(order for order, span in spans.items() if span == best)
