"""What kind of document is booked: invoice, credit note or receipt; other where it does not say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contor.documents.labels import fold
from contor.documents.reading import Kind

_AFTER = (
    r"(?=\s*:|[\W\d]*(?:$|(?:n[ror]?|num\w*|id|date|datum|data|vom|zur?|uber|fur|for|from|on|to|pour|sur|"
    r"per|a|su|d[eu]l?|eur|chf|usd|rm)\b))"
)
"""What follows the word in a title or a label: its number, its date, or what it is about."""
_CREDIT_NOTE = re.compile(
    r"\b(?:gutschrift(?:s?(?:nummer|datum|nr))?|rechnungskorrektur|stornorechnung|storno|stornierung|credit (?:note|memo(?:randum)?|number|no|date)|credit(?= #)|"
    r"(?:facture d.)?avoir|nota (?:di )?(?:ac)?credito|note de credit|kreditnota)\b"
)
_INVOICE = re.compile(
    r"\b(?:\w*rechnung(?:snummer|sdatum|s)?|invoice|facture|fattura|parcella|notula|note d.honoraires|\w*honorarnote|faktura|factuur|factura)\b"
)
_OF_AN_INVOICE = re.compile(
    r" (?:zur?|der|for|to|on|sur|de|su|per|di) (?:rechnung|invoice|facture|fattura)\b"
)
"""What a credit note's title goes on with."""
_NAMED: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("credit_note", _CREDIT_NOTE),
    ("invoice", _INVOICE),
)
_RECEIPT = re.compile(
    r"(?:(?:your|official|original|duplicate|copy of|payment|sales?|cash|order|purchase|donation|"
    r"rent(?:al)?|e-?|digital|electronic|transaction|customer|ihre?|votre|vostra|la|il)[ -]*){0,3}"
    r"(?:receipt|\w*quittung|kassenbon|kassen(?:beleg|zettel)|recu|quittance|ticket de caisse|"
    r"ricevuta|scontrino|documento commerciale|cash (?:bill|sale)|cashier|kassierer|"
    r"(?:online|handy)-?ticket|\w*fahrkarte|fahrschein|fahrausweis)"
    r"(?: (?:fiscale?|d[ie] (?:pagamento|locazione|affitto|paiement|loyer|caisse|vendita)|of payment))?"
    rf"{_AFTER}|"
    r"(?:change(?: (?:due|amt|amount|given))?|ruckgeld)[\W\d]*(?:(?:eur|chf|usd|rm)[\W\d]*)?$"
)
"""The title of a receipt, or a label that only tills print, from the beginning of a cell on."""
_FOLLOWED = re.compile(_AFTER)
_WHOLE_LABEL = ("nummer", "nr", "datum")
"""How a word ends that is a label by itself: *Gutschriftnummer*."""
_SLIP = re.compile(
    r"\b(?:receipt|\w*quittung|documento commerciale|ticket de caisse|kassenbon|kassenbeleg|"
    r"bon|cash bill|scontrino|ticket|recu|cash sale|cashier|kassierer|change|ruckgeld)\b"
)
"""What stands anywhere on the roll of a till."""
TALL = 1.25
"""Times the usual height: a title."""
_SELF_BILLED = re.compile(
    r"selbst ?ausgestellte rechnung|self[- ]?bill|gutschriftverfahren|autofactur|autofattur"
)
_NUMBERED = re.compile(r"\b(?:numero|nr|no|n|nummer|number|belegnummer)\b")
_DATED = re.compile(r"\b(?:data|datum|date|belegdatum)\b")
_TITLE = 60
_REST, _BEGUN = 14, 3
"""Letters that a title has besides its word, and before it."""
_CORRECTION = re.compile(
    r"\b(?:\w*rechnungskorrektur|korrekturrechnung|korrigierte rechnung|storno\w*|"
    r"corrected invoice|correction invoice|invoice correction|facture rectificative|"
    r"facture d annulation|fattura rettificativa|fattura di rettifica|factura rectificativa)\b"
)


def kind_of(lines: Sequence[tuple[str, float]], *, narrow: bool = False) -> Kind:
    """Kind of a document from its lines and their heights (titles are tall); ``narrow``: a till roll.

    Titles and labels say it. A sentence names credit notes and receipts that are none (*please send
    the receipt to*), so there only the word invoice counts, and little.

    >>> kind_of([("Acme GmbH", 10.0), ("Gutschrift Nr. 4", 14.0), ("zur Rechnung 3", 10.0)])
    'credit_note'
    >>> kind_of([("TAX INVOICE", 10.0), ("CASH 10.00", 10.0), ("CHANGE 1.00", 10.0)], narrow=True)
    'receipt'
    >>> kind_of([("Payment receipt", 10.0)]), kind_of([("Prices are subject to change.", 10.0)])
    ('receipt', 'other')
    """
    scores: dict[Kind, float] = {}
    usual = usual_height(lines)
    for index, (text, height) in enumerate(lines[:60]):
        tall = height > TALL * usual or _is_row_of_title(lines, index)
        for kind, weight in _spoken_for(fold(text), tall=tall, narrow=narrow):
            scores[kind] = max(scores.get(kind, 0.0), weight * (1.0 - index / 150))
    if not scores:
        return "receipt" if narrow else "other"
    best = max(scores, key=lambda kind: scores[kind])
    if best == "credit_note" and any(_SELF_BILLED.search(fold(text)) for text, _ in lines[:12]):
        # The German VAT act calls the invoice that the buyer writes a Gutschrift, too (§ 14 (2)).
        return "invoice"
    if best == "invoice" and (narrow and "receipt" in scores):
        return "receipt"
    return best


def _is_row_of_title(lines: Sequence[tuple[str, float]], index: int) -> bool:
    """Whether *NOTA DI CREDITO* stands in a cell under the heads of number and date."""
    first = fold(lines[index][0]).split("\t", 1)[0].strip(" .:")
    heads = fold(lines[index - 1][0]) if index else ""
    return bool(_CREDIT_NOTE.fullmatch(first) and _NUMBERED.search(heads) and _DATED.search(heads))


def _spoken_for(text: str, *, tall: bool, narrow: bool) -> Iterator[tuple[Kind, float]]:
    """The kinds that a line (folded) speaks for, and how much."""
    for kind, pattern in _NAMED:
        match = pattern.search(text)
        if match:
            whose = _OF_AN_INVOICE.match(text, match.end())
            end = whose.end() if whose else match.end()
            titled = tall or len(text) < end - match.start() + _REST
            starts = match.start() - (text.rfind("\t", 0, match.start()) + 1) < _BEGUN
            whole = match[0].endswith(_WHOLE_LABEL)
            labelled = starts and (whole or _FOLLOWED.match(text, match.end()))
            if titled or labelled or kind == "invoice":
                # "Rechnung" also stands in the labels of credit notes.
                known = 1.3 if kind == "credit_note" and titled else 1.0
                yield kind, known * (3.0 if titled else 1.0) * (1.2 if starts else 0.6)
    if narrow and _SLIP.search(text):
        yield "receipt", 1.0
    for cell in text.split("\t"):
        match = _RECEIPT.match(cell.strip())
        if match:
            yield "receipt", 1.2 * (3.0 if tall or len(cell) < len(match[0]) + _REST else 1.0)


def usual_height(lines: Sequence[tuple[str, float]]) -> float:
    """The height that half of the lines do not exceed."""
    return sorted(height for _, height in lines)[len(lines) // 2] if lines else 1.0


def is_correction(lines: Sequence[tuple[str, float]]) -> bool:
    """Whether the title says corrected or cancelled invoice (type 384), not credit note (381).

    >>> is_correction([("Stornorechnung Nr. 7", 14.0)]), is_correction([("Gutschrift", 14.0)])
    (True, False)
    """
    return any(_CORRECTION.search(fold(text)) for text, _ in lines[:12] if len(text) < _TITLE)
