"""The currency of a document: the one named most often, by code or sign."""

from __future__ import annotations

from collections import Counter

from contor.documents.document_text import DocumentText
from contor.documents.page import Source
from contor.documents.reading import Fact

_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "zł": "PLN"}
_CODES = ("EUR", "USD", "CHF", "GBP", "PLN", "CZK", "DKK", "SEK", "NOK", "HUF", "MYR", "INR")


def choose_currency(document: DocumentText, source: Source) -> Fact | None:
    """The currency, None where none is named."""
    counts: Counter[str] = Counter()
    words = Counter(word.text for line in document.lines for word in line.words)
    for word, count in words.items():
        bare = word.strip("()[]:.,/*0123456789")
        if bare in _CODES:
            counts[bare] += 2 * count
        elif bare in {"RM", "Rs", "Rs."}:
            counts["MYR" if bare == "RM" else "INR"] += 2 * count
        for sign, code in _SIGNS.items():
            if sign in word:
                counts[code] += count
    counts += Counter()
    if not counts:
        return None
    code, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return Fact(code, 0.5 + 0.47 * count / sum(counts.values()), source=source)
