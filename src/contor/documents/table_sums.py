"""The last row of a table with net, tax and gross in every row.

The rows above add up, too, but are no totals of the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from contor.documents.candidates import Candidate

_ALIGNED = 4.0
Triple = tuple[Candidate, Candidate, Candidate]


def sum_row(chosen: Triple, amounts: Sequence[Candidate]) -> Triple | None:
    """Net, tax and gross of the row that sums up the table of which one line was chosen."""
    if len({candidate.line for candidate in chosen}) > 1:
        return None
    edges = [candidate.box[2] for candidate in chosen]
    running = [Decimal(0)] * 3
    own = False
    for count, row in enumerate(_rows(amounts, edges)):
        figures = [figure.number or Decimal(0) for figure in row]
        if count > 1 and own and figures == running:
            return row
        running = [before + figure for before, figure in zip(running, figures, strict=True)]
        own = own or row[0].line == chosen[0].line
    return None


def _rows(amounts: Sequence[Candidate], edges: Sequence[float]) -> list[Triple]:
    """The lines that have a figure flush right at each of three edges."""
    by_line: dict[int, list[Candidate]] = {}
    for candidate in amounts:
        if candidate.valid:
            by_line.setdefault(candidate.line, []).append(candidate)
    found: list[Triple] = []
    for figures in by_line.values():
        net, tax, gross = (
            next((f for f in figures if abs(f.box[2] - edge) <= _ALIGNED), None) for edge in edges
        )
        if net and tax and gross:
            found.append((net, tax, gross))
    return found
