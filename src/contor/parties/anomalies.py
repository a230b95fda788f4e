"""Anomalies of parties: what looks wrong in addresses, VAT-IDs and bank accounts.

False alarms cost trust: a finding needs a rule that is broken or two facts that cannot both be
true. What is merely unknown is no finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from contor.errors import Severity
from contor.parties.address_check import check_address
from contor.parties.changes import check_changes
from contor.parties.identity_check import check_iban, check_vat_id
from contor.parties.near_duplicates import check_duplicates
from contor.parties.party import Party


@dataclass(frozen=True, slots=True)
class PartyFinding:
    """One finding on one party: ``score`` is how sure it is, ``matches`` other parties' ids."""

    id: str
    code: str
    severity: Severity
    field: str
    message: str
    suggestion: str = ""
    score: float = 1.0
    matches: tuple[str, ...] = ()

    def record(self) -> dict[str, object]:
        """The finding as the JSON object of the command line's contract."""
        return {
            "id": self.id,
            "code": self.code,
            "severity": self.severity,
            "field": self.field,
            "message": self.message,
            "suggestion": self.suggestion,
            "score": round(self.score, 3),
            "matches": list(self.matches),
        }


def screen(parties: Sequence[Party], known: Iterable[Party] = ()) -> list[PartyFinding]:
    """All findings on ``parties`` in their order; ``known`` is what was on file before."""
    before = list(known)
    by_id: dict[str, list[PartyFinding]] = {party.id: [] for party in parties}
    for party in parties:
        by_id[party.id].extend(_alone(party))
    for check in (check_changes(parties, before), check_duplicates(parties, before)):
        for party_id, alarm in check:
            by_id[party_id].append(PartyFinding(party_id, *alarm))
    found: dict[PartyFinding, None] = {}
    for party in parties:
        found.update(dict.fromkeys(by_id[party.id]))
    return list(found)


def screen_counterparty(party: Party, known: Iterable[Party]) -> list[PartyFinding]:
    """Findings on the counterparty of one document or bank line against what is on file."""
    return screen([party], known)


def _alone(party: Party) -> Iterator[PartyFinding]:
    for alarm in (*check_vat_id(party), *check_address(party), *check_iban(party)):
        yield PartyFinding(party.id, *alarm)
