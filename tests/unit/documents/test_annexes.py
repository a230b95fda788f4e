"""What lies beside an invoice in its file changes nothing of what is read of it."""

from __future__ import annotations

import pytest

from contor.documents.facts import Facts, facts_from
from tests.unit.documents.paper import page_of, told
from tests.unit.documents.test_facts import GERMAN

TERMS = """
Allgemeine Geschäftsbedingungen der Rechenzentrum Nord GmbH (Stand: 01.01.2024)

1. Geltung
Diese Bedingungen gelten für alle Verträge zwischen uns und unseren Kunden.
2. Zahlung
Rechnungen sind innerhalb von 30 Tagen ab Rechnungsdatum ohne Abzug zu zahlen.
Bei Verzug berechnen wir eine Pauschale von 40,00 EUR und 9 % Zinsen.
3. Haftung
Die Haftung ist auf 10.000,00 EUR je Schadensfall begrenzt, soweit nicht Vorsatz vorliegt.
"""
MORE = """
Bei höherer Gewalt verlängern sich alle Fristen um die Dauer der Behinderung, höchstens um 90 Tage.
Änderungen vom 15.05.2023 sind eingearbeitet. Es gilt deutsches Recht, Gerichtsstand ist Hamburg.
"""


def alone() -> Facts:
    return facts_from([page_of(GERMAN)])


def test_general_terms_behind_an_invoice_change_nothing() -> None:
    undated = page_of(GERMAN.replace("Zahlbar bis 04.04.2026, bei", "Bei"))
    alone = facts_from([undated])
    behind = facts_from([undated, page_of(TERMS, 2), page_of(MORE, 3)])
    assert told(behind) == told(alone)
    assert "due_date" not in behind.fields


def test_a_page_headed_as_terms_that_goes_on_with_the_bill_is_read() -> None:
    head, sums = GERMAN.split("                                       Nettobetrag")
    rest = "Zahlungsbedingungen\n\n                                       Nettobetrag" + sums
    found = facts_from([page_of(head), page_of(rest, 2)])
    assert found.fields["gross_total"].value == "1428.00"
    assert found.fields["gross_total"].page == 2


MAIL = """
Von: Buchhaltung <buchhaltung@nord.example>
Gesendet: Dienstag, 10. März 2026 09:12
An: rechnung@muster.example
Betreff: Ihre Rechnung

Sehr geehrte Damen und Herren,
anbei erhalten Sie unsere Rechnung. Mit freundlichen Grüßen
"""
DELIVERY = """
Lieferschein LS-99812

Lieferdatum: 17.01.2026
Pos   Menge   Bezeichnung
1     2       Ersatznetzteil 650 W
"""
HOURS = """
Stundennachweis März 2026

Datum        Von     Bis     Stunden   Tätigkeit
02.03.2026   09:00   12:30      3,50   Umzug Mailserver
03.03.2026   13:00   17:00      4,00   Einrichtung Sicherung
Summe                           7,50
"""
CALLS = """
Itemised calls

Date         Time       Number          Duration     Amount
01/02/2026   10:04:11   0221 5550199    00:03:10       0.35
02/02/2026   11:14:31   0221 5550142    00:01:10       0.12
Total                                                  0.47
"""


@pytest.mark.parametrize("sheet", [DELIVERY, HOURS, CALLS])
def test_records_behind_an_invoice_are_no_part_of_it(sheet: str) -> None:
    assert told(facts_from([page_of(GERMAN), page_of(sheet, 2)])) == told(alone())


def test_a_slip_to_send_back_is_no_part_of_it() -> None:
    slip = "REMITTANCE ADVICE\nPlease return this slip.\nCustomer name:\nAmount enclosed: ______"
    assert told(facts_from([page_of(GERMAN), page_of(slip, 2)])) == told(alone())


def test_a_copy_for_the_files_doubles_no_line() -> None:
    copy = page_of(GERMAN.replace("Rechnung\n\nPos", "Rechnung   Kopie\n\nPos"), 2)
    found = facts_from([page_of(GERMAN), copy])
    assert told(found) == told(alone())
    assert found.lines == alone().lines


def test_the_next_invoice_of_the_same_supplier_is_no_copy() -> None:
    other = GERMAN.replace("RE-2026-0815", "RE-2026-0816")
    assert len(facts_from([page_of(GERMAN), page_of(other, 2)]).lines) == 2 * len(alone().lines)


def test_the_end_of_a_survey_is_no_due_date() -> None:
    survey = page_of("Nehmen Sie bis zum 30.06.2026 an unserer Umfrage teil.", 2)
    assert told(facts_from([page_of(GERMAN), survey])) == told(alone())


def test_an_offer_in_another_currency_behind_the_sum_is_an_offer() -> None:
    dollars = GERMAN.replace("Rechnungsbetrag ", "Rechnungsbetrag USD ")
    offer = page_of("Webhosting Pro ab 4,99 EUR\nRoot-Server ab 39,00 EUR", 2)
    assert facts_from([page_of(dollars), offer]).fields["currency"].value == "USD"


def test_a_mail_printed_in_front_is_no_part_of_it() -> None:
    later = facts_from([page_of(MAIL), page_of(GERMAN, 2)])
    assert told(later) == told(alone())
    assert {fact.page for fact in later.fields.values() if fact.page} == {2}


def test_a_mail_that_is_the_receipt_itself_is_read() -> None:
    paid = MAIL.replace("anbei", "Rechnungsbetrag                    119,00 EUR\nanbei")
    found = facts_from([page_of(paid), page_of(TERMS, 2)])
    assert found.fields["gross_total"].value == "119.00"


def test_a_delivery_note_alone_is_read_as_what_it_is() -> None:
    found = facts_from([page_of(DELIVERY), page_of(HOURS, 2)])
    assert found.kind == "other"
    assert "gross_total" not in found.fields


def test_rows_under_the_number_of_a_delivery_note_stay_rows_of_the_invoice() -> None:
    head, sums = GERMAN.split("                                       Nettobetrag")
    rows = """
Lieferschein LS-99812

3    Kabel                       1            50,00            50,00

                                       Nettobetrag"""
    found = facts_from([page_of(head), page_of(rows + sums, 2)])
    assert found.fields["gross_total"].value == "1428.00"
