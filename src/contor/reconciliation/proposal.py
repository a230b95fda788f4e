"""What reconciliation proposes for a bank line: allocations, evidence, confidence."""

from __future__ import annotations

from dataclasses import dataclass

from contor.banking.table import amount_text
from contor.reconciliation.item import decimal_of

STATUSES = ("auto", "propose", "ambiguous", "none")
KINDS = (
    "payment",
    "partial",
    "overpayment",
    "batch",
    "return",
    "payout",
    "fee",
    "transfer",
    "other",
)


@dataclass(frozen=True, slots=True)
class Allocation:
    """Money of a line for an open item, signed like the line; deductions stand beside it, ≥ 0."""

    item: str
    amount: int
    discount: int = 0
    fee: int = 0
    write_off: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for (or, with a negative weight, against) a proposal."""

    field: str
    what: str
    weight: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another explanation of the same line."""

    allocations: tuple[Allocation, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposal for one bank line; amounts in minor units of ``currency``."""

    line: str
    status: str
    confidence: float
    currency: str
    residual: int
    kind: str
    party_id: str = ""
    allocations: tuple[Allocation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    def record(self) -> dict[str, object]:
        """The proposal as the JSON object of the command line's contract."""
        return {
            "line": self.line,
            "status": self.status,
            "confidence": round(self.confidence, 4),
            "party_id": self.party_id,
            "allocations": [_allocation_record(a, self.currency) for a in self.allocations],
            "residual": _money(self.residual, self.currency),
            "kind": self.kind,
            "evidence": [
                {"field": e.field, "what": e.what, "weight": round(e.weight, 3)}
                for e in self.evidence
            ],
            "alternatives": [
                {
                    "allocations": [
                        _allocation_record(a, self.currency) for a in other.allocations
                    ],
                    "confidence": round(other.confidence, 4),
                }
                for other in self.alternatives
            ],
        }


def _money(minor: int, currency: str) -> str:
    return amount_text(decimal_of(minor, currency), currency)


def _allocation_record(allocation: Allocation, currency: str) -> dict[str, str]:
    return {
        "item": allocation.item,
        "amount": _money(allocation.amount, currency),
        "discount": _money(allocation.discount, currency),
        "fee": _money(allocation.fee, currency),
        "write_off": _money(allocation.write_off, currency),
    }
