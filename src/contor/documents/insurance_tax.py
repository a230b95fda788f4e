"""Insurance tax is no VAT: nobody deducts it, and the premium with it is what is booked.

Insurers in the EU are exempt from VAT (Art. 135 (1) (a) Directive 2006/112/EC) and print the tax on
premiums (*Versicherungsteuer*, *Insurance Premium Tax*, *imposte*) where others print VAT, in Germany
even at the same 19 %.
"""

from __future__ import annotations

import re
from dataclasses import replace

from contor.documents.chosen_amounts import Choice, Totals
from contor.documents.document_text import DocumentText
from contor.documents.untaxed import names_rate_of_vat

_INSURANCE_TAX = re.compile(
    r"vers(?:icherungs?|\.)[\s-]?st(?:euer|\.)|insurance premium tax|\bipt\b|"
    r"impost[ae] (?:sulle? )?(?:assicura|premi)|taxes? (?:d['’ ]|sur (?:les )?(?:conventions d['’ ])?)assurance",
    re.IGNORECASE,
)


def without_insurance_tax(document: DocumentText, totals: Totals) -> Totals:
    """The totals with the tax on premiums as part of the net, where no VAT is charged besides."""
    tax, gross = totals.tax, totals.gross
    if tax is None or gross is None or tax.candidate is None or not tax.value:
        return totals
    if not _is_on_premium(document, tax) or names_rate_of_vat(
        [line.text for line in document.lines]
    ):
        return totals
    score = min(tax.score, gross.score)
    net, nothing = Choice(gross.value, None, score), Choice(gross.value - gross.value, None, score)
    return replace(totals, net=net, tax=nothing, rows=(), adds_up=False)


def _is_on_premium(document: DocumentText, tax: Choice) -> bool:
    """Whether the words before the tax, or the heading of its column, name it so."""
    assert tax.candidate is not None
    line = document.lines[tax.candidate.line]
    if _INSURANCE_TAX.search(line.text[: tax.candidate.start]):
        return True
    left, _, right, _ = tax.candidate.box
    return any(
        cell.x0 < right and cell.x1 > left and _INSURANCE_TAX.search(cell.text)
        for upper in document.above(line, 8)
        for cell in upper.line.cells
    )
