"""Headings of parties: *Verkäufer:*, *Bill to*, *Von | An*, and whose section a place belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contor.documents.document_text import DocumentText, PlacedLabel, TextLine
from contor.documents.labels import fold
from contor.documents.layout import Cell

_ROLES = ("seller_label", "buyer_label", "ship_label")
_BOTH_TONGUES = 6
_ALSO_NUMBERS = frozenset({"kunde", "kunden", "client", "customer", "cliente", "klant", "debitor"})
_ONLY_NUMBER = re.compile(r":?\s*[A-Z]{0,3}[-.]?\d[\d ./-]*")
_RECIPIENT = frozenset({"empfanger", "empfaenger", "recipient", "destinataire", "destinatario"})
_FLUSH = 4.0
_LONGEST = 8
_HEADINGS = {
    "to": "buyer_label", "from": "seller_label", "von": "seller_label", "for": "buyer_label",
    "an": "buyer_label", "de": "seller_label", "da": "seller_label", "fattura a": "buyer_label",
    "a": "buyer_label", "company": "seller_label",
}  # fmt: skip
"""Words that head a party's block only where they stand alone; *DE* is a country."""
_IN_PAIRS = frozenset({"company"})
"""Only beside the other party's heading: *Company | Client*."""
_SHORTEST = 2
_REACH = 14
_LOWEST = 0.35
"""How far below its label, as a share of the page, a section reaches."""
_WIDEST = 0.42
"""How far right of its label, as a share of the page, a section reaches."""


@dataclass(frozen=True, slots=True)
class Section:
    """A label that opens a party's section, with its place."""

    role: str
    page: int
    line: int
    x0: float
    x1: float
    flush_right: bool = False


def find_sections(document: DocumentText) -> list[Section]:
    """Labels that fill their cell, or end with a colon."""
    found: list[Section] = []
    for index, line in enumerate(document.lines):
        for label in line.labels:
            if label.concept in _ROLES:
                cell = line.line.cells[line.cell_at(label.start)]
                if _fills(line, label, cell) and not _heads_number(line, cell):
                    role = "seller_label" if _is_payee(document, cell) else label.concept
                    found.append(Section(role, cell.page, index, cell.x0, cell.x1))
        found.extend(_headings(line, {section.role for section in found if section.line == index}))
    return found


def _headings(line: TextLine, labelled: set[str]) -> Iterator[Section]:
    """Words of one or two letters head a party, too, where the other's heading stands beside them."""
    heads = [(fold(cell.text).strip(" :,"), cell) for cell in line.line.cells]
    heads = [(word, cell) for word, cell in heads if word in _HEADINGS]
    both = len({*labelled, *(_HEADINGS[word] for word, _ in heads)}) > 1
    for word, cell in heads:
        text = cell.text
        plain = text[:1].isupper() and text[1:].islower() and len(text) > _SHORTEST
        if both or (word not in _IN_PAIRS and (plain or text.endswith(":"))):
            yield Section(_HEADINGS[word], cell.page, cell.line, cell.x0, cell.x1)


def _is_payee(document: DocumentText, cell: Cell) -> bool:
    """Whether *Empfänger* is who gets the money: an IBAN follows in its column."""
    if fold(cell.text).split(":")[0].strip() not in _RECIPIENT:
        return False
    return any(
        label.concept == "bank" and abs(label.x0 - cell.x0) < _FLUSH and line.line.page == cell.page
        for line in document.lines[cell.line + 1 : cell.line + 1 + _LONGEST]
        for label in line.labels
    )


def _heads_number(line: TextLine, cell: Cell) -> bool:
    """Whether *Kunde* has the customer's number beside it: then it heads nobody's address."""
    beside = line.line.cells[cell.index + 1 : cell.index + 2]
    bare = fold(cell.text).strip(" :.") in _ALSO_NUMBERS
    return bare and any(_ONLY_NUMBER.fullmatch(other.text) for other in beside)


def _fills(line: TextLine, label: PlacedLabel, cell: Cell) -> bool:
    text = cell.text.strip(" :")
    if "/" in text and label.concept in _ROLES:
        # A form in two languages: *Sprzedawca / Seller*.
        said = fold(line.text[label.start : label.end])
        if len(text.split()) <= _BOTH_TONGUES and said in re.split(r"\s*/\s*", fold(text)):
            return True
    covered = label.end - label.start
    starts = abs(label.x0 - cell.x0) < 2
    return starts and (covered >= 0.75 * len(text) or line.text[label.end :].lstrip()[:1] == ":")


def role_at(
    document: DocumentText, sections: Sequence[Section], line: int, x0: float
) -> str | None:
    """The role of the section that a place belongs to, None above all of them."""
    page = document.lines[line].line.page
    width = _WIDEST * document.layout.page(page).width
    height = _LOWEST * document.layout.page(page).height
    above = [
        section
        for section in sections
        if section.page == page
        and 0 < line - section.line < _REACH
        and document.lines[line].line.y0 - document.lines[section.line].line.y1 < height
        and x0 - width < section.x0 < x0 + 12
    ]
    if not above:
        return None
    last = max(section.line for section in above)
    near = [section for section in above if last - section.line < 3]
    return min(near, key=lambda section: abs(section.x0 - x0)).role
