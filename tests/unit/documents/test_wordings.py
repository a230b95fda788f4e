"""What suppliers call the same thing in four languages: each wording is read like the usual one."""

from __future__ import annotations

import pytest

from contor.documents.facts import facts_from
from tests.unit.documents.paper import page_of, value

_TOTALS = {
    "de": "Nettobetrag 1.100,00 EUR\nzzgl. 19 % USt 209,00 EUR\nGesamtbetrag 1.309,00 EUR\n",
    "en": "Subtotal £1,100.00\nVAT 20% £220.00\nTotal £1,320.00\n",
    "it": "Imponibile 1.100,00 €\nIVA 22% 242,00 €\nTotale fattura 1.342,00 €\n",
    "fr": "Total HT 1 100,00 €\nTVA 20 % 220,00 €\nTotal TTC 1 320,00 €\n",
}
_HEAD = {
    "de": "Rechnungsnummer: RE-17\nRechnungsdatum: 20.01.2026\n",
    "en": "Invoice No: RE-17\nInvoice date: 20 Jan 2026\n",
    "it": "Fattura n. RE-17\nData: 20/01/2026\n",
    "fr": "Facture n° RE-17\nDate : 20/01/2026\n",
}
_SELLER = "Hafen Hosting, Kaiweg 4, 20457 Hamburg\n\n"


@pytest.mark.parametrize("gap", [": ", "    ", " "])
@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("de", "Fakturennummer"), ("de", "Abrechnungsnummer"), ("de", "Quittungs-Nr."),
        ("en", "Billing document"), ("en", "Document #"), ("en", "Statement no."),
        ("it", "Fatt. n."), ("it", "N. doc."), ("it", "Ricevuta n."),
        ("fr", "N° de document"), ("fr", "N° pièce"), ("fr", "Numéro du document"),
    ],
)  # fmt: skip
def test_the_number_of_an_invoice(language: str, label: str, gap: str) -> None:
    facts = facts_from([page_of(f"{_SELLER}{label}{gap}R-17/2026\n{_TOTALS[language]}")])
    assert value(facts, "number") == "R-17/2026"


@pytest.mark.parametrize(
    ("language", "name", "label"),
    [
        ("de", "due_date", "Zahlungsfälligkeit"), ("en", "due_date", "Please pay before"),
        ("en", "due_date", "Payment deadline"), ("it", "due_date", "Scade il"),
        ("it", "due_date", "Termine di pagamento"), ("fr", "due_date", "Règlement avant le"),
        ("fr", "due_date", "Date d'exigibilité"), ("de", "delivery_date", "Leistungserbringung am"),
        ("en", "delivery_date", "Date of service"), ("it", "delivery_date", "Data effettuazione"),
        ("fr", "delivery_date", "Date de réalisation"),
    ],
)  # fmt: skip
def test_the_date_it_is_due_and_the_date_of_supply(language: str, name: str, label: str) -> None:
    text = f"{_SELLER}{_HEAD[language]}{label}: 03.02.2026\n{_TOTALS[language]}"
    assert value(facts_from([page_of(text)]), name) == "2026-02-03"


@pytest.mark.parametrize(
    ("language", "name", "label"),
    [
        ("de", "order_reference", "Best.-Nr."), ("de", "order_reference", "Kundenbestellnummer"),
        ("it", "order_reference", "Vs. rif."), ("it", "buyer_number", "Cod. Cli."),
        ("fr", "order_reference", "N° BC"), ("fr", "payment_reference", "Réf. paiement"),
        ("it", "payment_reference", "Rif. pagamento"),
    ],
)  # fmt: skip
def test_whose_order_and_which_reference(language: str, name: str, label: str) -> None:
    facts = facts_from(
        [page_of(f"{_SELLER}{_HEAD[language]}{label}: 4711093\n{_TOTALS[language]}")]
    )
    assert value(facts, name) == "4711093"


@pytest.mark.parametrize(
    ("language", "terms", "day"),
    [
        ("it", "Pagamento: rimessa diretta vista fattura", "2026-01-20"),
        ("fr", "Paiement à réception de facture", "2026-01-20"),
        ("fr", "Règlement au comptant", "2026-01-20"),
        ("fr", "Paiement sous 14 jours", "2026-02-03"),
    ],
)
def test_terms_say_when_it_is_due(language: str, terms: str, day: str) -> None:
    facts = facts_from([page_of(f"{_SELLER}{_HEAD[language]}{_TOTALS[language]}\n{terms}\n")])
    assert value(facts, "due_date") == day


@pytest.mark.parametrize(
    ("terms", "tiers"),
    [
        ("Terms: 2/10 net 30", "10:2.00"), ("2/10, n/30", "10:2.00"),
        ("2% 10 days, net 30 days", "10:2.00"), ("10 Tage 2 %, 30 Tage netto", "10:2.00"),
        ("Pagamento entro 10 giorni con sconto del 2%", "10:2.00"),
        ("Paiement sous 10 jours : escompte 2 %", "10:2.00"),
        ("Netto 30 Tage", None), ("Rabatt 2 %, zahlbar in 30 Tagen netto", None),
        ("Escompte pour paiement anticipé : néant", None), ("Seite 2/10 Netto 30,00", None),
    ],
)  # fmt: skip
def test_a_discount_for_early_payment(terms: str, tiers: str | None) -> None:
    facts = facts_from([page_of(f"{_SELLER}{_HEAD['de']}{_TOTALS['de']}\n{terms}\n")])
    assert value(facts, "discount_terms") == tiers


@pytest.mark.parametrize(
    "title",
    ["Stornierung", "Storno zur Rechnung RE-9", "Gutschrift zur Rechnung RE-9", "Credit Memorandum",
     "Nota di accredito", "Nota credito", "Facture d'avoir"],
)  # fmt: skip
def test_the_title_of_a_credit_note(title: str) -> None:
    facts = facts_from([page_of(f"{_SELLER}{title}\nDatum: 20.01.2026\n{_TOTALS['de']}")])
    assert facts.kind == "credit_note"


@pytest.mark.parametrize(
    "wording",
    ["Die Steuerschuld geht auf den Leistungsempfänger über.", "Umkehr der Steuerschuld",
     "VAT to be accounted for by the recipient", "Article 196 Council Directive 2006/112/EC",
     "TVA due par le preneur", "Inversione contabile"],
)  # fmt: skip
def test_the_buyer_owes_the_tax(wording: str) -> None:
    facts = facts_from([page_of(f"{_SELLER}{_HEAD['de']}Gesamtbetrag 100,00 EUR\n{wording}\n")])
    assert "reverse_charge" in [finding.code for finding in facts.findings]


@pytest.mark.parametrize(
    "table",
    [
        "Netto 19 %   1.000,00\nNetto 7 %   200,00\nUSt 19 %   190,00\nUSt 7 %   14,00",
        "VAT rate %      Net       VAT\n19         1.000,00    190,00\n7            200,00     14,00",
        "Satz    Netto  Steuer\n19 %  1.000,00  190,00\n7 %  200,00  14,00\nGesamt  1.200,00  204,00",
    ],
)
def test_two_rates_of_tax(table: str) -> None:
    facts = facts_from([page_of(f"{_SELLER}{_HEAD['de']}{table}\nGesamtbetrag   1.404,00\n")])
    assert [(row.rate, row.base, row.tax) for row in facts.tax_breakdown] == [
        ("19.00", "1000.00", "190.00"),
        ("7.00", "200.00", "14.00"),
    ]
    assert value(facts, "net_total") == "1200.00"


def test_the_sum_of_a_tax_table_is_no_rate_of_its_own() -> None:
    table = "Aliquota   Imponibile   Imposta\n22%   1.000,00   220,00\n10%   200,00   20,00\n"
    text = f"{_SELLER}{_HEAD['it']}{table}Totale   1.200,00   240,00\nTotale fattura   1.440,00\n"
    rows = facts_from([page_of(text)]).tax_breakdown
    assert [row.rate for row in rows] == ["22.00", "10.00"]


@pytest.mark.parametrize(
    ("heads", "figures", "bases"),
    [
        ("Netto 19 %   Netto 7 %   ", "1.000,00      200,00     ", ["200.00", "1000.00"]),
        ("Nettobetrag  ", "  1.200,00   ", [None, None]),
    ],
)
def test_two_rates_of_tax_side_by_side(heads: str, figures: str, bases: list[str | None]) -> None:
    table = f"{heads}USt 19 %   USt 7 %   Gesamtbetrag\n{figures}190,00     14,00       1.404,00\n"
    facts = facts_from([page_of(f"{_SELLER}{_HEAD['de']}{table}")])
    assert [(row.rate, row.tax) for row in facts.tax_breakdown] == [
        ("7.00", "14.00"),
        ("19.00", "190.00"),
    ]
    assert [row.base for row in facts.tax_breakdown] == bases
    assert (value(facts, "net_total"), value(facts, "tax_total")) == ("1200.00", "204.00")
    assert value(facts, "gross_total") == "1404.00"
