"""Contradictions among a tenant's decisions: what people have booked differently."""

from __future__ import annotations

from contor.account_assignment.contradictions import Contradiction, contradictions
from contor.account_assignment.lines import Lines
from contor.ports.store import UnitOfWork
from contor.ports.store_review import LabelRecord

_LOOKED_AT = 50_000
BROUGHT = "history"
"""Who coded what the company brought along."""


def contradictions_of(uow: UnitOfWork) -> list[Contradiction]:
    """Kinds of lines among the latest decisions whose codes differ, most doubtful first."""
    labels = uow.labels.newest(_LOOKED_AT)
    lines = Lines.from_rows([_row(label) for label in labels])
    return contradictions(lines, [label.actor or BROUGHT for label in labels])


def _row(label: LabelRecord) -> dict[str, str]:
    return {
        "date": label.date.isoformat(),
        "supplier": label.supplier,
        "description": label.description,
        "amount": str(label.amount.amount),
        "account": label.account,
        "cost_centre": label.cost_centre,
        "tax_code": label.tax_code,
    }
