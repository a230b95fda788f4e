"""A chosen candidate as a fact of the reading."""

from __future__ import annotations

from contor.documents.candidates import Candidate
from contor.documents.page import Source
from contor.documents.reading import Fact

MOST = 0.97
"""What is chosen among rivals is never surer than this."""
SURE = 0.985
"""What is proven: by check digits, or by a label that no other value bears.

Of such values 99 % and more were right on every set (docs/benchmarks/documents.md, calibration).
"""


def fact_of(
    candidate: Candidate, value: str, confidence: float, source: Source, most: float = MOST
) -> Fact:
    """The fact; what recognition doubted is less sure."""
    sure = max(0.05, min(most, confidence)) * (0.5 + 0.5 * candidate.confidence)
    return Fact(value, sure, candidate.page, candidate.box, source)
