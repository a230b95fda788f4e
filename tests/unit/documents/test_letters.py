"""A letter about an invoice is not the invoice, though nothing but a sentence says so."""

from __future__ import annotations

import pytest

from contor.documents.facts import facts_from
from contor.documents.reading import AMOUNT_FIELDS
from tests.unit.documents.paper import page_of

LETTER = """
{sender}

Acme Hosting GmbH
Am Markt 7
10115 Berlin

{subject}

{body}

119,00 EUR

IBAN DE89 3704 0044 0532 0130 00   USt-IdNr. DE811907980
"""
GERMAN = "Netzwerk Süd GmbH\nIsarstr. 12, 80469 München\n05.03.2026"
ENGLISH = "Blue Cable Ltd\n12 Dock Road, London E14 5AB\n5 March 2026\nVAT number GB123456789"
ITALIAN = "Rete Blu S.r.l.\nVia Roma 12, 20121 Milano\n05/03/2026\nP.IVA 01234567890"
FRENCH = "Réseau Bleu SARL\n12 rue du Port, 69002 Lyon\n05/03/2026\nN° TVA FR40303265045"

REMINDERS = [
    (GERMAN, "Unsere Rechnung Nr. 4711", """Sehr geehrte Damen und Herren,
leider haben wir zu unserer Rechnung Nr. 4711 vom 02.01.2026 noch
keine Zahlung erhalten. Bitte überweisen Sie den Betrag bis zum 15.03.2026."""),
    (GERMAN, "Ihr Konto bei uns", """Guten Tag,
die Rechnung 4711 vom 2. Januar 2026 über 119,00 EUR ist bis heute nicht beglichen worden.
Sollten Sie inzwischen gezahlt haben, betrachten Sie dieses Schreiben als gegenstandslos."""),
    (GERMAN, "Rechnung 4711", """Sehr geehrter Herr Muster,
wir konnten bislang keinen Zahlungseingang für die genannte Rechnung feststellen."""),
    (GERMAN, "Rechnungsnummer: 4711", """Guten Tag, der Betrag ist vermutlich untergegangen:
diese Rechnung ist noch offen. Wir bitten um Ausgleich."""),
    (ENGLISH, "Invoice 4711", """Dear Sir or Madam,
according to our records we have not yet received your payment of
invoice 4711 dated 2 January 2026. Please let us have the amount by 15 March."""),
    (ENGLISH, "Your account with us", """Dear customer,
your invoice no. 4711 of 02/01/2026 is now overdue.
If you have paid in the meantime please disregard this letter."""),
    (ENGLISH, "Our invoice 4711", """Dear Ms Sample,
payment of the above invoice has still not reached us."""),
    (ITALIAN, "Fattura n. 4711", """Gentile cliente,
dai nostri controlli non abbiamo ancora ricevuto il pagamento della fattura n. 4711
del 02/01/2026. Vi preghiamo di provvedere entro il 15/03/2026."""),
    (ITALIAN, "La vostra posizione", """Spett.le ditta,
la fattura n. 4711 del 02/01/2026 risulta ancora insoluta."""),
    (ITALIAN, "Fattura 4711", """Gentile cliente, il pagamento della fattura in oggetto
non ci è ancora pervenuto."""),
    (FRENCH, "Facture n° 4711", """Madame, Monsieur,
sauf erreur de notre part, nous n'avons pas encore reçu le règlement de la facture n° 4711
du 02/01/2026. Merci de régler avant le 15/03/2026."""),
    (FRENCH, "Votre compte", """Madame, Monsieur,
la facture n° 4711 du 02/01/2026 reste à ce jour impayée."""),
    (FRENCH, "Facture 4711", """Madame, Monsieur,
votre règlement ne nous est toujours pas parvenu."""),
]  # fmt: skip
STATEMENTS = [
    (GERMAN, "Abstimmung zum Jahresende", """Sehr geehrte Damen und Herren,
wir bitten Sie, den Saldo Ihres Kontos zum 31.12.2025 zu bestätigen."""),
    (ENGLISH, "Year-end audit", """Dear Sir or Madam,
please confirm the balance of your account as at 31 December 2025."""),
    (ITALIAN, "Chiusura d'esercizio", """Spett.le ditta,
vi chiediamo la conferma scritta del saldo al 31/12/2025."""),
    (FRENCH, "Clôture de l'exercice", """Madame, Monsieur,
nous vous prions de confirmer le solde de votre compte au 31/12/2025."""),
]  # fmt: skip


def letter(sender: str, subject: str, body: str) -> str:
    return LETTER.format(sender=sender, subject=subject, body=body)


@pytest.mark.parametrize(
    ("text", "kind"),
    [(letter(*one), "reminder") for one in REMINDERS]
    + [(letter(*one), "statement") for one in STATEMENTS],
)
def test_the_sentence_tells_the_kind_and_nothing_is_booked(text: str, kind: str) -> None:
    facts = facts_from([page_of(text)])
    assert facts.kind == kind
    assert facts.fields.keys().isdisjoint(AMOUNT_FIELDS)
    assert facts.findings[0].code == "not_an_invoice"


def test_a_letter_may_list_what_is_open() -> None:
    body = """Sehr geehrte Damen und Herren,
zu folgenden Rechnungen haben wir noch keine Zahlung erhalten:
Rechnung 4711                02.01.2026                100,00 EUR
4712                         02.02.2026                 19,00 EUR"""
    assert facts_from([page_of(letter(GERMAN, "Ihr Konto", body))]).kind == "reminder"


PRICED = """
Miete Rack 42 HE, März 2026                       100,00 EUR
{taxed}
Gesamtbetrag                                      119,00 EUR
"""
DE, EN = "zzgl. 19 % MwSt. 19,00 EUR", "VAT 19 % 19.00 EUR"
IT, FR = "IVA 19 % 19,00 EUR", "TVA 19 % 19,00 EUR"
SMALL = "Gemäß § 19 UStG wird keine Umsatzsteuer berechnet."
BILLS = [
    (GERMAN, "Rechnung Nr. 4712", "", "Der Betrag wurde noch nicht bezahlt und wird am 20.03. abgebucht."),
    (ENGLISH, "Invoice No. 4712", "", "Your account is suspended when an invoice remains unpaid."),
    (ITALIAN, "Fattura n. 4712", "", "Le fatture non pagate entro 30 giorni sono scadute."),
    (FRENCH, "Facture n° 4712", "", "Une facture qui n'est pas payée à l'échéance porte intérêt."),
    (GERMAN, "Rechnung Nr. 4712", DE, "Leider haben wir zur Rechnung 4711 noch keine Zahlung erhalten."),
    (GERMAN, "Rechnung Nr. 4712", "", "Die Rechnung Nr. 4711 ist bis heute nicht beglichen."),
    (GERMAN, "Rechnung Nr. 4712", SMALL, "Unsere Rechnung 4711 ist noch offen."),
    (GERMAN, "Rechnung Nr. 4712", "", "Ihre letzte Rechnung ist noch offen."),
    (GERMAN, "Rechnung Nr. 4712", "", "Sollten wir bis 31.03. keinen Zahlungseingang feststellen, mahnen wir."),
    (GERMAN, "Rechnung Nr. 4712", "", "Wenn die Rechnung bis dahin noch nicht bezahlt ist, fallen Zinsen an."),
    (ENGLISH, "Invoice No. 4712", EN, "We have not yet received payment of invoice 4711."),
    (ENGLISH, "Invoice No. 4712", "", "We have not yet received payment of invoice 4711."),
    (ENGLISH, "Invoice No. 4712", "", "If we have not received your payment by 31 March, interest is due."),
    (ENGLISH, "Invoice No. 4712", "", "Payment that has not been received within 30 days bears interest."),
    (ENGLISH, "Invoice No. 4712", "", "Invoices that are past due bear interest of 1.5 % a month."),
    (ENGLISH, "Invoice No. 4712", "", "Your previous invoice is still outstanding."),
    (ITALIAN, "Fattura n. 4712", IT, "La fattura n. 4711 risulta ancora insoluta."),
    (ITALIAN, "Fattura n. 4712", "", "La fattura n. 4711 risulta ancora insoluta."),
    (ITALIAN, "Fattura n. 4712", "", "Se non abbiamo ricevuto il pagamento entro 30 giorni, decorrono interessi."),
    (FRENCH, "Facture n° 4712", FR, "La facture n° 4711 reste impayée."),
    (FRENCH, "Facture n° 4712", "", "La facture n° 4711 reste impayée."),
    (FRENCH, "Facture n° 4712", "", "Si nous n'avons pas reçu votre règlement sous 30 jours, des intérêts courent."),
]  # fmt: skip


@pytest.mark.parametrize(("sender", "title", "taxed", "sentence"), BILLS)
def test_a_bill_that_speaks_of_payment_stays_a_bill(
    sender: str, title: str, taxed: str, sentence: str
) -> None:
    """Terms of payment, and a word about the bill before: neither makes it a reminder.

    What is charged keeps it a bill, even where it is not taxed and its title is as small as its text.
    """
    text = letter(sender, title, PRICED.format(taxed=taxed) + "\n" + sentence)
    facts = facts_from([page_of(text)])
    assert facts.kind == "invoice"
    assert "not_an_invoice" not in {finding.code for finding in facts.findings}
