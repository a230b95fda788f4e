"""The payment QR code (GiroCode, EPC069-12 version 2): scan, and the transfer is filled in."""

from __future__ import annotations

from contor.invoicing.invoice import Invoice
from contor.invoicing.print_model import transfer_wanted


def payment_code(invoice: Invoice) -> str:
    """The text of the code, empty where no transfer is wanted.

    Name at most 70 characters, remittance at most 140, amount up to 999,999,999.99 EUR.
    """
    bank = invoice.seller.bank
    if not transfer_wanted(invoice) or bank is None:
        return ""
    return "\n".join(
        (
            "BCD",
            "002",
            "1",
            "SCT",
            bank.bic.replace(" ", ""),
            invoice.seller.name[:70],
            bank.iban.replace(" ", ""),
            f"EUR{invoice.totals.payable.amount}",
            "",
            "",
            invoice.number[:140],
        )
    )
