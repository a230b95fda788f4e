"""Candidates: every amount, date, identifier and number of a document that could be a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from contor.documents.amounts import AMOUNT, amount_of
from contor.documents.dates.printed import find_dates
from contor.documents.dates.wrapped import wrapped_dates
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.headed_numbers import headed_vat_ids
from contor.documents.identifiers import find_identifiers
from contor.documents.page import Box
from contor.documents.wrapped_codes import wrapped_ibans

CandidateKind = Literal["amount", "date", "code", "iban", "bic", "vat_id", "tax_number"]

_CODE = re.compile(r"[A-Za-z0-9ÄÖÜ#][A-Za-z0-9ÄÖÜ_./\\\-#]*[A-Za-z0-9]|\d")
_DIGIT = re.compile(r"\d")
_UNIT = re.compile(
    r"\s?(%|°|mm\b|cm\b|kg\b|GB\b|TB\b|MB\b|Tagen?\b|days?\b|jours?\b|j\b|gg\b|giorni\b)"
)
_CENTS = re.compile(r"[.,]\s?\d\d$")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'’\s]\d{3})+[.,]\d\d")
_PRICED = frozenset("$€£₹¥")
_IN_A_CODE = re.compile(r"[^\W\d_]-$")
"""*GG-BRKT-STD-05* ends with no amount."""
_MONEY = re.compile(r"[$€£]|\bEUR\b|\bUSD\b|\bCHF\b|\bRM\b|\bGBP\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that could be a fact, with its place; ``number`` is set for amounts.

    ``valid`` tells whether check digits hold or the form leaves no doubt; ``text`` is as printed;
    ``priced`` is a code right behind the sign of a currency.
    """

    kind: CandidateKind
    value: str
    text: str
    line: int
    start: int
    end: int
    page: int
    box: Box
    confidence: float
    valid: bool = True
    number: Decimal | None = None
    money: bool = False
    percent: bool = False
    bracketed: bool = False
    priced: bool = False


def candidates_of(document: DocumentText) -> list[Candidate]:
    """All candidates of a document in reading order; a place is one kind only, except codes."""
    found: list[Candidate] = []
    for index, line in enumerate(document.lines):
        if not _DIGIT.search(line.text):
            continue
        found.extend(_of_line(document, line, index))
    return found


def _of_line(document: DocumentText, line: TextLine, index: int) -> Iterator[Candidate]:
    taken: list[tuple[int, int]] = []

    def make(kind: CandidateKind, value: str, start: int, end: int, **more: object) -> Candidate:
        return Candidate(
            kind, value, line.text[start:end], index, start, end, line.line.page,
            line.box(start, end), line.confidence(start, end), **more,  # type: ignore[arg-type]
        )  # fmt: skip

    dates = [*find_dates(line.text, document.order), *wrapped_dates(document, line)]
    for date in sorted(dates, key=lambda date: date.start):
        taken.append((date.start, date.end))
        yield make("date", date.value.isoformat(), date.start, date.end, valid=date.sure)
    printed = find_identifiers(line.text)
    elsewhere = (*wrapped_ibans(document, line), *headed_vat_ids(document, line))
    for identifier in (*printed, *elsewhere):
        if _free(identifier.start, identifier.end, taken):
            if identifier.kind != "bic":
                taken.append((identifier.start, identifier.end))
            yield make(
                identifier.kind,  # type: ignore[arg-type]
                identifier.value, identifier.start, identifier.end, valid=identifier.valid,
            )  # fmt: skip
    money_spans: list[tuple[int, int]] = []
    for match in AMOUNT.finditer(line.text):
        start, end = match.span("figure")
        number = amount_of(match, document.mark)
        if _GROUPED.fullmatch(match["figure"]):
            money_spans.append((start, end))
        if number is None or not _free(start, end, taken):
            continue
        if match["figure"].isdigit() and _IN_A_CODE.search(line.text, max(0, start - 2), start):
            continue
        money = bool(_MONEY.search(line.text[max(0, match.start() - 4) : match.end() + 4]))
        if money and _CENTS.search(match["figure"]):
            money_spans.append((start, end))
        percent = bool(_UNIT.match(line.text, end))
        yield make(
            "amount", str(number), start, end, number=number, money=money, percent=percent,
            valid=_is_priced(line.text, start, end) or bool(_CENTS.search(match["figure"])),
        )  # fmt: skip
    taken.extend(money_spans)  # a part of 3,600.00 is no number of anything
    for match in _CODE.finditer(line.text):
        if _DIGIT.search(match[0]) and _free(match.start(), match.end(), taken):
            start = match.start() + (match[0][0] == "#")
            bracketed = line.text[max(0, start - 1) : start] == "("
            value = line.text[start : match.end()]
            priced = line.text[start - 1 : start] in _PRICED and start > 0
            yield make("code", value, start, match.end(), bracketed=bracketed, priced=priced)


def _is_priced(text: str, start: int, end: int) -> bool:
    """Whether the sign of a currency touches a figure (*$500*, *4.500€*)."""
    return text[start - 1 : start] in _PRICED or text[end : end + 1] == "€"


def _free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= low or start >= high for low, high in taken)
