"""Customers and suppliers of one tenant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar, cast

from contor.adapters.db.tables.parties import (
    PartyAddressRow,
    PartyBankAccountRow,
    PartyRow,
    PartyVatIdRow,
)
from contor.adapters.db.tenant_session import CHUNK, TenantSession
from contor.errors import Refusal
from contor.ports.store_people import AddressRecord, PartyBankAccount, PartyKind, PartyRecord

Child = TypeVar("Child", PartyAddressRow, PartyVatIdRow, PartyBankAccountRow)


class SqlPartyStore:
    """Parties with their addresses, VAT-IDs and bank accounts."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db

    def save(self, party: PartyRecord) -> PartyRecord:
        """Insert, or replace the party of the same number."""
        self.save_many([party])
        saved = self.by_number(party.number)
        assert saved is not None
        return saved

    def save_many(self, parties: Sequence[PartyRecord]) -> int:
        """Save in bulk; the number of parties stored."""
        unique = {party.number: party for party in parties}
        self._db.upsert(PartyRow, [_party_values(p) for p in unique.values()], ("number",))
        ids = self._ids(list(unique))
        for start in range(0, len(ids), CHUNK):
            known = list(ids.values())[start : start + CHUNK]
            for table in (PartyAddressRow, PartyVatIdRow, PartyBankAccountRow):
                self._db.remove(table, table.party_id.in_(known))
        pairs = [(ids[party.number], party) for party in unique.values()]
        self._db.append_many(PartyAddressRow, [v for i, p in pairs for v in _addresses(i, p)])
        self._db.append_many(
            PartyVatIdRow, [{"party_id": i, "vat_id": v} for i, p in pairs for v in p.vat_ids]
        )
        self._db.append_many(PartyBankAccountRow, [v for i, p in pairs for v in _accounts(i, p)])
        return len(unique)

    def get(self, party_id: int) -> PartyRecord:
        """The party; refuses ``party_unknown``."""
        row = self._db.by_id(PartyRow, party_id)
        if row is None:
            raise Refusal(
                "party_unknown",
                "There is no customer or supplier {party}.",
                "Look it up in the list of parties.",
                party=party_id,
            )
        return self._records([row])[0]

    def by_number(self, number: str) -> PartyRecord | None:
        """The party of this number, or None."""
        row = self._db.first(self._db.rows(PartyRow).where(PartyRow.number == number))
        return None if row is None else self._records([row])[0]

    def all(self, kind: PartyKind | None = None) -> Sequence[PartyRecord]:
        """All parties (of a kind) by number."""
        statement = self._db.rows(PartyRow).order_by(PartyRow.number)
        if kind is not None:
            statement = statement.where(PartyRow.kind.in_({kind, "both"}))
        return self._records(self._db.all(statement))

    def saw_bank_account(self, party_id: int, iban: str, bic: str, seen: date) -> None:
        """Note that a document of this day showed the account."""
        self.get(party_id)
        known = self._db.first(
            self._db.rows(PartyBankAccountRow).where(
                PartyBankAccountRow.party_id == party_id, PartyBankAccountRow.iban == iban
            )
        )
        if known is None:
            self._db.append(
                PartyBankAccountRow(
                    party_id=party_id,
                    iban=iban,
                    bic=bic,
                    first_seen=seen,
                    last_seen=seen,
                    blocked=False,
                )
            )
            return
        known.first_seen = min(known.first_seen or seen, seen)
        known.last_seen = max(known.last_seen or seen, seen)
        known.bic = bic or known.bic
        self._db.session.flush()

    def _ids(self, numbers: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for start in range(0, len(numbers), CHUNK):
            statement = self._db.rows(PartyRow).where(
                PartyRow.number.in_(numbers[start : start + CHUNK])
            )
            found |= {row.number: row.id for row in self._db.all(statement)}
        return found

    def _records(self, rows: Sequence[PartyRow]) -> list[PartyRecord]:
        ids = [row.id for row in rows]
        addresses = self._children(PartyAddressRow, ids)
        vat_ids = self._children(PartyVatIdRow, ids)
        accounts = self._children(PartyBankAccountRow, ids)
        return [_record(row, addresses[row.id], vat_ids[row.id], accounts[row.id]) for row in rows]

    def _children(self, table: type[Child], ids: Sequence[int]) -> dict[int, list[Child]]:
        found: defaultdict[int, list[Child]] = defaultdict(list)
        for start in range(0, len(ids), CHUNK):
            wanted = table.party_id.in_(ids[start : start + CHUNK])
            for child in self._db.all(self._db.rows(table).where(wanted).order_by(table.id)):
                found[child.party_id].append(child)
        return found


def _party_values(party: PartyRecord) -> dict[str, Any]:
    return {
        "number": party.number,
        "name": party.name,
        "kind": party.kind,
        "email": party.email,
        "tax_number": party.tax_number,
        "language": party.language,
        "aliases": list(party.aliases),
        "details": party.details,
    }


def _addresses(party_id: int, party: PartyRecord) -> list[dict[str, Any]]:
    return [
        {
            "party_id": party_id,
            "street": address.street,
            "postcode": address.postcode,
            "city": address.city,
            "country": address.country,
            "seen_at": address.seen_at,
        }
        for address in party.addresses
    ]


def _accounts(party_id: int, party: PartyRecord) -> list[dict[str, Any]]:
    return [
        {
            "party_id": party_id,
            "iban": account.iban,
            "bic": account.bic,
            "first_seen": account.first_seen,
            "last_seen": account.last_seen,
            "blocked": account.blocked,
        }
        for account in party.bank_accounts
    ]


def _record(
    row: PartyRow,
    addresses: Sequence[PartyAddressRow],
    vat_ids: Sequence[PartyVatIdRow],
    accounts: Sequence[PartyBankAccountRow],
) -> PartyRecord:
    return PartyRecord(
        id=row.id,
        number=row.number,
        name=row.name,
        kind=cast("PartyKind", row.kind),
        email=row.email,
        tax_number=row.tax_number,
        language=row.language,
        aliases=tuple(row.aliases),
        details=dict(row.details),
        addresses=tuple(
            AddressRecord(a.street, a.postcode, a.city, a.country, a.seen_at) for a in addresses
        ),
        vat_ids=tuple(v.vat_id for v in vat_ids),
        bank_accounts=tuple(
            PartyBankAccount(a.iban, a.bic, a.first_seen, a.last_seen, a.blocked) for a in accounts
        ),
    )
