"""A hybrid invoice's XML against its page: what a person would pay against what the machine books.

Only what the page prints beyond doubt is compared: every amount, IBAN and VAT-ID of the XML should
stand somewhere on the page. One that does not, where the page clearly says another, is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contor.documents.facts import Facts
from contor.documents.page import Page
from contor.documents.reading import Reading
from contor.errors import Finding

_COMPARED = {
    "net_total": "net total",
    "tax_total": "tax total",
    "gross_total": "gross total",
    "payable": "amount to pay",
    "seller_iban": "IBAN",
    "seller_vat_id": "seller's VAT-ID",
    "buyer_vat_id": "buyer's VAT-ID",
    "number": "invoice number",
}
_AMOUNTS = frozenset({"net_total", "tax_total", "gross_total", "payable"})
_LETTER = re.compile(r"[^\W\d_]")
_SURE = 0.6


def differences(structured: Reading, page: Facts, pages: Sequence[Page]) -> tuple[Finding, ...]:
    """Findings ``xml_page_differ`` for values of the XML that the page contradicts."""
    words = [word.text for one in pages for word in one.words]
    printed, figures = _squeeze(" ".join(words)), _figures(words)
    findings: list[Finding] = []
    for name, title in _COMPARED.items():
        value, shown = structured.value(name), page.fields.get(name)
        if value is None or shown is None or shown.confidence < _SURE or value == shown.value:
            continue
        if (_digits(value) in figures) if name in _AMOUNTS else (_squeeze(value) in printed):
            continue
        findings.append(
            Finding(
                "xml_page_differ",
                "error",
                f"The XML gives {value} as {title}, the page {shown.value}.",
                (name,),
            )
        )
    return tuple(findings)


def _figures(words: Sequence[str]) -> frozenset[str]:
    """The figures of each word, and of neighbours whose blank may part thousands (*1 190,00*)."""
    alone = [_digits(word) for word in words]
    found = set(alone)
    for count in (2, 3):
        runs = zip(*(words[i:] for i in range(count)), strict=False)
        found.update(_digits("".join(run)) for run in runs if all(map(_is_figure, run)))
    return frozenset(found)


def _is_figure(word: str) -> bool:
    return word[:1].isdigit() and not _LETTER.search(word)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text).lstrip("0")


def _squeeze(text: str) -> str:
    """Letters and digits only, so that no spacing or mark of thousands matters."""
    return re.sub(r"[\W_]", "", text).upper()
