"""Sheets beside an invoice in its file: general terms, mails, delivery notes, time sheets, copies.

What they name (days to pay anybody, the day a mail was sent, hours that look like amounts) would else be
taken for what the invoice says. A sheet counts where the others do not make an invoice without it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from contor.documents.document_text import DocumentText, TextLine
from contor.documents.identifiers import find_identifiers
from contor.documents.labels import fold

Lines = Sequence[TextLine]
_TERMS = re.compile(
    r"\W*(?:\d\.? )?(?:(?:unsere |auszug aus (?:den|unseren) )?(?:allgemeinen? |besonderen? )?"
    r"(?:gescha(?:e)?fts|liefer|verkaufs|zahlungs|vertrags|auftrags|miet|nutzungs|leistungs|versand)(?:- und "
    r"(?:zahlungs|liefer|geschafts|verkaufs))?bedingungen|agb\b|widerrufsbelehrung|datenschutz\w*|"
    r"(?:our |the |general |standard )*terms (?:and|&) conditions|(?:general |standard )?terms of (?:service|sale|use|"
    r"business|trade)|general (?:terms|conditions)|conditions (?:of sale|generales)|cg[vu]\b|"
    r"condizioni (?:generali|di vendita|contrattuali|di fornitura)|informativa|privacy (?:policy|notice))"
)
_BESIDE = re.compile(
    r"\W*(?:lieferschein|warenbegleitschein|packliste|packzettel|delivery (?:note|slip)|packing (?:list|slip)|"
    r"bon de livraison|bordereau de livraison|documento di trasporto|d\.?d\.?t\.?|bolla di consegna)"
    r"(?: (?:nr|no|n|number|nummer)?[.:°]* ?[\w/-]*\d[\w/-]*| zur? rechnung.*)?\W*"
)
_RECORD = re.compile(
    r"\W*(?:stunden(?:nachweis|zettel|ubersicht|aufstellung|bericht)|zeit(?:nachweis|erfassung|aufstellung)|"
    r"(?:tatigkeits|leistungs|arbeits)(?:nachweis|bericht)|einzelverbindungs(?:nachweis|ubersicht)|"
    r"verbindungs(?:nachweis|ubersicht)|time ?sheet|time (?:report|record)|call (?:details?|records?)|"
    r"itemi[sz]ed (?:calls|bill)|releve d'heures|feuille de temps|detail des (?:communications|appels)|"
    r"rapportino|dettaglio (?:chiamate|traffico))\b.{0,40}"
)
_SLIP = re.compile(
    r"\W*(?:remittance (?:advice|slip|stub)|payment (?:slip|stub|coupon|voucher)|zahlungsabschnitt|"
    r"coupon[- ]reponse|talon (?:de paiement|reponse)|(?:please )?detach (?:here|and return).*)\W*"
)
_MAIL = re.compile(
    r"(von|from|de|da|mittente)|(gesendet|sent|date|datum|envoye|inviato|data)|(an|to|a|destinatario)|"
    r"(betreff|subject|objet|oggetto)"
)
_ROW = re.compile(r"\W*(?:[A-Z]{3} ?|[€$£] ?)?-?\d[\d.,' ]*[.,]\d\d\W*(?:[A-Z]{3}|[€$£])?\W*")
_LONGEST_TITLE = 90
_HEAD, _MAIL_HEAD = 6, 12
_DIFFERING = 2
_FIGURES = re.compile(r"\d\D*\d")
"""More than the number of a page."""
_SENTENCE = 6
"""Words of a line of prose."""
_PROSE = 0.3
_ROWS = 2
_MAIL_LINES = 3
_SUMS = frozenset({"gross_total", "payable"})


def annexes(document: DocumentText) -> frozenset[int]:
    """Numbers of the pages that are no part of the invoice; none where no sum would be left.

    General terms, and the pages they run on to, stand behind it; a page with a bank account or VAT-ID
    of its own is none of them.
    """
    pages = [page.number for page in document.layout.pages]
    by_page = {number: document.by_page.get(number, ()) for number in pages}
    found = {number for number in pages if _is_mail(by_page[number])}
    found |= {number for number in pages[1:] if _is_beside(by_page[number])}
    found |= set(_terms(pages, by_page))
    found |= set(_copies(pages, by_page))
    if not found:
        return frozenset()
    left = (line for number in pages if number not in found for line in by_page[number])
    summed = any(label.concept in _SUMS for line in left for label in line.labels)
    return frozenset(found) if summed else frozenset()


def _terms(pages: Sequence[int], by_page: Mapping[int, Lines]) -> Iterator[int]:
    running = False
    for place, number in enumerate(pages[1:], 1):
        lines = by_page[number]
        titled = running or any(_heads(_TERMS, line.text) for line in lines[:_HEAD])
        running = titled and _is_prose(lines) and not _names_its_own(pages[:place], by_page, lines)
        if running:
            yield number


def _names_its_own(before: Sequence[int], by_page: Mapping[int, Lines], lines: Lines) -> bool:
    """Whether lines name a bank account or VAT-ID that no page before them does."""
    own = set(_identifiers(lines))
    known = (_identifiers(by_page[number]) for number in before)
    return bool(own) and not own.issubset(chain.from_iterable(known))


def _copies(pages: Sequence[int], by_page: Mapping[int, Lines]) -> Iterator[int]:
    """Pages that repeat an earlier one, but for a word (*Copy*) or the number of the page."""
    words = {n: Counter(word for line in by_page[n] for word in line.text.split()) for n in pages}
    for place, number in enumerate(pages):
        own = words[number]
        for other in pages[:place]:
            if abs(own.total() - words[other].total()) > _DIFFERING:
                continue
            differing = [*(own - words[other]).elements(), *(words[other] - own).elements()]
            if len(differing) <= _DIFFERING and not any(map(_FIGURES.search, differing)):
                yield number
                break


def _is_beside(lines: Lines) -> bool:
    """Whether a delivery note without prices, a slip to return, or a record of hours or calls."""
    for line in lines[:_HEAD]:
        for cell in line.line.cells:
            title = fold(cell.text)
            if _RECORD.fullmatch(title):
                return True
            if _SLIP.fullmatch(title):
                return not _identifiers(lines)
            if _BESIDE.fullmatch(title):
                return not any(_ends_in_amount(other) for other in lines)
    return False


def _is_mail(lines: Lines) -> bool:
    """Whether a mail as its programme prints it, that names no price."""
    heads = set()
    for line in lines[:_MAIL_HEAD]:
        head, colon, _ = fold(line.text).partition(":")
        match = _MAIL.fullmatch(head.strip()) if colon else None
        if match:
            heads.add(match.lastindex)
    return len(heads) >= _MAIL_LINES and not any(_ends_in_amount(line) for line in lines)


def _heads(title: re.Pattern[str], text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and title.match(fold(text)) is not None


def _is_prose(lines: Lines) -> bool:
    """Whether a good part of the lines are sentences, and hardly any a row of a table."""
    rows = sum(_ends_in_amount(line) for line in lines)
    longest = (max(len(cell.text.split()) for cell in line.line.cells) for line in lines)
    said = sum(words >= _SENTENCE for words in longest)
    return rows < _ROWS and said >= _PROSE * len(lines) > 0


def _ends_in_amount(line: TextLine) -> bool:
    cells = line.line.cells
    return len(cells) > 1 and _ROW.fullmatch(cells[-1].text) is not None


def _identifiers(lines: Lines) -> list[str]:
    return [one.value for line in lines for one in find_identifiers(line.text) if one.kind != "bic"]
