"""Returned payments: a direct debit or transfer that comes back reopens the item it had settled."""

from __future__ import annotations

from collections.abc import Sequence

from contor.banking.returns import is_return_text
from contor.banking.statement import BankLine
from contor.reconciliation.candidates import Lookup
from contor.reconciliation.explanation import Explanation
from contor.reconciliation.index import Index
from contor.reconciliation.settlement import Part, Settlement

_RETURN_CODES = ("RDDT-PRDD", "RDDT-UPDD", "IDDT-PRDD", "IDDT-UPDD", "RRTN", "RCDT-RRTN")
_GERMAN_CODES = {"108", "109", "159", "181", "182", "183", "184"}
_MAX_FEE = 3000


def is_return(line: BankLine) -> bool:
    """Whether the line says, by code or wording, that a payment came back."""
    code = line.transaction_code.upper()
    return bool(
        line.return_reason
        or code in _GERMAN_CODES
        or any(part in code for part in _RETURN_CODES)
        or is_return_text(f"{line.transaction_code} {line.remittance}")
    )


def explain_return(lookup: Lookup, index: Index, values: Sequence[int]) -> list[Explanation]:
    """Settled items whose gross amount the line takes back, with or without the bank's charge."""
    amount = lookup.amount
    kind = "receivable" if amount < 0 else "payable"
    found = []
    hits: dict[int, None] = dict.fromkeys(
        index.settled_by_amount.get((lookup.line.currency, abs(amount)), [])[:60]
    )
    hits.update(dict.fromkeys(lookup.candidates))
    for position in hits:
        item = index.items[position]
        charge = abs(amount) - item.gross
        if item.kind != kind or abs(values[position]) >= item.gross or item.gross == 0:
            continue
        candidate = lookup.candidates.get(position)
        reference = candidate.reference if candidate else 0.0
        party = lookup.parties.get(item.party)
        if not 0 <= charge <= _MAX_FEE or (charge and reference < 0.6 and not party):
            continue
        sign = 1 if amount > 0 else -1
        best = lookup.best_party
        agreement = (2 if party.score >= 0.9 else 1) if party else 0
        if not party and best and best.score >= 0.9:
            agreement = -1
        found.append(
            Explanation(
                Settlement(
                    (Part(position, sign * item.gross),),
                    "exact" if charge == 0 else "fee",
                    sign * charge,
                ),
                reference,
                agreement,
                listed=True,
            )
        )
    return found
