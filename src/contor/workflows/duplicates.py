"""Duplicates: the same supplier, number and gross total as a document or an item that is here.

Whoever comes first holds the invoice's keys; a later one is shown with a finding that names the
first, whether that waits for review or is booked, and never goes through alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from contor.documents.natural_key import Identity, natural_keys, same_total
from contor.documents.reading import Reading
from contor.errors import Finding
from contor.ports.store import UnitOfWork
from contor.ports.store_people import PartyRecord

_SAID = {"posted": "booked", "rejected": "rejected"}
_FIELDS = ("number", "gross_total")


def claim_keys(uow: UnitOfWork, reading: Reading, document_id: int) -> None:
    """Let a read document hold its keys, unless another one does already."""
    uow.document_keys.claim(document_id, natural_keys(reading))


def find_duplicates(
    uow: UnitOfWork, reading: Reading, supplier: PartyRecord | None, document_id: int
) -> list[Finding]:
    """``duplicate_invoice`` for the other documents with this invoice, else for a booked item."""
    keys = natural_keys(reading, _identities(supplier))
    what = " ".join(
        part for part in (reading.value("seller_name"), reading.value("number")) if part
    )
    findings = []
    for holder in uow.document_keys.holders(keys):
        if holder == document_id:
            continue
        other = uow.documents.get(holder)
        state = _SAID.get(other.state, "in review")
        text = f"{what} is already here as document {holder} ({other.filename}, {state})."
        findings.append(Finding("duplicate_invoice", "error", text, _FIELDS))
    return findings or _booked(uow, reading, supplier, document_id)


def _booked(
    uow: UnitOfWork, reading: Reading, supplier: PartyRecord | None, document_id: int
) -> list[Finding]:
    """Items booked without a document of ours: carried over, imported, entered by hand."""
    number = reading.value("number")
    if supplier is None or not number:
        return []
    own = uow.journal.by_source(f"document:{document_id}")
    own_number = own.posted.number if own else ""
    same = [
        item
        for item in uow.open_items.by_number(number, supplier.number)
        if same_total(reading.value("gross_total"), item.gross.amount)
        and item.entry_number != own_number
    ]
    if not same:
        return []
    entry = f" ({same[0].entry_number})" if same[0].entry_number else ""
    text = f"{supplier.name} {number} over {same[0].gross} is booked already{entry}."
    return [Finding("duplicate_invoice", "error", text, _FIELDS)]


def _identities(supplier: PartyRecord | None) -> Iterator[Identity]:
    """Every name and number the supplier goes by."""
    if supplier is None:
        return
    for name in (supplier.name, *supplier.aliases):
        yield "name", name
    for vat_id in supplier.vat_ids:
        yield "vat", vat_id
    for account in supplier.bank_accounts:
        yield "iban", account.iban
    yield "tax", supplier.tax_number
