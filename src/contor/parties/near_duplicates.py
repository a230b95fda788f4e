"""Near-duplicate parties: the same VAT-ID, account or name and address under another id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contor.parties.alarm import Alarm
from contor.parties.bank_account import compact_iban
from contor.parties.names import comparable, compared, fold
from contor.parties.party import Party
from contor.parties.vat_id import compact

_SURE = 0.9


def check_duplicates(
    parties: Sequence[Party], known: Sequence[Party]
) -> Iterator[tuple[str, Alarm]]:
    """Each party that looks like another one of ``parties`` or ``known``, with those others."""
    everyone = [*known, *parties]
    blocks: dict[str, list[int]] = {}
    for position, party in enumerate(everyone):
        for key in _keys(party):
            blocks.setdefault(key, []).append(position)
    for offset, party in enumerate(parties):
        own = len(known) + offset
        others: dict[int, None] = {}
        for key in _keys(party):
            if len(blocks[key]) <= 50:
                others.update(dict.fromkeys(p for p in blocks[key] if p != own))
        scored: dict[str, float] = {}
        for position in others:
            other = everyone[position]
            score = _alikeness(party, other) if other.id != party.id else 0.0
            if score >= _SURE:
                scored[other.id] = max(score, scored.get(other.id, 0.0))
        if scored:
            ranked = sorted(scored, key=lambda i: (-scored[i], i))
            yield (
                party.id,
                Alarm(
                    "near_duplicate",
                    "warning",
                    "name",
                    "The party looks like one that exists already.",
                    ranked[0],
                    scored[ranked[0]],
                    tuple(ranked),
                ),
            )


def _keys(party: Party) -> Iterator[str]:
    if party.vat_id:
        yield f"v{compact(party.vat_id)}"
    if party.iban:
        yield f"i{compact_iban(party.iban)}"
    if party.email:
        yield f"e{party.email.lower()}"
    words = sorted(word for word in comparable(party.name).split() if len(word) >= 3)
    for word in sorted(words, key=len, reverse=True)[:2]:
        yield f"n{word[:6]}{party.postcode.strip()[:5]}"
    if party.street and party.postcode:
        yield f"a{fold(party.street)[:10]}{party.postcode.strip()}"
    yield f"x{comparable(party.name).replace(' ', '')}"


def _alikeness(left: Party, right: Party) -> float:
    """How surely two records are one party: names, and what else agrees or contradicts."""
    name = compared(comparable(left.name), comparable(right.name))
    same_vat = bool(left.vat_id) and compact(left.vat_id) == compact(right.vat_id)
    same_iban = bool(left.iban) and compact_iban(left.iban) == compact_iban(right.iban)
    other_vat = bool(left.vat_id and right.vat_id) and not same_vat
    same_place = bool(left.postcode) and left.postcode == right.postcode
    streets = compared(fold(left.street), fold(right.street)) if left.street and right.street else 0
    score = name
    if same_vat or same_iban:
        score = max(score, 0.45 + 0.55 * name) + (0.05 if same_vat and same_iban else 0)
        if name < 0.5 and not same_place:
            score = 0.85
    elif same_place and streets >= 0.85:
        score = 0.35 + 0.65 * name
    elif same_place:
        score = name - 0.03
    elif left.postcode and right.postcode and left.postcode != right.postcode:
        score = name - 0.15
    else:
        score = name - 0.05
    if other_vat:
        score -= 0.12
    return min(score, 1.0)
