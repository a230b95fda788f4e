"""The supplier of a document: found among the parties, screened, or made when a person books it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count, zip_longest
from typing import Any

from contor.documents.reading import Reading
from contor.errors import Finding, Refusal
from contor.parties import matching
from contor.parties.anomalies import screen_counterparty
from contor.parties.party import Party
from contor.ports.store import UnitOfWork
from contor.ports.store_people import AddressRecord, PartyBankAccount, PartyRecord

_FIRST_SUPPLIER_NUMBER = 79000
_SELLER_FACTS = (
    "seller_name", "seller_vat_id", "seller_iban", "seller_tax_number", "seller_address",
)  # fmt: skip
# Findings about master data; a document has no say in them.
_OF_OTHERS = frozenset({"near_duplicate"})


def find_supplier(uow: UnitOfWork, reading: Reading) -> PartyRecord | None:
    """The supplier by VAT-ID, IBAN, tax number, then name; None where nobody or several fit."""
    suppliers = {party.number: party for party in uow.parties.all() if party.kind != "customer"}
    found = matching.find_supplier(
        {name: reading.value(name) or "" for name in _SELLER_FACTS},
        [shape for party in suppliers.values() for shape in _shapes(party)],
    )
    return suppliers[found.party.id] if found else None


def screen_supplier(supplier: PartyRecord | None, reading: Reading) -> list[Finding]:
    """What looks wrong with the seller, by itself and against what is known of the supplier."""
    seen = Party(
        id=supplier.number if supplier else "",
        name=reading.value("seller_name") or "",
        country=(reading.value("seller_vat_id") or "")[:2].upper(),
        vat_id=reading.value("seller_vat_id") or "",
        iban=reading.value("seller_iban") or "",
    )
    known = list(_shapes(supplier)) if supplier else []
    told = {finding.code: finding for finding in screen_counterparty(seen, known)}
    if supplier and _compact(seen.iban) in {_compact(a.iban) for a in supplier.bank_accounts}:
        told.pop("iban_changed", None)
    return [
        Finding(code, finding.severity, finding.message, (f"seller_{finding.field}",))
        for code, finding in told.items()
        if code not in _OF_OTHERS
    ]


def _shapes(party: PartyRecord) -> Iterator[Party]:
    """The party as the parties room sees it: once per name and identifier that it goes by."""
    address = party.addresses[0] if party.addresses else AddressRecord()
    rows = zip_longest(
        (party.name, *party.aliases),
        party.vat_ids,
        (account.iban for account in party.bank_accounts),
        fillvalue="",
    )
    for name, vat_id, iban in rows:
        yield Party(
            party.number,
            name or party.name,
            address.street,
            address.postcode,
            address.city,
            address.country,
            vat_id,
            party.tax_number,
            iban,
            email=party.email,
        )


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


def nobody_named() -> Refusal:
    """The refusal of a document that names no supplier."""
    return Refusal(
        "supplier_missing",
        "The document names no supplier.",
        "Enter the supplier's name.",
    )


def _make(uow: UnitOfWork, reading: Reading) -> PartyRecord:
    name = reading.value("seller_name")
    if not name:
        raise nobody_named()
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
