"""The amounts of a document once they are chosen: net, tax and gross, and where each was read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from contor.documents.candidates import Candidate
from contor.documents.tax_rows import TaxRowCandidate


@dataclass(frozen=True, slots=True)
class Choice:
    """A value for a role: the candidate it was read from, None where it was derived."""

    value: Decimal
    candidate: Candidate | None
    score: float


@dataclass(frozen=True, slots=True)
class Totals:
    """The chosen amounts; ``adds_up`` when net + tax = gross was read, not derived.

    ``misread`` names the field in which a misread digit was set right.
    """

    net: Choice | None
    tax: Choice | None
    gross: Choice | None
    rows: tuple[TaxRowCandidate, ...] = ()
    adds_up: bool = False
    misread: str | None = None
