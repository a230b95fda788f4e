"""The first and the last line of an address: where it begins and where it ends.

An address begins with a house number or a street more often than with the words of the seller's
name, and ends with a postcode and its town more often than with the name of a branch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contor.documents.address_spans import AddressSpan
from contor.documents.party_names import LEGAL_FORM

EDGE_EXTRAS = (
    "first_starts", "first_digits", "first_as_name", "last_as_name", "first_legal",
    "last_postcode", "any_postcode", "last_digits", "last_bracket", "first_length", "last_length",
)  # fmt: skip
_STARTS = re.compile(
    r"^(?:no\b|lot\b|\d|[a-z]?-?\d|unit|level|suite|block|blk|jalan|jln|ground)", re.IGNORECASE
)
_POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
_WORD = re.compile(r"[A-Z0-9]*[A-Z][A-Z0-9]*")


def edge_extras(spans: Sequence[AddressSpan], name: str) -> NDArray[np.float32]:
    """One row per run of lines; ``name`` is the seller's name as chosen."""
    named = set(_words(name))
    rows = [_edges(span, named) for span in spans]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(EDGE_EXTRAS))


def _edges(span: AddressSpan, named: set[str]) -> list[float]:
    first, last = span.cells[0].text, span.cells[-1].text
    return [
        float(bool(_STARTS.match(first))), _digits(first), _shared(first, named),
        _shared(last, named), float(bool(LEGAL_FORM.search(first))), float(bool(_POSTCODE.search(last))),
        float(bool(_POSTCODE.search(span.text))), _digits(last), float(last.startswith("(")),
        float(len(first)), float(len(last)),
    ]  # fmt: skip


def _words(text: str) -> list[str]:
    return _WORD.findall(text.upper())


def _shared(text: str, named: set[str]) -> float:
    """Share of the words that are words of the name; -1 where there is none."""
    words = _words(text)
    return sum(word in named for word in words) / len(words) if words else -1.0


def _digits(text: str) -> float:
    return sum(map(str.isdigit, text)) / max(1, len(text))
