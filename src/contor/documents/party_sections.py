"""Sections that a label opens: *Verkäufer:*, *Bill to*, *Käufer/Leistungsempfänger*.

What stands below such a label in its column belongs to that party: the name, the address, the
VAT-ID; numbers in front of the name (*Nummer: GE2020211*) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from contor.documents.address_blocks import Block, block_of, names_street
from contor.documents.block_heads import first_name, is_particular
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.labelled_values import is_label
from contor.documents.layout import Cell
from contor.documents.page import Word, hull
from contor.documents.party_headings import Section
from contor.documents.towns import has_postcode, town_among

_NAME = re.compile(
    r"^(?:name|firma|company|nom|nome|ragione sociale|denominazione)\s*:?$", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?:nummer|number|kennung|gln|gtin|handelsname|\bnr\b|\bno\b|\bid\b|kd\b|lief-?nr)[\s.]*:?|^:|^[\d\s:.-]+$|"
    r"\b(?:iban|bic|swift|vat|ust|tax|tva|p\.? ?iva|uid)\b.*\d|^(?:seite|page|pag\.|pagina|blatt)\s?\d",
    re.IGNORECASE,
)
_SKIPPED = re.compile(
    r"^(?:anschrift|adresse|address|indirizzo|ansprechpartner|abteilung|contact)\s*:?$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:tel|fax|e-?mail|ust|vat|tva|(?:umsatz)?steuer-?(?:n|i)|iban|www|siret|p\.? ?iva|partita iva|codice fiscale)|@|\d[.,]\d{2}$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"^(?:attention|attn\.?|att\.?|name|firma|company|nom|nome|ragione sociale|denominazione)?\s?:\s*(?=\S)",
    re.IGNORECASE,
)
"""What may stand before a name in its own cell."""
_FLUSH = 4.0
_INDENT = 12.0
_LONGEST = 8
_VALUE = re.compile(r"[^:]{3,40}:\s*\S*\d")
"""A label with its value (*Angebot: AG-77120*): nobody's name."""
_STREET = re.compile(
    r"\d|[^,]{3,40} \d{1,4}\s?[a-z]?(?:,| [–-]|$)|p\.?\s?o\.?\s?box|postfach|bo[iî]te postale",
    re.IGNORECASE,
)
_APART = 1.8
_GAP, _GAPS = 30.0, 2.5
"""Points, or heights on a large picture, between two lines of one address."""
_FAR = 5.0
"""How many lines below its label a party's name begins at most."""
_ADDRESS = 3
_AMOUNT = re.compile(r"\d[.,]\d\d")


def section_blocks(document: DocumentText, sections: Sequence[Section]) -> list[Block]:
    """The party under each section's label."""
    blocks = []
    for section in sections:
        block = _block(document, section)
        if block:
            blocks.append(block)
    return blocks


def _block(document: DocumentText, section: Section) -> Block | None:
    cells: list[Cell] = []
    own = document.lines[section.line]
    inline = _inline(own, section)
    form = None if inline else _in_form(document, own, section)
    margin, inline = section.x0, inline or form
    if inline:
        section = replace(section, x0=inline.x0, x1=inline.x1)
        cells.append(inline)
    section = replace(section, flush_right=_is_flush_right(document, section))
    beside = [cell for cell in own.line.cells if cell.x0 > section.x1]
    seen = inline
    for line in document.lines[section.line + 1 : section.line + 1 + _LONGEST]:
        if line.line.page != section.page:
            break
        cell = _in_column(line, section) or _goes_on(line, cells)
        if cell is None:
            continue
        if form and _is_other_row(line, margin):
            break
        gap = max(_GAP, _GAPS * (cell.y1 - cell.y0))
        if any(abs(cell.y0 - other.y1) > gap for other in cells[-1:]):
            break
        if not cells and is_label(line, cell.index) and len(line.line.cells) > 2:
            break  # the head of a table
        if not cells and not seen and cell.y0 - own.line.y1 > _FAR * (cell.y1 - cell.y0):
            break
        if not cells and _has_value(line, cell) and not _is_passed_over(cell, cells):
            break  # the next label, with its value beside it
        if not cells and seen and cell.y0 - seen.y1 > _APART * (cell.y1 - cell.y0):
            break  # a customer's number stood alone under its heading
        if not cells and _VALUE.match(cell.text) and not _is_passed_over(cell, cells):
            break
        seen = cell
        if cells and is_particular(cell.text) and not _has_town(cells):
            continue  # SIRET between the name and the street
        if _is_passed_over(cell, cells):
            if cells and _ENDS.search(cell.text):
                break
            continue
        if cells and _ENDS.search(cell.text):
            break
        cells.append(cell)
    named = len(beside) == 1 and re.search(r"[^\W\d_]{3}", beside[0].text)
    if not cells and named and not is_label(own, beside[0].index):
        cells = beside
    return _made(cells, section) if cells else None


def _has_town(cells: Sequence[Cell]) -> bool:
    return any(has_postcode(cell.text) for cell in cells)


def _has_value(line: TextLine, label: Cell) -> bool:
    """Whether *Customer VAT:* or *Total* has something beside it, and is no line of an address."""
    beside = line.line.cells[label.index + 1 : label.index + 2]
    told = label.text.endswith(":") or any(re.search(r"\d", cell.text) for cell in beside)
    return told and bool(beside) and is_label(line, label.index)


def _inline(line: TextLine, section: Section) -> Cell | None:
    """The name that follows the label in its own cell (*Sold by: Acme Ltd.*)."""
    cell = next((cell for cell in line.line.cells if cell.x0 == section.x0), None)
    colon = (
        next((i for i, w in enumerate(cell.words) if w.text.endswith(":")), None) if cell else None
    )
    if cell is None or colon is None or colon + 1 == len(cell.words):
        return None
    words = _without_street(cell.words[colon + 1 :])
    name = Cell(words, cell.page, cell.line, cell.index, *hull(words))
    return name if re.search(r"[^\W\d_]{3}", name.text) and not _ENDS.search(name.text) else None


def _in_form(document: DocumentText, line: TextLine, section: Section) -> Cell | None:
    """The name beside *Seller:* where another label stands below that one, as in a form."""
    cells = line.line.cells
    label = next((cell for cell in cells if cell.x0 == section.x0), None)
    if label is None or label.index + 1 == len(cells):
        return None
    name = cells[label.index + 1]
    below = document.lines[section.line + 1 : section.line + 2]
    in_form = name.text.startswith(":") or any(
        cell.text.endswith(":") and abs(cell.x0 - label.x0) < _INDENT
        for lower in below
        for cell in lower.line.cells
    )
    worded = re.search(r"[^\W\d_]{3}", name.text) and not _ENDS.search(name.text)
    return name if in_form and worded and not is_label(line, name.index) else None


def _is_other_row(line: TextLine, margin: float) -> bool:
    """Whether a row of a form says something else than the address: *E-Mail:*, *Subject:*."""
    labels = [cell for cell in line.line.cells if abs(cell.x0 - margin) < _FLUSH]
    return any(
        cell.text.endswith(":") and not _SKIPPED.match(cell.text) and not _NAME.match(cell.text)
        for cell in labels
    )


def _without_street(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """A name without the address that follows its comma (*Acme Corp., PO Box 7710, Austin*)."""
    for index in range(1, len(words)):
        rest = " ".join(word.text for word in words[index:])
        if words[index - 1].text.endswith(",") and _STREET.match(rest):
            return words[:index]
    return words


def _in_column(line: TextLine, section: Section) -> Cell | None:
    """The cell below the label; the value beside *Name:* or *Anschrift:*."""
    for index, cell in enumerate(line.line.cells):
        if -6 < cell.x0 - section.x0 < max(12.0, 2.2 * (cell.y1 - cell.y0)):
            if (_NAME.match(cell.text) or _SKIPPED.match(cell.text)) and index + 1 < len(
                line.line.cells
            ):
                return None if "contact" in cell.text.lower() else line.line.cells[index + 1]
            return cell
    if not section.flush_right:
        return None
    return next((cell for cell in line.line.cells if abs(cell.x1 - section.x1) < _FLUSH), None)


def _goes_on(line: TextLine, cells: Sequence[Cell]) -> Cell | None:
    """The town below a street that stood beside its label (*Anschrift:*)."""
    first = line.line.cells[0]
    return first if cells and abs(first.x0 - cells[-1].x0) < _FLUSH else None


def _is_flush_right(document: DocumentText, section: Section) -> bool:
    """Whether what stands below a label ends where the label ends: name, street and town at least."""
    ends = [
        cell
        for line in document.lines[section.line + 1 : section.line + 1 + _ADDRESS]
        for cell in line.line.cells
        if line.line.page == section.page and abs(cell.x1 - section.x1) < _FLUSH
    ]
    lefts = {round(x0 / _FLUSH) for x0 in (section.x0, *(cell.x0 for cell in ends))}
    ragged = len(lefts) == len(ends) + 1
    worded = not any(":" in cell.text or _AMOUNT.search(cell.text) for cell in ends)
    return len(ends) == _ADDRESS and ragged and worded


def _is_passed_over(cell: Cell, cells: Sequence[Cell]) -> bool:
    if not cells:
        digits = sum(c.isdigit() for c in cell.text)
        few_letters = not re.search(r"[^\W\d_]{2}", cell.text) or digits > 0.6 * len(cell.text)
        return few_letters or bool(_NUMBER.search(cell.text)) or cell.text.startswith("(")
    return bool(re.search(r"^(?:globale )?(?:nummer|gln)", cell.text, re.IGNORECASE))


def _one_cell(cell: Cell, section: Section) -> Block:
    """Name and address in one cell (*Acme GmbH, Hauptstr. 1, 10115 Berlin*), or a name alone."""
    name = _without_street(cell.words)
    rest = cell.words[len(name) :]
    return Block(
        _CALLED.sub("", " ".join(word.text for word in name)).rstrip(" ,;"),
        hull(name),
        " ".join(word.text for word in rest),
        hull(rest or cell.words),
        section.page,
        cell.line,
        cell.line,
        labels=frozenset({section.role}),
    )


def _made(cells: Sequence[Cell], section: Section) -> Block:
    cells = cells[first_name([cell.text for cell in cells]) :]
    if len(cells) == 1 or len(_without_street(cells[0].words)) < len(cells[0].words):
        return _one_cell(cells[0], section)
    rest = list(cells[1:])
    town = town_among([cell.text for cell in rest])
    rest = rest[: town + 1] if town is not None else rest[:3]
    street = next((i for i, cell in enumerate(rest) if names_street(cell.text)), 0)
    rest = rest[street:]  # below a person or a department
    called = _CALLED.sub("", cells[0].text).rstrip(" ,;")
    return block_of(cells[0], rest, called, frozenset({section.role}))
