"""What FatturaPA wants beyond EN 16931."""

from __future__ import annotations

import re
from collections.abc import Mapping

from contor.einvoice.model import ItalianParticulars
from contor.invoicing.invoice import Invoice

# Natura of untaxed supplies (FatturaPA 2.2.1.14): outside scope by territory, export,
# intra-Community, exempt, reverse charge.
NATURE: Mapping[str, str] = {"O": "N2.1", "G": "N3.1", "K": "N3.2", "E": "N4", "AE": "N6.9"}
_OTHER_REGIME = "RF18"
_ORDINARY_REGIME = "RF01"


def italian_particulars(invoice: Invoice) -> ItalianParticulars:
    """Document type TD01, TD02 or TD04, regime, recipient code, transmission number."""
    seller, customer = invoice.seller, invoice.customer
    italian_buyer = customer.address.country == "IT"
    kinds = {"credit_note": "TD04", "prepayment": "TD02"}
    number = re.sub(r"[^A-Za-z0-9]", "", invoice.number or invoice.key)
    return ItalianParticulars(
        format="FPA12" if customer.public and italian_buyer else "FPR12",
        transmitter_country=seller.address.country,
        transmitter_code=re.sub(r"^[A-Z]{2}", "", seller.vat_id) or seller.tax_number,
        transmission_number=number[-10:],
        recipient_code=customer.sdi_code or ("0000000" if italian_buyer else "XXXXXXX"),
        document_type=kinds.get(invoice.kind, "TD01"),
        tax_regime=_ORDINARY_REGIME if seller.address.country == "IT" else _OTHER_REGIME,
    )
