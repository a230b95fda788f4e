"""Dates that a letter's head makes the date of issue, and dates that only a sentence mentions.

*Hamburg, den 15. Dezember 2025* and *du 3 mars 2026* right below *Facture n° 12* date the paper;
*Règlement par prélèvement le 2 avril 2026* dates something else.
"""

from __future__ import annotations

import re

from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText
from contor.documents.labels import fold

_PLACE = re.compile(r"[A-ZÄÖÜ][^\W\d_]+(?:[ -][^\W\d_]+){0,3}, (?:(?:den|am|le|il|li),? )?")
_PARTICLE = re.compile(r"(?:du|le|vom|del|dated|of|van|fecha)\s*")
_SAID = re.compile(r"([^\W\d_]+)\s+(?:le|del)\s*$")
_ISSUES = re.compile(
    r"facture|emise?|faite?|etablie?|editee?|date|fattura|parcella|notula|documento|credito|ricevuta|fatt|"
    r"avoir|emess[ao]|proforma"
)
_OF_A_LAW = re.compile(
    r"\b(?:legge|d\. ?l(?:gs)?\.|d\. ?p\. ?r\.|decreto|loi|decret|gesetz(?:es)?|verordnung|directive|direttiva|richtlinie)"
    r"\b.{0,30}$"
)
_TITLES = frozenset({"invoice_word", "number"})
_FLUSH = 4.0
_ROWS = 2


def heads_paper(document: DocumentText, candidate: Candidate) -> bool:
    """Whether a date follows the place in a letter's head, or the number of the invoice above it."""
    line = document.lines[candidate.line]
    before = line.text[: candidate.start].rsplit("\t", 1)[-1]
    return bool(_PLACE.fullmatch(before)) or _under_number(document, candidate, before)


def _under_number(document: DocumentText, candidate: Candidate, before: str) -> bool:
    """Whether *du 3 mars 2026* stands alone under the title or the number, flush with it."""
    line = document.lines[candidate.line]
    cell = line.line.cells[line.cell_at(candidate.start)]
    if not _PARTICLE.fullmatch(fold(before)) or not cell.text.endswith(candidate.text):
        return False
    for upper in document.above(line, _ROWS):
        for label in upper.labels:
            other = upper.line.cells[upper.cell_at(label.start)]
            flush = abs(other.x0 - cell.x0) < _FLUSH or abs(other.x1 - cell.x1) < _FLUSH
            if label.concept in _TITLES and flush:
                return True
    return False


def in_sentence(document: DocumentText, candidate: Candidate) -> bool:
    """Whether only *le* or *del* in a running sentence stands before a date: no word for its issue.

    *Facture émise le …* and *fattura n. 7 del …* say that it is; *prélèvement le …* does not, nor does
    the day of a law: *legge n. 190 del 23 dicembre 2014*.
    """
    line = document.lines[candidate.line]
    before = fold(line.text[: candidate.start].rsplit("\t", 1)[-1])
    if _OF_A_LAW.search(before):
        return True
    match = _SAID.search(before)
    return bool(match) and not _ISSUES.fullmatch(match[1] if match else "")
