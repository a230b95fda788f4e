"""A chosen candidate as a fact of the reading."""

from __future__ import annotations

from contor.documents.candidates import Candidate
from contor.documents.page import Source
from contor.documents.reading import Fact


def fact_of(candidate: Candidate, value: str, confidence: float, source: Source) -> Fact:
    """The fact; what recognition doubted is less sure."""
    sure = max(0.05, min(0.99, confidence)) * (0.5 + 0.5 * candidate.confidence)
    return Fact(value, sure, candidate.page, candidate.box, source)
