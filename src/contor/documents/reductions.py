"""A discount or freight between subtotal and tax: *Subtotal*, *Discount*, *Sales tax*, *Total*.

The taxed net is then printed nowhere; subtotal, discount and tax that make the total prove it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from contor.documents.candidates import Candidate
from contor.documents.chosen_amounts import Choice, Totals
from contor.documents.document_text import DocumentText
from contor.documents.tax_rows import TaxRowCandidate

_LESS, _MORE = "allowance", "charge"
_MOST_BETWEEN = 6


def after_reductions(
    document: DocumentText,
    totals: Totals,
    amounts: Sequence[Candidate],
    rows: Sequence[TaxRowCandidate],
) -> Totals:
    """The taxed net where a discount or freight stands between subtotal and total, and all add up."""
    net, tax, gross = totals.net, totals.tax, totals.gross
    if totals.adds_up or net is None or tax is None or gross is None:
        return totals
    if net.candidate is None or tax.candidate is None or gross.candidate is None:
        return totals
    changes = _between(document, amounts, net.candidate.line, gross.candidate.line)
    right = net.value + sum(changes, Decimal(0))
    if not 0 < len(changes) <= _MOST_BETWEEN or right + tax.value != gross.value:
        return totals
    taxed = [row for row in rows if row.tax == tax.value and row.rate and row.fits(right)]
    derived = Choice(right, None, net.score)
    found = (taxed[0].with_base(right),) if taxed else ()
    return replace(totals, net=derived, rows=found, adds_up=True)


def _between(
    document: DocumentText, amounts: Sequence[Candidate], start: int, end: int
) -> list[Decimal]:
    """The discounts (negative) and charges on the lines between two, the last figure of each line."""
    found: dict[int, Decimal] = {}
    for candidate in amounts:
        if not start < candidate.line < end or not candidate.valid or candidate.number is None:
            continue
        line = document.lines[candidate.line]
        concepts = {label.concept for label in line.labels if line.begins_cell(label.start)}
        if _LESS in concepts:
            found[candidate.line] = -abs(candidate.number)
        elif _MORE in concepts:
            found[candidate.line] = candidate.number
    return list(found.values())
