"""What FatturaPA says beyond EN 16931: withholding tax, stamp duty, pension funds, transmission."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Withholding:
    """Ritenuta (2.1.1.5): tax the buyer keeps back and pays for the seller."""

    kind: str | None = None
    amount: Decimal | None = None
    rate: Decimal | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Bollo:
    """Stamp duty (2.1.1.6), ``virtual`` SI where it is paid electronically."""

    virtual: str | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PensionFund:
    """Cassa previdenziale (2.1.1.7): a charge in favour of a professional pension fund."""

    kind: str | None = None
    rate: Decimal | None = None
    amount: Decimal | None = None
    taxable: Decimal | None = None
    vat_rate: Decimal | None = None
    withholding: str | None = None
    nature: str | None = None
    accounting_reference: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """A related document (2.1.2 to 2.1.6): ``kind`` is the element's name, such as DatiContratto."""

    kind: str | None = None
    lines: tuple[str, ...] = ()
    number: str | None = None
    date: dt.date | None = None
    item: str | None = None
    agreement: str | None = None
    cup: str | None = None
    cig: str | None = None


@dataclass(frozen=True, slots=True)
class ItalianParticulars:
    """FatturaPA header and body data that EN 16931 has no term for.

    ``document_type`` TD01…TD28, ``tax_regime`` RF01…RF19 of the seller, ``recipient_code`` seven or
    six characters of the exchange system (or ``recipient_pec``, a certified mail address).
    """

    format: str | None = None
    transmitter_country: str | None = None
    transmitter_code: str | None = None
    transmission_number: str | None = None
    recipient_code: str | None = None
    recipient_pec: str | None = None
    document_type: str | None = None
    tax_regime: str | None = None
    withholdings: tuple[Withholding, ...] = ()
    stamp_duty: Bollo | None = None
    pension_funds: tuple[PensionFund, ...] = ()
    related: tuple[RelatedDocument, ...] = ()
