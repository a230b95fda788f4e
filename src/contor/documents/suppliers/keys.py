"""Whose paper it is: what on a page tells a supplier, and how alike two papers are.

Identifiers (VAT-ID, IBAN, tax number) are sure; names, web domains, telephone and register numbers
are hints that the paper's own words must back up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from zlib import crc32

from rapidfuzz import fuzz

from contor.documents.dates.printed import find_dates
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.identifiers import find_identifiers
from contor.documents.labels import fold
from contor.documents.layout import Cell
from contor.documents.name_candidates import clean_name
from contor.documents.suppliers.memory import squeeze

_DOMAIN = re.compile(r"(?:www\.|@|https?://)((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d(?:[\d\s./()-]{5,}\d)")
_WORD = re.compile(r"[^\W\d_]{3,}")
_HEAD_LINES = 14
_FOOT_LINES = 10
_MOST_KEYS = 60
_MOST_WORDS = 240
_MOST_LEARNT = 40
_LEAST_DIGITS = 7
_SHORTEST_NAME = 4
_OWN_NAME = 85.0
_SURE = {"vat_id": "vat", "iban": "iban", "tax_number": "tax"}
_OF_SELLER = {"seller_vat_id": "vat", "seller_iban": "iban", "seller_tax_number": "tax"}


def keys_on(document: DocumentText) -> tuple[str, ...]:
    """Everything on the pages by which a supplier may be known, sorted.

    >>> from contor.documents.document_text import document_text
    >>> from contor.documents.page import Page, Word
    >>> words = (Word("Acme", 10, 10, 40, 20), Word("GmbH", 43, 10, 70, 20),
    ...          Word("DE812871812", 10, 30, 80, 40))
    >>> keys_on(document_text([Page(1, 600, 800, words)]))
    ('name:ACMEGMBH', 'no:812871812', 'vat:DE812871812')
    """
    found: dict[str, None] = {}
    for line in document.lines:
        for identifier in find_identifiers(line.text):
            if identifier.kind in _SURE and identifier.valid:
                found[f"{_SURE[identifier.kind]}:{_compact(identifier.value)}"] = None
    for line in _edges(document):
        for key in _hints(line):
            found.setdefault(key)
    return tuple(sorted(islice(found, _MOST_KEYS)))


def keys_of_seller(
    document: DocumentText, values: Mapping[str, str], names: Iterable[str] = (), own: str = ""
) -> tuple[str, ...]:
    """The keys to remember a supplier by: confirmed identifiers, names, and the paper's hints.

    ``names`` are those the paper prints, where people spell the supplier otherwise. The buyer's
    ``own`` name, VAT-ID and bank account stand on every supplier's paper and are no keys.
    """
    keys = [
        f"{kind}:{_compact(values[name])}" for name, kind in _OF_SELLER.items() if values.get(name)
    ]
    for name in (values.get("seller_name", ""), *names):
        if fuzz.ratio(squeeze(name), squeeze(own)) < _OWN_NAME:
            keys += _name(name)
    hints = [key for key in keys_on(document) if key.startswith(("domain:", "no:"))]
    return tuple(dict.fromkeys([*keys, *hints]))[:_MOST_LEARNT]


def words_of_paper(document: DocumentText) -> tuple[int, ...]:
    """The words of the first page that are no figures, as numbers: what the paper looks like."""
    first = document.layout.pages[0].number if document.layout.pages else 1
    words = {
        crc32(word.encode()) & 0xFFFF
        for line in document.lines
        if line.line.page == first
        for word in _WORD.findall(fold(line.text))
    }
    return tuple(sorted(words)[:_MOST_WORDS])


def alike(words: Iterable[int], others: Iterable[int]) -> float:
    """Share of the words of the shorter paper that stand on the other one, too.

    >>> alike((1, 2, 3), (2, 3, 4, 5)), alike((), (1,))
    (0.6666666666666666, 0.0)
    """
    left, right = set(words), set(others)
    least = min(len(left), len(right))
    return len(left & right) / least if least else 0.0


def is_sure(key: str) -> bool:
    """Whether a key names one business and nobody else."""
    return key.startswith(("vat:", "iban:", "tax:"))


def _edges(document: DocumentText) -> Sequence[TextLine]:
    """The head and the foot of the first page, where letterheads stand."""
    if not document.layout.pages:
        return ()
    lines = document.by_page.get(document.layout.pages[0].number, ())
    if len(lines) <= _HEAD_LINES + _FOOT_LINES:
        return lines
    return (*lines[:_HEAD_LINES], *lines[-_FOOT_LINES:])


def _hints(line: TextLine) -> Iterable[str]:
    for match in _DOMAIN.finditer(line.text):
        yield f"domain:{fold(match[1])}"
    for match in _LONG_NUMBER.finditer(line.text):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) >= _LEAST_DIGITS and not find_dates(match[0], "dmy"):
            yield f"no:{digits}"
    cells = line.line.cells
    for cell in cells:
        yield from _name(cell.text)
    if 2 <= len(cells) <= 3:
        yield from _name(" ".join(map(_text, cells)))


def _text(cell: Cell) -> str:
    return cell.text


def _name(text: str) -> Iterable[str]:
    name = squeeze(clean_name(text))
    if _SHORTEST_NAME <= len(name) <= 60 and not name.isdigit():
        yield f"name:{name}"


def _compact(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())
