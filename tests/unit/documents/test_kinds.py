"""Titles and labels say what a paper is; a sentence that names another one does not."""

from __future__ import annotations

import pytest

from contor.documents.facts import facts_from
from contor.documents.kinds import kind_of
from contor.documents.reading import Kind
from tests.unit.documents.paper import page_of

SENTENCES = [
    "Please send the receipt to accounting@example.com.",
    "Keep this receipt for your records.",
    "Payment is due upon receipt.",
    "Due on receipt",
    "Receipt of goods must be confirmed within 14 days.",
    "A receipt will be issued on request.",
    "Prices are subject to change.",
    "Change of address must be reported in writing.",
    "Ticket 4711 was closed on 3 March.",
    "Ticket #4711",
    "Change: one more server",
    "Please confirm receipt of this letter.",
    "No refund without receipt.",
    "Bitte senden Sie die Quittung an die Buchhaltung.",
    "Auf Wunsch stellen wir eine Quittung aus.",
    "Quittungen werden nicht erstattet.",
    "Der Bon dient als Garantienachweis.",
    "Eine Gutschrift erfolgt erst nach Rückgabe der Ware.",
    "Storno ist bis 24 Stunden vor Beginn kostenlos.",
    "Si prega di inviare la ricevuta a contabilita@example.it.",
    "La ricevuta verrà emessa al momento del pagamento.",
    "Ricevuta bancaria 60 giorni fine mese",
    "Pagamento: ricevuta bancaria",
    "Lo scontrino non vale come garanzia.",
    "Veuillez envoyer le reçu à la comptabilité.",
    "Nous avons bien reçu votre paiement.",
    "Reçu le 03/04/2026",
    "Un avoir pourra être accordé après retour.",
    "Pour avoir plus de renseignements, écrivez-nous.",
    "Le bon de commande fait foi.",
]
TITLES = [
    "Receipt",
    "RECEIPT NO. 4711",
    "Payment receipt",
    "Official Receipt No 17",
    "Your receipt from Acme Ltd",
    "Receipt for your payment",
    "Receipt #2026-17",
    "Receipt number: 2312-4410",
    "Sales Receipt 17/03/2026",
    "Quittung",
    "Quittung Nr. 4711",
    "Barquittung über 119,00 EUR",
    "Zahlungsquittung vom 03.04.2026",
    "Kassenbon",
    "Kassenbeleg 0815",
    "Ricevuta n. 12 del 03/04/2026",
    "Ricevuta fiscale",
    "Ricevuta di pagamento",
    "Documento commerciale di vendita",
    "Scontrino n. 5",
    "Reçu",
    "Reçu n° 5",
    "Reçu de paiement",
    "Quittance de loyer",
    "Ticket de caisse",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_makes_no_receipt_and_no_credit_note(sentence: str) -> None:
    assert kind_of([("Acme Hosting", 10.0), (sentence, 10.0), ("Berlin", 10.0)]) == "other"


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(
    "title", ["Rechnung Nr. 7", "Tax invoice 7", "Facture n° 7", "Fattura n. 7"]
)
def test_an_invoice_stays_one_whatever_it_says_of_receipts(title: str, sentence: str) -> None:
    assert kind_of([(sentence, 10.0), (title, 10.0), ("Berlin", 10.0)]) == "invoice"


@pytest.mark.parametrize("title", TITLES)
def test_a_receipt_says_so_in_its_title_or_label(title: str) -> None:
    paper = f"Acme Hosting GmbH           {title}\nHauptstr. 1\n10115 Berlin\n\nServer 119,00 EUR"
    assert facts_from([page_of(paper)]).kind == "receipt"
    assert kind_of([("Acme Hosting", 10.0), (title, 14.0), ("Berlin", 10.0)]) == "receipt"


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["Acme", "Receipt", "Invoice number: 4711"], "receipt"),
        (["Acme", "Invoice 4711", "Payment receipt 17 of 3 March is set off"], "invoice"),
        (["Acme", "Rechnung 4711", "Quittung Nr. 5 liegt bei"], "invoice"),
        (["Acme", "Gutschrift Nr. 4", "Quittung folgt"], "credit_note"),
        (["Acme", "CASHIER: ANNA", "TOTAL 9.00"], "receipt"),
        (["Acme", "CASH RM 10.00", "CHANGE : RM 1.00"], "receipt"),
        (["Acme", "Bar 10,00", "Rückgeld EUR 1,00"], "receipt"),
    ],
)
def test_of_two_titles_the_first_decides(lines: list[str], kind: Kind) -> None:
    assert kind_of([(line, 10.0) for line in lines]) == kind


def test_whatever_stands_on_the_roll_of_a_till_is_a_receipt() -> None:
    lines = [("TAX INVOICE", 10.0), ("Please keep this receipt.", 10.0)]
    assert kind_of(lines, narrow=True) == "receipt"
    assert kind_of(lines) == "invoice"
