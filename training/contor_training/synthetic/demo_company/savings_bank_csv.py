"""The third account's lines as a German savings bank exports them ("CSV-CAMT-Format V2").

Semicolons, quotation marks, ISO 8859-15, decimal comma, newest line first, no balances.
"""

from __future__ import annotations

import csv
import io

from contor_training.synthetic.demo_company.payments import Payment
from contor_training.synthetic.demo_company.statements import Account

COLUMNS = (
    "Auftragskonto", "Buchungstag", "Valutadatum", "Buchungstext", "Verwendungszweck",
    "Glaeubiger ID", "Mandatsreferenz", "Kundenreferenz (End-to-End)", "Sammlerreferenz",
    "Lastschrift Ursprungsbetrag", "Auslagenersatz Ruecklastschrift",
    "Beguenstigter/Zahlungspflichtiger", "Kontonummer/IBAN", "BIC (SWIFT-Code)", "Betrag",
    "Waehrung", "Info",
)  # fmt: skip


def write(account: Account) -> bytes:
    """The export as bytes."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(account.iban, pay) for pay in reversed(account.payments))
    return stream.getvalue().encode("iso-8859-15", errors="replace")


def _row(iban: str, pay: Payment) -> list[str]:
    day = f"{pay.day:%d.%m.%y}"
    booking_text = "GUTSCHR. UEBERWEISUNG" if pay.amount >= 0 else "ONLINE-UEBERWEISUNG"
    return [
        iban, day, day, booking_text, pay.text, "", pay.mandate_id, pay.end_to_end_id, "", "", "",
        pay.name, pay.iban, "", str(pay.amount).replace(".", ","), "EUR", "Umsatz gebucht",
    ]  # fmt: skip
