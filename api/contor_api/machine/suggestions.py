"""What was suggested about an item, for programs: the same that the desk shows, in as many languages.

The models describe the answers in ``openapi.json``; what is stored is answered as it stands.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from contor.ports.store import UnitOfWork
from contor.ports.store_review import ReviewItemRecord, ReviewKind
from contor.review.blind import seen
from contor_api.machine.answers import plain
from contor_api.machine.spoken import suggestion_said
from contor_api.wording import Wording

Subject = tuple[ReviewKind, int]


class RunnerUp(BaseModel):
    """A code that came behind, in its order."""

    value: str
    confidence: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="The probability that this code is the right one. Of an item that waits, where "
        "its first code is shown with `at_least`: its share of what is left beside the confidence "
        "shown. Null in suggestions made before it was worked out.",
    )


class PastBooking(BaseModel):
    """The nearest past booking, and what makes it near."""

    date: str = ""
    amount: str = ""
    code: str = ""
    supplier: str = ""
    text: str = ""
    likeness: Literal["text", "amount", "document", "size", "supplier", ""] = ""


class Choice(BaseModel):
    """One target: the code, how sure it is, who speaks (``rung``), why, and what came second."""

    value: str = Field(description="The code; empty where nothing is suggested.")
    confidence: float = Field(ge=0, le=1)
    at_least: bool = Field(
        default=False,
        description="While a document waits nothing is shown surer than the surest that wait "
        "anyway: the confidence is this or more.",
    )
    rung: Literal["rule", "einvoice", "memory", "model", "chart", "none"] = "none"
    reason: str = ""
    nearest: PastBooking | None = None
    words: list[str] = Field(default_factory=list, description="Words that speak for the code.")
    alternatives: list[RunnerUp] = Field(default_factory=list, description="Best first.")


class SuggestedLine(BaseModel):
    """A line of the suggested entry; ``items`` are the invoice lines (from 0) it stands for."""

    text: str = ""
    net: str = ""
    currency: str = ""
    rate: str = ""
    includes_tax: bool = False
    items: list[int] = Field(default_factory=list)
    account: Choice | None = None
    cost_centre: Choice | None = None
    tax_code: Choice | None = None


class Suggestion(BaseModel):
    """What was suggested, line by line, the drafted entry and the supplier."""

    lines: list[SuggestedLine] = Field(default_factory=list)
    entry: dict[str, Any] | None = None
    supplier: dict[str, Any] | None = None


def suggestion_about(
    uow: UnitOfWork, subject: Subject, item: ReviewItemRecord | None, wording: Wording
) -> dict[str, Any] | None:
    """The latest suggestion about a document or bank line, as it may be seen; None where none is.

    Its reasons are said in the language of ``wording``. Nothing of a bank line goes alone, so there is
    nothing to hide about it.
    """
    kept = uow.suggestions.latest(*subject)
    if kept is None:
        return None
    waits = subject[0] == "document" and item is not None and item.state == "open"
    answer: dict[str, Any] = plain(suggestion_said(seen(kept.content, waits=waits), wording))
    return answer
