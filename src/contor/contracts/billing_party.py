"""Seller and customer as a contract and an invoice name them (§ 14 (4) no. 1, 2 UStG)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Street, postcode, city, country (ISO 3166-1 alpha-2)."""

    street: str
    postcode: str
    city: str
    country: str
    street2: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """Whom to ask."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class BankDetails:
    """Where to pay."""

    iban: str
    bic: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Seller:
    """Who issues the invoice. ``eu_consumer_turnover``: net EU consumer sales of the year."""

    name: str
    address: PostalAddress
    contact: ContactPoint = ContactPoint()
    vat_id: str = ""
    tax_number: str = ""
    register: str = ""
    small_business: bool = False
    oss: bool = False
    eu_consumer_turnover: Decimal = Decimal(0)
    bank: BankDetails | None = None
    creditor_id: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """Who gets the invoice. ``vat_id_state`` is the register's answer: unknown is not invalid."""

    number: str
    name: str
    address: PostalAddress
    business: bool
    contact: ContactPoint = ContactPoint()
    public: bool = False
    vat_id: str = ""
    vat_id_state: Literal["valid", "invalid", "unknown"] = "unknown"
    vat_id_checked: date | None = None
    tax_number: str = ""
    buyer_reference: str = ""
    sdi_code: str = ""
    reverse_charge_domestic: bool = False
