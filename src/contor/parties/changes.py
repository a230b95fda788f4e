"""Changes against what is on file: another bank account, VAT-ID or country than last seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from contor.parties.alarm import Alarm
from contor.parties.bank_account import compact_iban, iban_problem
from contor.parties.names import comparable, compared
from contor.parties.party import Party
from contor.parties.vat_id import compact, only_swapped


def check_changes(parties: Sequence[Party], known: Sequence[Party]) -> Iterator[tuple[str, Alarm]]:
    """Changes of each party against its latest record before it (same id; then same name).

    Records of ``known`` and earlier rows of the same id count as seen before, by ``seen_at``.
    """
    latest: dict[str, list[Party]] = {}
    by_name: dict[str, list[Party]] = {}
    for party in sorted(known, key=lambda p: p.seen_at):
        latest.setdefault(party.id, []).append(party)
        by_name.setdefault(comparable(party.name), []).append(party)
    ordered = sorted(range(len(parties)), key=lambda i: (parties[i].seen_at, i))
    for position in ordered:
        party = parties[position]
        earlier = latest.get(party.id) or _namesakes(by_name, party)
        if earlier:
            yield from ((party.id, alarm) for alarm in _compare(party, earlier))
        latest.setdefault(party.id, []).append(party)


def _namesakes(by_name: dict[str, list[Party]], party: Party) -> list[Party]:
    """The records of one other id with the same name; none where several parties share it."""
    found = by_name.get(comparable(party.name), [])
    return found if len({p.id for p in found}) == 1 else []


def _compare(party: Party, earlier: Sequence[Party]) -> Iterator[Alarm]:
    iban = compact_iban(party.iban)
    accounts = [compact_iban(p.iban) for p in earlier if p.iban]
    if iban and accounts and iban not in accounts:
        last = accounts[-1]
        slip = OSA.distance(iban, last, score_cutoff=2) <= 2 and bool(iban_problem(iban))
        yield Alarm(
            "iban_changed",
            "error",
            "iban",
            "The bank account differs from every account seen before. Ask the party on a known way.",
            last if slip else "",
            0.95,
            tuple(dict.fromkeys(p.id for p in earlier if p.iban and p.id != party.id)),
        )
    number = compact(party.vat_id)
    numbers = [compact(p.vat_id) for p in earlier if p.vat_id]
    if number and numbers and number not in numbers:
        meant = next((n for n in reversed(numbers) if only_swapped(number, n)), "")
        text = "The VAT-ID differs from the one seen before."
        if meant:
            text = f"Two digits are swapped against the VAT-ID seen before: {meant}."
        yield Alarm("vat_id_changed", "warning", "vat_id", text, meant or numbers[-1], 0.8)
    names = [comparable(p.name) for p in earlier if p.name]
    if party.name and names and max(compared(comparable(party.name), n) for n in names) < 0.6:
        yield Alarm(
            "name_changed",
            "warning",
            "name",
            f"The name differs from the one seen before: {earlier[-1].name}.",
            earlier[-1].name,
            0.6,
        )
