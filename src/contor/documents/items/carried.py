"""Sums carried from page to page: *Übertrag*, *Carried forward*, *À reporter*, *Riporto* are no lines."""

from __future__ import annotations

import re

from contor.documents.document_text import TextLine
from contor.documents.labels import fold

_CARRIED = re.compile(
    r"(?:zwischensumme )?(?:ubertrag|uebertrag)(?: (?:von|auf|aus)\b.*)?|zu ubertragen|"
    r"(?:sub-?total |total |balance |amount )?(?:carried|brought)[ -](?:forward|over|down)|[cb]/f(?:wd)?|"
    r"(?:sous-total |total )?(?:a )?report(?:er)?(?: (?:de|page)\b.*)?|montant reporte|"
    r"(?:subtotale |totale )?(?:a )?riport(?:o|are)(?: (?:da|pag)\b.*)?"
)


def is_carried(line: TextLine) -> bool:
    """Whether the first words of a row say that its amount is the sum of the rows before.

    >>> from contor.documents.document_text import document_text
    >>> from contor.documents.page import Page, Word
    >>> words = (Word("Übertrag", 10, 10, 60, 20), Word("660,30", 290, 10, 320, 20))
    >>> is_carried(document_text([Page(1, 600, 800, words)]).lines[0])
    True
    """
    for cell in line.line.cells:
        text = fold(cell.text).strip(" .:…")
        if any(sign.isalpha() for sign in text):
            return bool(_CARRIED.fullmatch(re.sub(r"[\s.:]*[\d.,' ]+\s?(?:€|eur|chf)?$", "", text)))
    return False
