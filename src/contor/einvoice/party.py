"""Parties of an invoice: seller BG-4, buyer BG-7, payee BG-10, tax representative BG-11.

One class serves all roles, so a term has one number per role; ``Annotated`` names them in the order
seller, buyer, payee, tax representative, deliver-to (``-`` where the norm has none).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Identifier:
    """A value with its scheme (ISO 6523 ICD, EAS or UNTDID code; empty text: no scheme)."""

    value: str
    scheme: str = ""
    version: str = ""

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Address:
    """Postal address: BG-5, BG-8, BG-12, BG-15."""

    line_1: Annotated[str | None, "BT-35 BT-50 - BT-64 BT-75"] = None
    line_2: Annotated[str | None, "BT-36 BT-51 - BT-65 BT-76"] = None
    line_3: Annotated[str | None, "BT-162 BT-163 - BT-164 BT-165"] = None
    city: Annotated[str | None, "BT-37 BT-52 - BT-66 BT-77"] = None
    postcode: Annotated[str | None, "BT-38 BT-53 - BT-67 BT-78"] = None
    subdivision: Annotated[str | None, "BT-39 BT-54 - BT-68 BT-79"] = None
    country: Annotated[str | None, "BT-40 BT-55 - BT-69 BT-80"] = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact: BG-6 of the seller, BG-9 of the buyer. ``department`` stands beside the name."""

    name: Annotated[str | None, "BT-41 BT-56 - - -"] = None
    department: Annotated[str | None, "BT-41 BT-56 - - -"] = None
    phone: Annotated[str | None, "BT-42 BT-57 - - -"] = None
    fax: str | None = None
    email: Annotated[str | None, "BT-43 BT-58 - - -"] = None


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells, buys, is paid, or answers for the seller's VAT."""

    name: Annotated[str | None, "BT-27 BT-44 BT-59 BT-62 BT-70"] = None
    trading_name: Annotated[str | None, "BT-28 BT-45 - - -"] = None
    identifiers: Annotated[tuple[Identifier, ...], "BT-29 BT-46 BT-60 - BT-71"] = ()
    legal_registration: Annotated[Identifier | None, "BT-30 BT-47 BT-61 - -"] = None
    vat_id: Annotated[str | None, "BT-31 BT-48 - BT-63 -"] = None
    tax_number: Annotated[str | None, "BT-32 - - - -"] = None
    legal_information: Annotated[str | None, "BT-33 - - - -"] = None
    electronic_address: Annotated[Identifier | None, "BT-34 BT-49 - - -"] = None
    address: Address | None = None
    contact: Contact | None = None
