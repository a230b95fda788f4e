"""Peers in bank matching, re-created from their published behaviour.

Odoo/OCA: digit tokens of four or more against item numbers, else the partner's items; amounts
summed greedily in order of due date, discount not tried. ERPNext: rank = 1 + number of reference,
amount, party equal; the top rank is taken where it is alone.
"""

from __future__ import annotations

import re
from collections import defaultdict

from contor.banking.statement import BankLine
from contor.reconciliation.item import OpenItem

Guess = dict[str, tuple[str, frozenset[str]]]


def _signed(item: OpenItem) -> int:
    return -item.open_amount if item.kind != "receivable" else item.open_amount


def _tokens(text: str) -> set[str]:
    digits = (re.sub(r"\D", "", word) for word in text.split() if len(word) >= 4)
    return {token for token in digits if len(token) >= 4}


def odoo_greedy(lines: list[BankLine], items: list[OpenItem]) -> Guess:
    """Token hits, then due date; accumulated until the amount is met exactly."""
    by_token: dict[str, list[OpenItem]] = defaultdict(list)
    by_party: dict[str, list[OpenItem]] = defaultdict(list)
    by_iban = {item.party_iban: item.party_name for item in items if item.party_iban}
    for item in items:
        by_party[item.party_name.lower()].append(item)
        for token in _tokens(item.number):
            by_token[token].append(item)
    taken: set[str] = set()
    guess: Guess = {}
    for line in lines:
        amount = int(line.amount.scaleb(2))
        hits = [i for t in sorted(_tokens(line.remittance)) for i in by_token.get(t, [])]
        sure = bool(hits)
        if not hits:
            name = by_iban.get(line.counterparty_iban, line.counterparty_name).lower()
            hits = by_party.get(name, [])
        free = [i for i in dict.fromkeys(hits) if i.id not in taken and _signed(i) * amount > 0]
        free.sort(key=lambda item: (str(item.due_date), item.id))
        exact = next((i for i in free if _signed(i) == amount), None)
        chosen = [exact] if exact else _greedy(free, amount)
        met = sum(_signed(item) for item in chosen) == amount
        if chosen and (met or sure):
            guess[line.id] = (
                "auto" if met and sure else "propose",
                frozenset(i.id for i in chosen),
            )
            taken.update(item.id for item in chosen if met)
    return guess


def _greedy(free: list[OpenItem], amount: int) -> list[OpenItem]:
    chosen, rest = [], abs(amount)
    for item in free:
        if rest <= 0:
            break
        chosen.append(item)
        rest -= item.open_amount
    return chosen


def erpnext_rank(lines: list[BankLine], items: list[OpenItem]) -> Guess:
    """Rank every item that shares reference, amount or party; the lone top rank above 2 is auto."""
    by_number: dict[str, list[OpenItem]] = defaultdict(list)
    by_amount: dict[int, list[OpenItem]] = defaultdict(list)
    by_iban: dict[str, list[OpenItem]] = defaultdict(list)
    for item in items:
        by_number[item.number].append(item)
        by_amount[_signed(item)].append(item)
        if item.party_iban:
            by_iban[item.party_iban].append(item)
    guess: Guess = {}
    for line in lines:
        ranks: dict[str, int] = defaultdict(lambda: 1)
        for word in set(line.remittance.replace(",", " ").split()):
            for item in by_number.get(word, []):
                ranks[item.id] += 1
        for item in by_amount.get(int(line.amount.scaleb(2)), []):
            ranks[item.id] += 1
        if line.counterparty_iban:
            for item in by_iban.get(line.counterparty_iban, []):
                ranks[item.id] += 1
        if not ranks:
            continue
        best = max(ranks.values())
        top = [item for item, rank in ranks.items() if rank == best]
        if len(top) == 1:
            guess[line.id] = ("auto" if best >= 3 else "propose", frozenset(top))
    return guess
