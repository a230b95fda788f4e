"""A person's correction of a claim: fields read wrongly, postings, allocations.

>>> from contor.money import Money
>>> Correction(postings=(PostingChoice("4910", "support", "VSt19", Money.of("80.00", "EUR")),)).empty
False
>>> Correction().empty
True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from contor.money import Money


@dataclass(frozen=True, slots=True)
class PostingChoice:
    """One line of the entry as the bookkeeper wants it; ``net`` None takes the proposed amount.

    ``items`` are the invoice lines it stands for, ``line`` the suggested line it came from.
    """

    account: str
    cost_centre: str = ""
    tax_code: str = ""
    net: Money | None = None
    text: str = ""
    items: tuple[int, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class AllocationChoice:
    """Money of a bank line for one open item, with what is deducted beside it."""

    open_item_id: int
    amount: Money
    discount: Money | None = None
    fee: Money | None = None
    write_off: Money | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What the person changed: facts of the document, the postings, or the allocations.

    ``fields`` maps a field name of ``contor read`` to the right value, ``boxes`` to where it stands
    (page, x0, y0, x1, y1 in points from the top left): both become training data.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    boxes: Mapping[str, tuple[int, float, float, float, float]] = field(default_factory=dict)
    postings: tuple[PostingChoice, ...] = ()
    allocations: tuple[AllocationChoice, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was changed."""
        return not (self.fields or self.postings or self.allocations)
