"""Contributions to a professional's pension fund: a charge of the whole document, no line of it.

Italian lawyers, architects and engineers add *contributo cassa 4 %* to their fees (FatturaPA 2.1.1.7,
DatiCassaPrevidenziale). It belongs to the base of VAT and to the net total, in EN 16931 as a charge
(BG-21).
"""

from __future__ import annotations

import re

from contor.documents.document_text import TextLine

_FUND = re.compile(
    r"\b(?:contributo (?:integrativo|previdenziale|soggettivo|cassa|alla cassa|c\.?n\.?p|inps|e[np]+a?[pmc]*i?\b)|"
    r"contr\. ?(?:integrativo|prev|cassa)|cassa (?:forense|(?:naz\w*\.? )?previdenz\w*|avvocati|geometri|"
    r"commercialisti|ragionieri|notariato|ingegneri|di previdenza)|inarcassa|rivalsa (?:inps|previdenziale)|"
    r"maggiorazione (?:inps|cassa)|c\.?n\.?p\.?a\.?(?:d\.?c\.?|i\.?a\.?)?\b|c\.?p\.?a\.? (?:\d|legge|l\.)|cipag|enpa[mpvc]l?|"
    r"epp?i\b|epap)",
    re.IGNORECASE,
)


def is_fund(line: TextLine) -> bool:
    """Whether a row is the contribution to a pension fund.

    >>> from contor.documents.document_text import document_text
    >>> from contor.documents.page import Page, Word
    >>> words = (Word("INARCASSA", 10, 10, 60, 20), Word("150,00", 290, 10, 320, 20))
    >>> is_fund(document_text([Page(1, 600, 800, words)]).lines[0])
    True
    """
    return bool(_FUND.search(line.text))
