"""What the matching proposed for a bank line, as choices a person can accept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contor.money import Money
from contor.review.decisions import AllocationChoice


def allocations_of(proposal: Mapping[str, Any], currency: str) -> tuple[AllocationChoice, ...]:
    """The allocations of a proposal in the form of ``contor reconcile``.

    >>> allocations_of({"allocations": [{"item": "7", "amount": "98.00", "discount": "2.00"}]},
    ...                "EUR")[0].discount
    Money(minor=200, currency='EUR')
    """

    def money(value: str | None) -> Money | None:
        return Money.of(value, currency) if value and Money.of(value, currency) else None

    return tuple(
        AllocationChoice(
            int(part["item"]),
            Money.of(part["amount"], currency),
            money(part.get("discount")),
            money(part.get("fee")),
            money(part.get("write_off")),
        )
        for part in proposal.get("allocations", ())
    )
