"""Where the totals of a table's lines stand: flush right as a rule, flush left in many web pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contor.documents.candidates import Candidate

_ALIGNED = 14.0
_SAME = 3.0
_LEFT, _RIGHT = 0, 2


@dataclass(frozen=True, slots=True)
class TotalColumn:
    """An edge of the page that the totals share: their left one (0) or their right one (2)."""

    side: int
    edge: float

    def holds(self, figure: Candidate) -> bool:
        """Whether a figure stands in the column."""
        return abs(figure.box[self.side] - self.edge) < _ALIGNED


def total_column(figures: Sequence[Candidate], label: tuple[float, float]) -> TotalColumn | None:
    """The column of the amounts found under the label of totals, by the edge that most of them share."""
    if not figures:
        return None
    lefts, rights = _edges(figures, _LEFT), _edges(figures, _RIGHT)
    left = min(lefts, key=lambda edge: (-lefts[edge], abs(edge - label[0])))
    # Where few rows tell, totals stand flush right under their label.
    right = min(rights, key=lambda edge: (-rights[edge], abs(edge - label[1]), -edge))
    if lefts[left] > rights[right]:
        return TotalColumn(_LEFT, left)
    return TotalColumn(_RIGHT, right)


def _edges(figures: Sequence[Candidate], side: int) -> dict[float, int]:
    """Edges of the figures and how many figures have them."""
    edges = [figure.box[side] for figure in figures]
    return {edge: sum(abs(other - edge) < _SAME for other in edges) for edge in edges}
