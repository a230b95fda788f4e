"""How the invoice is paid: payment instructions BG-16 and conditions beyond BT-20."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated


@dataclass(frozen=True, slots=True)
class PaymentMeans:
    """One way to pay (BG-16) with its account (BG-17) or card (BG-18).

    ``remittance_information`` is only set where it differs from the invoice's BT-83;
    ``national_code`` is FatturaPA's ModalitaPagamento (MP01…MP23).
    """

    code: Annotated[str | None, "BT-81"] = None
    text: Annotated[str | None, "BT-82"] = None
    account: Annotated[str | None, "BT-84"] = None
    account_name: Annotated[str | None, "BT-85"] = None
    bic: Annotated[str | None, "BT-86"] = None
    account_is_iban: bool = True
    card_number: Annotated[str | None, "BT-87"] = None
    card_holder: Annotated[str | None, "BT-88"] = None
    debited_account: Annotated[str | None, "BT-91"] = None
    remittance_information: Annotated[str | None, "BT-83"] = None
    national_code: str | None = None


@dataclass(frozen=True, slots=True)
class DiscountTerm:
    """Discount for early payment: ``days`` after the issue date, ``percent`` of ``base``.

    ``base`` None means the amount due. Written in BT-20 as an XRechnung ``#SKONTO#`` line, in
    CII EXTENDED as ApplicableTradePaymentDiscountTerms.
    """

    days: int | None = None
    percent: Decimal | None = None
    base: Decimal | None = None
    amount: Decimal | None = None
    unit: str | None = None
    basis_date: date | None = None


@dataclass(frozen=True, slots=True)
class PaymentCondition:
    """One of several sets of payment terms (CII EXTENDED, ZUGFeRD 1.0, FatturaPA instalments).

    ``national_code`` is FatturaPA's CondizioniPagamento (TP01…TP03).
    """

    text: Annotated[str | None, "BT-20"] = None
    due_date: Annotated[date | None, "BT-9"] = None
    amount: Decimal | None = None
    mandate_reference: Annotated[str | None, "BT-89"] = None
    discount: DiscountTerm | None = None
    penalty: DiscountTerm | None = None
    national_code: str | None = None
