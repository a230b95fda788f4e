"""What stands between the lines and the net total: discounts and charges of the whole document."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.items.pension_funds import is_fund

_BESIDE = frozenset({"allowance", "charge"})


def besides_lines(document: DocumentText, candidates: Sequence[Candidate]) -> frozenset[Decimal]:
    """Amounts without signs on lines that begin with a discount, a charge or a pension fund."""
    return frozenset(
        abs(candidate.number)
        for candidate in candidates
        if candidate.kind == "amount" and candidate.number and candidate.valid
        if _is_beside(document.lines[candidate.line])
    )


def _is_beside(line: TextLine) -> bool:
    return is_fund(line) or any(
        label.concept in _BESIDE and line.begins_cell(label.start) for label in line.labels
    )
