"""Pages behind an invoice that hold terms and conditions: they say nothing of this invoice.

What they name (days to pay anybody, fees of a reminder, the day they were last changed) would else be
taken for what this paper asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contor.documents.document_text import DocumentText, TextLine
from contor.documents.identifiers import find_identifiers
from contor.documents.labels import fold

_TITLE = re.compile(
    r"\W*(?:\d\.? )?(?:(?:unsere |auszug aus (?:den|unseren) )?(?:allgemeinen? |besonderen? )?"
    r"(?:gescha(?:e)?fts|liefer|verkaufs|zahlungs|vertrags|auftrags|miet|nutzungs|leistungs|versand)(?:- und "
    r"(?:zahlungs|liefer|geschafts|verkaufs))?bedingungen|agb\b|widerrufsbelehrung|datenschutz\w*|"
    r"(?:our |the |general |standard )*terms (?:and|&) conditions|(?:general |standard )?terms of (?:service|sale|use|"
    r"business|trade)|general (?:terms|conditions)|conditions (?:of sale|generales)|cg[vu]\b|"
    r"condizioni (?:generali|di vendita|contrattuali|di fornitura)|informativa|privacy (?:policy|notice))"
)
_ROW = re.compile(r"\W*(?:[A-Z]{3} ?|[€$£] ?)?-?\d[\d.,' ]*[.,]\d\d\W*(?:[A-Z]{3}|[€$£])?\W*")
_LONGEST_TITLE = 90
_HEAD = 6
_SENTENCE = 6
"""Words of a line of prose."""
_PROSE = 0.3
_ROWS = 2


def terms_pages(document: DocumentText) -> frozenset[int]:
    """Numbers of the pages that are headed as terms and conditions, and of those they run on to.

    A page with a row that ends in an amount, or with a bank account or VAT-ID of its own, is none.
    """
    found: set[int] = set()
    pages = [page.number for page in document.layout.pages]
    before = set(_identifiers(document.by_page.get(pages[0], ()))) if pages else set()
    running = False
    for number in pages[1:]:
        lines = document.by_page.get(number, ())
        own = set(_identifiers(lines))
        titled = running or any(_is_title(line.text) for line in lines[:_HEAD])
        running = titled and _is_prose(lines) and own <= before
        if running:
            found.add(number)
        before |= own
    return frozenset(found)


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and _TITLE.match(fold(text)) is not None


def _is_prose(lines: Sequence[TextLine]) -> bool:
    """Whether a good part of the lines are sentences, and hardly any a row of a table."""
    cells = [[cell.text for cell in line.line.cells] for line in lines]
    rows = sum(len(row) > 1 and _ROW.fullmatch(row[-1]) is not None for row in cells)
    said = sum(max(len(cell.split()) for cell in row) >= _SENTENCE for row in cells)
    return rows < _ROWS and said >= _PROSE * len(cells) > 0


def _identifiers(lines: Sequence[TextLine]) -> list[str]:
    return [one.value for line in lines for one in find_identifiers(line.text) if one.kind != "bic"]
