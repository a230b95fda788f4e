"""The supplier of a document: found among the parties, screened, or made when a person books it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from contor.documents.reading import Reading
from contor.errors import Finding, Refusal
from contor.parties.names import similarity
from contor.ports.store import UnitOfWork
from contor.ports.store_people import PartyBankAccount, PartyRecord

_FIRST_SUPPLIER_NUMBER = 79000
_SAME_NAME = 0.93


def find_supplier(uow: UnitOfWork, reading: Reading) -> PartyRecord | None:
    """The supplier by VAT-ID, then IBAN, then name; None where nobody or several fit."""
    suppliers = [party for party in uow.parties.all() if party.kind != "customer"]
    vat_id = _compact(reading.value("seller_vat_id"))
    iban = _compact(reading.value("seller_iban"))
    for fits in (
        [party for party in suppliers if vat_id and vat_id in map(_compact, party.vat_ids)],
        [
            party
            for party in suppliers
            if iban and iban in (_compact(account.iban) for account in party.bank_accounts)
        ],
    ):
        if len(fits) == 1:
            return fits[0]
    return _by_name(suppliers, reading.value("seller_name") or "")


def _by_name(suppliers: list[PartyRecord], name: str) -> PartyRecord | None:
    if not name:
        return None
    scored = [
        (max(similarity(name, known) for known in (party.name, *party.aliases)), party)
        for party in suppliers
    ]
    best = sorted((pair for pair in scored if pair[0] >= _SAME_NAME), key=lambda pair: -pair[0])[:2]
    if not best or (len(best) == 2 and best[0][0] == best[1][0]):
        return None
    return best[0][1]


def screen_supplier(supplier: PartyRecord | None, reading: Reading) -> list[Finding]:
    """What looks wrong between the document and what is known of the supplier."""
    iban = _compact(reading.value("seller_iban"))
    if supplier is None or not iban or not supplier.bank_accounts:
        return []
    if iban in (_compact(account.iban) for account in supplier.bank_accounts):
        return []
    return [
        Finding(
            "iban_changed",
            "error",
            f"{supplier.name} was paid to another account before; ask the supplier by a known way.",
            ("seller_iban",),
        )
    ]


def supplier_of(
    uow: UnitOfWork, reading: Reading, suggestion: Mapping[str, Any] | None
) -> PartyRecord:
    """The supplier to book to: found, suggested, or a new party made from the document.

    Raises:
        Refusal: ``supplier_missing`` where the document names nobody.
    """
    found = find_supplier(uow, reading)
    suggested = (suggestion or {}).get("supplier")
    if found is None and suggested:
        found = uow.parties.get(int(suggested["party_id"]))
    if found is None:
        found = _make(uow, reading)
    return found


def _make(uow: UnitOfWork, reading: Reading) -> PartyRecord:
    name = reading.value("seller_name")
    if not name:
        raise Refusal(
            "supplier_missing",
            "The document names no supplier.",
            "Enter the supplier's name.",
        )
    taken = {party.number for party in uow.parties.all()}
    number = next(n for n in count(_FIRST_SUPPLIER_NUMBER) if str(n) not in taken)
    iban = _compact(reading.value("seller_iban"))
    vat_id = _compact(reading.value("seller_vat_id"))
    return uow.parties.save(
        PartyRecord(
            number=str(number),
            name=name,
            kind="supplier",
            tax_number=reading.value("seller_tax_number") or "",
            vat_ids=(vat_id,) if vat_id else (),
            bank_accounts=(
                (PartyBankAccount(iban, reading.value("seller_bic") or ""),) if iban else ()
            ),
        )
    )


def title_of(reading: Reading, filename: str) -> str:
    """What a list shows: supplier and number, else the file's name."""
    parts = (reading.value("seller_name"), reading.value("number"))
    return " ".join(part for part in parts if part) or filename


def _compact(text: str | None) -> str:
    return "".join((text or "").split()).upper()
