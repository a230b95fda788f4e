"""Part of the total bears no tax: import VAT laid out, costs advanced (*escluso art. 15*), items in transit.

Net, tax and gross do not add up then unless the untaxed part counts as net; the taxed base, its tax
and the rest that is printed as untaxed prove it together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from contor.documents.candidates import Candidate
from contor.documents.chosen_amounts import Choice, Totals
from contor.documents.document_text import DocumentText
from contor.documents.tax_rows import TaxRowCandidate

_UNTAXED = re.compile(
    r"(?<![\d.,])0(?:[.,]00?)?\s?%|steuerfrei|nicht steuerbar|durchlaufend|verauslagt|ohne (?:mwst|ust)\b|"
    r"\bexempt|zero.rated|disbursement|esent[ei]\b|esclus[aeio]\b|fuori campo|art\. ?15\b|anticipat[aeio]\b|"
    r"exon[ée]r|d[ée]bours|non soumis",
    re.IGNORECASE,
)
_NAMED = 0.5


def with_untaxed_part(
    document: DocumentText,
    totals: Totals,
    amounts: Sequence[Candidate],
    named: Sequence[float],
    rows: Sequence[TaxRowCandidate],
) -> Totals:
    """The totals with the untaxed part in the net, where base, tax and that part make a gross.

    ``named`` says of each amount how well the wordings call it the gross.
    """
    if totals.adds_up:
        return totals
    printed = [c for c in amounts if c.valid and c.number]
    free = {c.number: c for c in printed if _UNTAXED.search(document.lines[c.line].text)}
    for gross, score in zip(amounts, named, strict=True):
        if score < _NAMED or not gross.valid or gross.number is None:
            continue
        for row in rows:
            for base in printed:
                rest = gross.number - (base.number or Decimal(0)) - row.tax
                if rest > 0 and rest in free and _proves(row, base, free[rest]):
                    return _made(Choice(gross.number, gross, score), row, base, free[rest], printed)
    return totals


def _proves(row: TaxRowCandidate, base: Candidate, rest: Candidate) -> bool:
    """Whether a printed base gives the row's tax, and the untaxed rest stands elsewhere."""
    number = base.number or Decimal(0)
    own = row.rate and row.base in (None, number) and number > row.tax > 0
    return bool(own) and row.fits(number) and rest.line not in (base.line, row.line)


def _made(
    gross: Choice,
    row: TaxRowCandidate,
    base: Candidate,
    rest: Candidate,
    printed: Sequence[Candidate],
) -> Totals:
    taxed, untaxed = base.number or Decimal(0), rest.number or Decimal(0)
    tax = next((c for c in printed if c.number == row.tax and c.line == row.line), None)
    nothing = TaxRowCandidate(Decimal(0), untaxed, Decimal(0), rest.line)
    return Totals(
        Choice(taxed + untaxed, None, gross.score),
        Choice(row.tax, tax, gross.score),
        gross,
        (nothing, row.with_base(taxed)),
        adds_up=True,
    )
