"""Discount terms as people have confirmed them: remembered with the words that grant them.

A supplier prints the same sentence month after month. What a person read in it holds for the next
document that prints it, day and amount aside; a sentence that has changed is read anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Protocol

from rapidfuzz import fuzz

from contor.documents.dates.printed import find_dates
from contor.documents.document_text import DocumentText
from contor.documents.labels import fold
from contor.documents.page import Source
from contor.documents.reading import Fact

TERMS, SENTENCE = "discount_terms", "discount_sentence"
_MOST_ROWS = 3
_ALIKE = 92.0
_SHORTEST = 12
_CONFIRMED = 0.95
_AMOUNT = re.compile(r"(?<![\d.,])\d[\d.,' ]*[.,]\d{2}(?![\d.,]|\s?%)")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)?|%")


class Learnt(Protocol):
    """What is remembered of one confirmed document."""

    @property
    def source(self) -> str:
        """Which document it is."""
        ...

    @property
    def values(self) -> Mapping[str, str]:
        """What it confirmed, by name."""
        ...


def learn_terms(
    document: DocumentText, confirmed: Mapping[str, Fact], removed: Mapping[str, Fact]
) -> dict[str, str]:
    """The terms (empty where a person removed them) and the sentence; nothing where none is printed."""
    fact = confirmed.get(TERMS) or removed.get(TERMS)
    sentence = _sentence_with(document, _figures_of(fact.value)) if fact else ""
    if not sentence:
        return {}
    return {TERMS: confirmed[TERMS].value if TERMS in confirmed else "", SENTENCE: sentence}


def remembered_terms(
    document: DocumentText, learnt: Sequence[Learnt], source: Source
) -> Fact | None:
    """The terms of a sentence that people have read before, the newest first.

    A fact without a value says that the sentence grants none.
    """
    known = [one for one in learnt if one.values.get(SENTENCE)]
    if not known:
        return None
    windows = list(_windows(document))
    for one in known:
        sentence = one.values[SENTENCE]
        for page, text in windows:
            if _same(sentence, text):
                return Fact(one.values.get(TERMS, ""), _CONFIRMED, page, None, source, one.source)
    return None


def _same(known: str, seen: str) -> bool:
    """Whether two sentences have the same figures and, a misread letter aside, the same words."""
    if _FIGURE.findall(known) != _FIGURE.findall(seen):
        return False
    return known == seen or fuzz.ratio(known, seen) >= _ALIKE


def _sentence_with(document: DocumentText, figures: frozenset[Decimal]) -> str:
    """The fewest rows that print all the figures together; empty where none do."""
    if not figures:
        return ""
    fitting = (
        (text.count(" "), text)
        for _, text in _windows(document)
        if len(text) >= _SHORTEST and figures <= _numbers(text)
    )
    return min(fitting, default=(0, ""))[1]


def _windows(document: DocumentText) -> Iterator[tuple[int, str]]:
    """Rows of a page and rows together with those that follow, as compared: their pages, their texts."""
    plain = [(line.line.page, _comparable(line.text)) for line in document.lines]
    for first, (page, _) in enumerate(plain):
        rows: list[str] = []
        for other, text in plain[first : first + _MOST_ROWS]:
            if other != page:
                break
            rows.append(text)
            yield page, " ".join(row for row in rows if row)


def _comparable(text: str) -> str:
    """Words, percentages and whole numbers; days and amounts of money are of this document alone."""
    for date in sorted(find_dates(text, "dmy"), key=lambda date: -date.start):
        text = f"{text[: date.start]} {text[date.end :]}"
    return " ".join(_WORD.findall(fold(_AMOUNT.sub(" ", text))))


def _figures_of(terms: str) -> frozenset[Decimal]:
    """Days and percentages of ``10:2.00;20:1.00``."""
    return frozenset(
        number
        for tier in terms.split(";")
        for part in tier.split(":")
        if (number := _number(part)) is not None
    )


def _numbers(text: str) -> frozenset[Decimal]:
    return frozenset(n for found in _FIGURE.findall(text) if (n := _number(found)) is not None)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
