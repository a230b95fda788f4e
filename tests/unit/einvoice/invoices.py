"""Invoices that the tests of this room build."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from contor.einvoice.model import (
    Address,
    AllowanceCharge,
    Attachment,
    Contact,
    Delivery,
    Identifier,
    Invoice,
    InvoicingPeriod,
    Item,
    ItemAttribute,
    Line,
    Note,
    Party,
    PaymentMeans,
    PrecedingInvoice,
    Price,
    Totals,
    VatBreakdown,
)

D = Decimal
XRECHNUNG = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"

SELLER = Party(
    name="Hosting Beispiel GmbH",
    trading_name="Beispielhost",
    identifiers=(Identifier("K-4711"),),
    legal_registration=Identifier("HRB 12345"),
    vat_id="DE123456789",
    tax_number="201/123/12340",
    legal_information="Amtsgericht Musterstadt",
    electronic_address=Identifier("rechnung@beispielhost.example", "EM"),
    address=Address("Rechenzentrum 1", "Halle B", None, "Musterstadt", "12345", None, "DE"),
    contact=Contact("Erika Muster", None, "+49 30 1234567", None, "erika@beispielhost.example"),
)
BUYER = Party(
    name="Kunde & Söhne <KG>",
    identifiers=(Identifier("10042"),),
    vat_id="DE987654321",
    electronic_address=Identifier("einkauf@kunde.example", "EM"),
    address=Address("Kundenweg 7", None, None, "Kundenstadt", "54321", "Hessen", "DE"),
    contact=Contact("Karl Kunde", None, "+49 69 7654321", None, "karl@kunde.example"),
)
LINES = (
    Line(
        id="1",
        note="Laufzeit ein Monat",
        quantity=D("3"),
        unit="C62",
        net=D("89.70"),
        order_line="10",
        accounting_reference="6800",
        period=InvoicingPeriod(date(2026, 10, 1), date(2026, 10, 31)),
        price=Price(net=D("29.90"), discount=D("5.10"), gross=D("35.00")),
        vat_category="S",
        vat_rate=D("19"),
        item=Item(
            name="Server M",
            description="8 Kerne, 32 GB",
            seller_id="SRV-M",
            buyer_id="B-77",
            standard_id=Identifier("4012345678901", "0160"),
            classifications=(Identifier("81112105", "TST", "19.05.01"), Identifier("81", "TST")),
            origin_country="DE",
            attributes=(ItemAttribute("Standort", "FFM"), ItemAttribute("Kerne", "8")),
        ),
    ),
    Line(
        id="2",
        object_id=Identifier("zaehler-1", "AAA"),
        quantity=D("1234.567"),
        unit="E34",
        net=D("22.35"),
        allowances_charges=(
            AllowanceCharge(D("2.47"), base=D("24.69"), percent=D("10"), reason="Menge"),
            AllowanceCharge(D("0.13"), is_charge=True, reason="Rundung", reason_code="ABK"),
        ),
        price=Price(net=D("0.02"), base_quantity=D("1"), base_unit="E34"),
        vat_category="S",
        vat_rate=D("7"),
        item=Item(name="Verkehr"),
    ),
)


def sample_invoice() -> Invoice:
    """An invoice that uses most of the norm and adds up: valid for EN 16931 and XRechnung."""
    return Invoice(
        number="RE-2026-0815",
        issue_date=date(2026, 11, 2),
        type_code="380",
        currency="EUR",
        due_date=date(2026, 11, 16),
        buyer_reference="04011000-12345-03",
        project_reference="P-1",
        contract_reference="V-2024-7",
        order_reference="PO-99",
        sales_order_reference="A-5",
        receiving_advice_reference="WE-3",
        despatch_advice_reference="LS-4",
        tender_reference="LOS-2",
        object_id=Identifier("zaehler-9", "ABT"),
        accounting_reference="4711-IT",
        payment_terms="#SKONTO#TAGE=7#PROZENT=2.00#\nZahlbar in 14 Tagen.\n",
        notes=(Note("Vielen Dank", "AAI"), Note("Nur Text")),
        business_process="urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
        specification=XRECHNUNG,
        preceding_invoices=(PrecedingInvoice("RE-2026-0700", date(2026, 9, 1)),),
        seller=SELLER,
        buyer=BUYER,
        payee=Party(name="Factoring AG", identifiers=(Identifier("F-1"),)),
        delivery=Delivery(
            Party(
                name="Außenstelle",
                identifiers=(Identifier("7300010000001", "0088"),),
                address=Address("Hof 3", None, None, "Nebenstadt", "11111", None, "DE"),
            ),
            date(2026, 10, 31),
        ),
        period=InvoicingPeriod(date(2026, 10, 1), date(2026, 10, 31)),
        payment_means=(
            PaymentMeans(
                code="58",
                text="Überweisung",
                account="DE02120300000000202051",
                account_name="Hosting Beispiel GmbH",
                bic="BYLADEM1001",
            ),
        ),
        remittance_information="RE-2026-0815 K-4711",
        allowances_charges=(
            AllowanceCharge(
                D("8.97"), False, D("89.70"), D("10"), "S", D("19"), "Treuerabatt", "95"
            ),
            AllowanceCharge(D("5.00"), True, None, None, "S", D("7"), "Einrichtung", "ABL"),
        ),
        totals=Totals(
            lines=D("112.05"),
            allowances=D("8.97"),
            charges=D("5.00"),
            net=D("108.08"),
            tax=D("17.25"),
            gross=D("125.33"),
            prepaid=D("25.00"),
            rounding=D("0.01"),
            payable=D("100.34"),
        ),
        vat_breakdown=(
            VatBreakdown(D("80.73"), D("15.34"), "S", D("19")),
            VatBreakdown(D("27.35"), D("1.91"), "S", D("7")),
        ),
        attachments=(
            Attachment("Anlage-1", "Zählerstände", None, b"a;b\n1;2\n", "text/csv", "zaehler.csv"),
            Attachment("Anlage-2", None, "https://beispielhost.example/beleg"),
        ),
        lines=LINES,
    )
