"""A hybrid invoice: what the XML says differently from the page is a finding, spelling is not."""

from __future__ import annotations

import pytest

from contor.documents.comparison import differences
from contor.documents.facts import facts_from
from contor.documents.reading import Fact, Reading
from contor.errors import Finding
from tests.unit.documents.paper import page_of

PAGE = """
Netzwerk Süd GmbH · Isarstr. 12 · 80469 München

Acme Hosting GmbH
Am Markt 7
10115 Berlin
                                       Rechnungsnummer    RE-2026-0815
                                       Rechnungsdatum     05.03.2026
Rechnung

Miete Rack 42 HE                                       1 000,00

                                       Nettobetrag     1 000,00
                                       zzgl. 19% MwSt    190,00
                                       Rechnungsbetrag 1 190,00

USt-IdNr.: DE811907980   IBAN: DE89 3704 0044 0532 0130 00
"""
SAME = {
    "number": "RE-2026-0815", "net_total": "1000.00", "tax_total": "190.00",
    "gross_total": "1190.00", "seller_iban": "DE89370400440532013000",
    "seller_vat_id": "DE811907980",
}  # fmt: skip


def compared(**other: str) -> tuple[Finding, ...]:
    """The findings where the XML says what the page says but for ``other``."""
    fields = {name: Fact(value, 1.0, source="xml") for name, value in (SAME | other).items()}
    pages = [page_of(PAGE)]
    structured = Reading("a.pdf", "00", 1, "einvoice", "invoice", "de", fields)
    return differences(structured, facts_from(pages), pages)


def test_the_same_values_in_another_spelling_are_no_finding() -> None:
    assert compared() == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gross_total", "1109.00"),
        ("gross_total", "11.90"),
        ("net_total", "100.00"),
        ("seller_iban", "DE02120300000000202051"),
        ("seller_vat_id", "DE812871812"),
        ("number", "RE-2026-0816"),
    ],
)
def test_a_differing_value_is_a_finding(name: str, value: str) -> None:
    (finding,) = compared(**{name: value})
    assert (finding.code, finding.severity, finding.fields) == ("xml_page_differ", "error", (name,))
    assert value in finding.message


def test_what_stands_elsewhere_on_the_page_is_no_contradiction() -> None:
    assert compared(payable="190.00") == ()
