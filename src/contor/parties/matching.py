"""Finding a party again: by VAT-ID, bank account, tax number, e-mail domain, name and place.

>>> known = [Party("70001", "Hetzner Online GmbH", vat_id="DE812871812"), Party("70002", "Heinzer AG")]
>>> find_supplier({"seller_name": "HETZNER ONLINE"}, known).party.id
'70001'
>>> find_supplier({"seller_vat_id": "DE 812 871 812"}, known).by
'vat_id'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contor.parties.bank_account import compact_iban
from contor.parties.names import comparable, compared, other_company
from contor.parties.party import Party
from contor.parties.vat_id import compact

_FLOOR = 0.86
_LEAD = 0.04
_SAME_NAME = 0.97


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """A party found: how sure (0 to 1), by which fact, and facts that contradict it."""

    party: Party
    score: float
    by: str
    contradictions: tuple[str, ...] = ()


def find_supplier(facts: Mapping[str, str], parties: Sequence[Party]) -> PartyMatch | None:
    """The party that a document's seller is, or None where none or several fit alike.

    Args:
        facts: document fields by their names (``seller_name``, ``seller_vat_id``, ``seller_iban``,
            ``seller_tax_number``, ``seller_address``); absent ones are unknown.
        parties: the parties on file.
    """
    vat_id = compact(facts.get("seller_vat_id", "") or "")
    iban = compact_iban(facts.get("seller_iban", "") or "")
    tax = compact(facts.get("seller_tax_number", "") or "")
    told = facts.get("seller_name", "") or ""
    name = comparable(told)
    address = comparable(facts.get("seller_address", "") or "")
    scored = []
    for party in parties:
        likeness = compared(name, comparable(party.name)) if name else 0.0
        score, by = _identity(party, vat_id, iban, tax, likeness)
        alike = not by and likeness >= _FLOOR and not other_company(told, party.name)
        if alike and not _somebody_else(party, vat_id, iban, likeness):
            score, by = 0.9 * likeness, "name"
            if party.postcode and party.postcode.lower() in address.split():
                score += 0.08
        if by:
            scored.append((score, party, by))
    if not scored:
        return None
    scored.sort(key=lambda entry: (-entry[0], entry[1].id))
    best = scored[0]
    rivals = (score for score, party, _ in scored if party.id != best[1].id)
    if best[0] - next(rivals, 0.0) < _LEAD:
        return None
    return PartyMatch(best[1], min(best[0], 1.0), best[2], _against(best[1], vat_id, iban, name))


def _identity(party: Party, vat_id: str, iban: str, tax: str, likeness: float) -> tuple[float, str]:
    """Score by an identifier of its own; a name that differs altogether takes some of it away."""
    alike = 0.05 * likeness
    if vat_id and compact(party.vat_id) == vat_id:
        return 0.95 + alike, "vat_id"
    if iban and compact_iban(party.iban) == iban:
        return 0.93 + alike, "iban"
    if tax and compact(party.tax_number) == tax:
        return 0.9 + alike, "tax_number"
    return 0.0, ""


def _somebody_else(party: Party, vat_id: str, iban: str, likeness: float) -> bool:
    """Whether a name is only alike while both VAT-ID and bank account are others.

    Under the very name both are found and told: that is how a forged invoice looks.
    """
    against = _against(party, vat_id, iban, "")
    return likeness < _SAME_NAME and {"vat_id", "iban"} <= set(against)


def _against(party: Party, vat_id: str, iban: str, name: str) -> tuple[str, ...]:
    """The facts that differ from what is on file."""
    checks = (
        ("vat_id", vat_id, compact(party.vat_id)),
        ("iban", iban, compact_iban(party.iban)),
    )
    found = [field for field, told, filed in checks if told and filed and told != filed]
    if name and party.name and compared(name, comparable(party.name)) < 0.6:
        found.append("name")
    return tuple(found)
