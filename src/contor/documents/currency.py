"""The currency of a document: the one named most often, by code or sign."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from contor.documents.document_text import DocumentText, TextLine
from contor.documents.page import Source
from contor.documents.reading import Fact

_SUMS = frozenset({"gross_total", "payable"})
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "zł": "PLN", "¥": "JPY"}
_DOLLARS = {
    "US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "CAN": "CAD", "S": "SGD",
    "SG": "SGD", "HK": "HKD", "NZ": "NZD", "NT": "TWD", "R": "BRL", "MX": "MXN",
}  # fmt: skip
_OTHER_DOLLARS = ("AUD", "CAD", "SGD", "HKD", "NZD", "TWD", "MXN")
_DOLLAR = re.compile(r"\b([A-Z]{1,3})\$")
_CODES = frozenset(
    [
        "EUR",
        "USD",
        "CHF",
        "GBP",
        "PLN",
        "CZK",
        "DKK",
        "SEK",
        "NOK",
        "HUF",
        "MYR",
        "INR",
        "AUD",
        "CAD",
        "SGD",
        "HKD",
        "NZD",
        "JPY",
        "CNY",
        "BRL",
        "ZAR",
        "AED",
        "RON",
        "BGN",
        "ISK",
        "ILS",
        "MXN",
        "THB",
        "KRW",
        "TWD",
    ]
)
_NAMES = {"Euro": "EUR", "EURO": "EUR", "Euros": "EUR", "euro": "EUR", "euros": "EUR", "SFr": "CHF",
          "Fr": "CHF", "Kč": "CZK", "Ft": "HUF", "RM": "MYR", "Rs": "INR", "Rs.": "INR"}  # fmt: skip


def choose_currency(document: DocumentText, source: Source) -> Fact | None:
    """The currency, None where none is named."""
    counts: Counter[str] = Counter()
    words = Counter(word.text for line in _to_the_sum(document) for word in line.words)
    for word, count in words.items():
        bare = word.strip("()[]:.,/*0123456789")
        if bare in _CODES:
            counts[bare] += 2 * count
        elif bare in _NAMES:
            counts[_NAMES[bare]] += 2 * count
        dollar = _DOLLAR.search(word)
        if dollar and dollar[1] in _DOLLARS:
            counts[_DOLLARS[dollar[1]]] += 2 * count
            continue
        for sign, code in _SIGNS.items():
            if sign in word:
                counts[code] += count
    dollars = [code for code in _OTHER_DOLLARS if counts[code]]
    if dollars and "USD" not in words:  # *SGD* in the heading says what *$* is
        counts[max(dollars, key=lambda code: counts[code])] += counts.pop("USD", 0)
    counts += Counter()
    if not counts:
        return None
    code, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return Fact(code, 0.5 + 0.47 * count / sum(counts.values()), source=source)


def _to_the_sum(document: DocumentText) -> Sequence[TextLine]:
    """The lines of the pages up to the last with a sum: prices of an offer behind it are another's."""
    summed = [
        line.line.page
        for line in document.lines
        if any(label.concept in _SUMS for label in line.labels)
    ]
    last = max(summed, default=None)
    return [line for line in document.lines if last is None or line.line.page <= last]
