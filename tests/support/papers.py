"""Papers of a supplier that never was: the same letterhead every month, other figures."""

from __future__ import annotations

from contor_training.synthetic.tiny_pdf import document, stream_object, text_stream, write


def paper(
    number: str,
    net: str,
    tax: str,
    gross: str,
    *,
    day: str = "05.03.2026",
    call: str = "Vorgang",
    iban: str = "DE89 3704 0044 0532 0130 00",
    vat_id: str = "DE811907980",
    supplier: str = "Netzwerk Süd Rechenzentrum GmbH",
    terms: str = "",
    title: str = "Rechnung",
) -> bytes:
    """An invoice (PDF with a text layer) that calls its number by a word nobody else uses."""
    lines = [
        supplier,
        "Isarstr. 12",
        "80469 München",
        "",
        "Acme Hosting GmbH",
        "Am Markt 7",
        "10115 Berlin",
        "",
        f"Datum: {day}",
        f"{call}: {number}",
        "Kundennummer: 55012",
        "",
        title,
        "",
        "Miete Rack 42 HE, Monat",
        "",
        f"Nettobetrag {net} EUR",
        f"zzgl. 19 % MwSt. {tax} EUR",
        f"Rechnungsbetrag {gross} EUR",
        terms,
        f"USt-IdNr. {vat_id}  IBAN {iban}",
    ]
    return write(document(1, stream_object(text_stream(lines))))
