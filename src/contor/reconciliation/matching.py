"""Reconciliation of a whole statement: every line against every open item, each item once.

Lines are taken by the strength of their best explanation, not in file order, so that a weak match
never takes an item away from a sure one; what was taken is gone for the rest, whose explanations
are made anew. Two explanations equally good are ambiguous, and both are shown.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from contor.banking.statement import BankLine
from contor.parties.names import comparable
from contor.reconciliation.candidates import Lookup, find_candidates
from contor.reconciliation.counterparties import resolve_names
from contor.reconciliation.explanation import Explanation, explain
from contor.reconciliation.index import Index, build_index
from contor.reconciliation.item import OpenItem
from contor.reconciliation.line_kind import kind_of
from contor.reconciliation.presentation import nothing, present
from contor.reconciliation.proposal import Proposal
from contor.reconciliation.returned import explain_return, is_return
from contor.reconciliation.scoring import confidence, points
from contor.reconciliation.settlement import Tolerances

_TIE = 0.8
_LATER = 50.0  # a return follows the payment that it takes back


@dataclass
class _Case:
    """One line on its way: what was looked up, and its ranked explanations."""

    number: int
    lookup: Lookup
    returned: bool
    ranked: list[tuple[float, Explanation]]
    seen: dict[int, int] = field(default_factory=dict)


def reconcile(
    lines: Sequence[BankLine],
    open_items: Iterable[OpenItem],
    as_of: date | None = None,
    error: float = 0.001,
    limits: Tolerances | None = None,
) -> list[Proposal]:
    """One proposal for each of ``lines``, in their order.

    ``error`` is the promised share of wrong proposals among those of status ``auto``.
    """
    index = build_index(tuple(open_items), as_of)
    own = frozenset(line.account_iban for line in lines if line.account_iban)
    resolved = resolve_names((comparable(line.counterparty_name) for line in lines), index)
    values = list(index.values)
    tolerances = limits or Tolerances()
    proposals: dict[int, Proposal] = {}
    queue: list[tuple[float, int, _Case]] = []
    for number, line in enumerate(lines):
        if line.pending:
            proposals[number] = nothing(line, "other", "status", "announced, not booked")
            continue
        lookup = find_candidates(line, index, resolved)
        case = _Case(number, lookup, is_return(line), [])
        _rank(case, index, values, tolerances)
        _push(queue, case)
    waiting: list[_Case] = []
    while queue:
        _, _, case = heapq.heappop(queue)
        _settle_case(case, index, values, tolerances, queue, waiting, proposals, own, error)
    for case in waiting:
        _rank(case, index, values, tolerances)
        proposals[case.number] = _conclude(case, index, values, own, error, last=True)
    return [proposals[number] for number in range(len(lines))]


def _push(queue: list[tuple[float, int, _Case]], case: _Case) -> None:
    best = case.ranked[0][0] if case.ranked else -99.0
    if case.returned:
        best -= _LATER
    heapq.heappush(queue, (-best, case.number, case))


def _rank(case: _Case, index: Index, values: list[int], limits: Tolerances) -> None:
    """Explain the line by what is open now; the best first, ties in a fixed order."""
    found = explain_return(case.lookup, index, values) if case.returned else []
    if not found:
        found = explain(case.lookup, index, values, limits)
    scored = [(points(explanation), explanation) for explanation in found]
    case.ranked = sorted(scored, key=lambda pair: (-pair[0], sorted(pair[1].positions)))
    concerned = {p for _, explanation in case.ranked for p in explanation.positions}
    case.seen = {p: values[p] for p in concerned}


def _settle_case(
    case: _Case,
    index: Index,
    values: list[int],
    limits: Tolerances,
    queue: list[tuple[float, int, _Case]],
    waiting: list[_Case],
    proposals: dict[int, Proposal],
    own: frozenset[str],
    error: float,
) -> None:
    """Take the case's best explanation; explain it anew if an item it weighed has moved since."""
    if any(values[p] != seen for p, seen in case.seen.items()):
        _rank(case, index, values, limits)
        _push(queue, case)
    elif is_tied(case.ranked):
        waiting.append(case)
    else:
        proposals[case.number] = _conclude(case, index, values, own, error, last=False)


def is_tied(ranked: list[tuple[float, Explanation]]) -> bool:
    """Whether another set of items explains the line as well as the best does."""
    if len(ranked) < 2:
        return False
    best = ranked[0]
    return any(
        best[0] - score < _TIE and explanation.positions != best[1].positions
        for score, explanation in ranked[1:]
    )


def _conclude(
    case: _Case, index: Index, values: list[int], own: frozenset[str], error: float, *, last: bool
) -> Proposal:
    """The proposal for the case; what it takes is taken off the open values."""
    line = case.lookup.line
    if not case.ranked or confidence(case.ranked[0][0]) < 0.05:
        kind = "return" if case.returned else kind_of(line, own)
        return nothing(line, kind, "line", f"no open item explains it: {kind}")
    tied = is_tied(case.ranked)
    proposal = present(case.lookup, case.ranked, index, error, tied=tied, elimination=last)
    if not tied and not case.returned:
        for part in case.ranked[0][1].settlement.parts:
            sign = 1 if values[part.position] > 0 else -1
            values[part.position] -= part.money + sign * (part.discount + part.fee + part.write_off)
    return proposal
