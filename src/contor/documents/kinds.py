"""What kind of document is booked: invoice, credit note or receipt; other where it does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contor.documents.labels import fold
from contor.documents.reading import Kind

_WORDINGS: tuple[tuple[Kind, str], ...] = (
    (
        "credit_note",
        (
            r"\b(?:gutschrift|rechnungskorrektur|stornorechnung|storno|credit note|credit memo|avoir|"
            r"nota di credito|note de credit|kreditnota)\b"
        ),
    ),
    (
        "invoice",
        r"\b(?:\w*rechnung(?:snummer|sdatum|s)?|invoice|facture|fattura|parcella|faktura|factuur|factura)\b",
    ),
    (
        "receipt",
        (
            r"\b(?:receipt|\w*quittung|documento commerciale|ticket de caisse|kassenbon|kassenbeleg|"
            r"bon|cash bill|scontrino|ticket|recu|"
            r"cash sale|cashier|kassierer|change|ruckgeld)\b"
        ),
    ),
)
_TALL = 1.25
_SELF_BILLED = re.compile(
    r"selbst ?ausgestellte rechnung|self[- ]?bill|gutschriftverfahren|autofactur|autofattur"
)
_TITLE = 60
_CORRECTION = re.compile(
    r"\b(?:\w*rechnungskorrektur|korrekturrechnung|korrigierte rechnung|storno\w*|"
    r"corrected invoice|correction invoice|invoice correction|facture rectificative|"
    r"facture d annulation|fattura rettificativa|fattura di rettifica|factura rectificativa)\b"
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _WORDINGS)


def kind_of(lines: Sequence[tuple[str, float]], *, narrow: bool = False) -> Kind:
    """Kind of a document from its lines and their heights (titles are tall); ``narrow``: a till roll.

    >>> kind_of([("Acme GmbH", 10.0), ("Gutschrift Nr. 4", 14.0), ("zur Rechnung 3", 10.0)])
    'credit_note'
    >>> kind_of([("TAX INVOICE", 10.0), ("CASH 10.00", 10.0), ("CHANGE 1.00", 10.0)], narrow=True)
    'receipt'
    """
    scores: dict[Kind, float] = {}
    usual = sorted(height for _, height in lines)[len(lines) // 2] if lines else 1.0
    for index, (text, height) in enumerate(lines[:60]):
        folded = fold(text)
        for kind, pattern in _PATTERNS:
            match = pattern.search(folded)
            if match:
                titled = height > _TALL * usual or len(folded) < len(match[0]) + 14
                weight = (3.0 if titled else 1.0) * (1.2 if match.start() < 3 else 0.6)
                # "Rechnung" also stands in the labels of credit notes.
                weight *= 1.3 if kind == "credit_note" and titled else 1.0
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


def is_correction(lines: Sequence[tuple[str, float]]) -> bool:
    """Whether the title says corrected or cancelled invoice (type 384), not credit note (381).

    >>> is_correction([("Stornorechnung Nr. 7", 14.0)]), is_correction([("Gutschrift", 14.0)])
    (True, False)
    """
    return any(_CORRECTION.search(fold(text)) for text, _ in lines[:12] if len(text) < _TITLE)
