"""What a bank line is when no open item explains it: a fee, a transfer, a payout, a return."""

from __future__ import annotations

import re
from collections.abc import Collection

from contor.banking.statement import BankLine

_FEE = re.compile(
    r"\b(konto|buchungs|abschluss|quartals)?(entgelt|geb[üu]e?hr|gebuehr)(en)?\b|kontof[üu]e?hrung"
    r"|rechnungsabschluss|entgeltabrechnung|bank (fee|charge)|account (fee|charge)|service charge"
    r"|monthly fee|spese (di )?(tenuta|conto)|commissioni|frais (de )?tenue|bankspesen|abschluss\b",
    re.IGNORECASE,
)
_TRANSFER = re.compile(
    r"umbuchung|[üu]e?bertrag\b|eigen[üu]e?bertrag|internal transfer|own account|giroconto"
    r"|kontoausgleich|cash pool|virement interne|interne overboeking|transfer (to|from) (own|savings)",
    re.IGNORECASE,
)
_PROVIDER = re.compile(
    r"\b(paypal|stripe|adyen|mollie|klarna|sumup|worldpay|payone|gocardless|braintree|square|zettle"
    r"|amazon payments|concardis|nexi|payoneer|shopify)\b",
    re.IGNORECASE,
)
_PAYOUT = re.compile(
    r"payout|auszahlung|settlement|po_[A-Za-z0-9]+|abrechnung|batch", re.IGNORECASE
)


def is_payout(line: BankLine) -> bool:
    """Whether the line is a payment provider's payout of many payments."""
    text = f"{line.counterparty_name} {line.remittance}"
    return (
        line.amount > 0
        and bool(_PROVIDER.search(text))
        and (
            bool(_PAYOUT.search(line.remittance)) or bool(_PROVIDER.search(line.counterparty_name))
        )
    )


def kind_of(line: BankLine, own_accounts: Collection[str]) -> str:
    """``transfer``, ``fee``, ``payout`` or ``other``."""
    if line.counterparty_iban and line.counterparty_iban in own_accounts:
        return "transfer"
    text = f"{line.transaction_code} {line.remittance}"
    if _TRANSFER.search(text):
        return "transfer"
    if line.amount < 0 and _FEE.search(text) and not line.counterparty_iban:
        return "fee"
    if is_payout(line):
        return "payout"
    return "other"
