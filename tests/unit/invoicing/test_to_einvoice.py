"""One invoice, four renderings, the same figures (G20)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contor.contracts.contract import PaymentTerms
from contor.einvoice import read, write_cii, write_fatturapa, write_ubl
from contor.invoicing.credit_note import credit
from contor.invoicing.invoice import Invoice
from contor.invoicing.issue import issue
from contor.invoicing.to_einvoice import map_invoice
from tests.support.billing import draft, issued, line, tax

REVERSE = tax("AE", "0", taxed_in="AT", legend="Reverse charge.", exemption_code="VATEX-EU-AE")
OUTSIDE = tax("O", "0", taxed_in="US", legend="Outside scope.", exemption_code="VATEX-EU-O")
DOCUMENTS: list[tuple[str, Invoice]] = [
    ("plain", issued([line("3", "12.90"), line("1", "-4.194"), line("1", "5.00", tax(rate="7"))])),
    ("gross", issued([line("3", "26.40"), line("7", "1.99")], mode="gross")),
    ("reverse", issued([line("3", "12.90", REVERSE)])),
    ("outside", issued([line("3", "12.90", OUTSIDE)])),
    ("draft", draft([line("1", "1.00")])),
    (
        "credit",
        issue(credit(issued([line("3", "12.90")]), "Storno"), "CN-1", date(2026, 10, 2)),
    ),
]


def written(invoice: Invoice, syntax: str) -> Any:
    if syntax == "cii":
        return write_cii(map_invoice(invoice), "en16931")
    if syntax == "xrechnung":
        return write_cii(map_invoice(invoice, "xrechnung"), "xrechnung")
    if syntax == "ubl":
        return write_ubl(map_invoice(invoice, "xrechnung"), "xrechnung")
    return write_fatturapa(map_invoice(invoice, "fatturapa"))


@pytest.mark.parametrize("syntax", ["cii", "xrechnung", "ubl", "fatturapa"])
@pytest.mark.parametrize(("name", "invoice"), DOCUMENTS, ids=[name for name, _ in DOCUMENTS])
def test_every_syntax_says_the_same(name: str, invoice: Invoice, syntax: str) -> None:
    back = read(written(invoice, syntax)).invoice
    sign = -1 if (back.totals.gross or 0) < 0 else 1
    assert back.totals.gross is not None
    assert back.totals.gross * sign == invoice.totals.gross.amount
    taxes = sorted((row.taxable or 0) * sign for row in back.vat_breakdown)
    assert taxes == sorted(row.base.amount for row in invoice.tax_breakdown)
    due = sum((row.tax or 0) for row in back.vat_breakdown) * sign
    assert due == invoice.totals.tax.amount
    assert len(back.lines) == len(invoice.lines)
    assert [abs(row.net or 0) for row in back.lines] == [abs(r.net.amount) for r in invoice.lines]
    assert (name == "draft") == ("Entwurf" in (back.number or ""))


def test_outside_scope_carries_no_vat_ids() -> None:
    mapped = map_invoice(dict(DOCUMENTS)["outside"])
    assert (mapped.seller.vat_id, mapped.buyer.vat_id) == (None, None)
    assert mapped.seller.tax_number


def test_prices_are_never_negative() -> None:
    mapped = map_invoice(dict(DOCUMENTS)["plain"])
    assert all((row.price.net or 0) >= 0 for row in mapped.lines)
    assert [str(row.quantity) for row in mapped.lines] == ["3", "-1", "1"]


def test_direct_debit_says_mandate_and_creditor() -> None:
    from dataclasses import replace

    from tests.support.billing import SELLER

    terms = PaymentTerms(
        method="direct_debit", mandate_id="M-1", debtor_iban="DE02500105170137075030"
    )
    seller = replace(SELLER, creditor_id="DE98ZZZ09999999999")
    mapped = map_invoice(issued([line("1", "1.00")], payment=terms, seller=seller))
    assert (mapped.payment_means[0].code, mapped.mandate_reference) == ("59", "M-1")
    assert mapped.creditor_identifier == "DE98ZZZ09999999999"
