"""From a ranked list of explanations to the proposal that people and programs read."""

from __future__ import annotations

from contor.banking.statement import BankLine
from contor.reconciliation.candidates import Lookup
from contor.reconciliation.explanation import Explanation
from contor.reconciliation.index import Index
from contor.reconciliation.item import minor_of
from contor.reconciliation.line_kind import is_payout
from contor.reconciliation.proposal import Allocation, Alternative, Evidence, Proposal
from contor.reconciliation.returned import is_return
from contor.reconciliation.scoring import confidence, proven_error, reference_points

_WORDS = {
    "exact": "the money is the open amount to the cent",
    "discount": "the money is the open amount less the discount allowed on the day",
    "late_discount": "the money is the open amount less a discount taken too late",
    "tolerance": "the money falls short by less than the tolerance",
    "fee": "the money falls short by charges",
    "partial": "the money is less than what is open",
    "instalment": "the text speaks of a part payment",
    "overpayment": "the money is more than what is open",
}


def nothing(line: BankLine, kind: str, field: str, what: str) -> Proposal:
    """The proposal of a line that no open item explains."""
    return Proposal(
        line=line.id,
        status="none",
        confidence=0.0,
        currency=line.currency,
        residual=minor_of(line.amount, line.currency),
        kind=kind,
        evidence=(Evidence(field, what, 0.0),),
    )


def present(
    lookup: Lookup,
    ranked: list[tuple[float, Explanation]],
    index: Index,
    error: float,
    *,
    tied: bool,
    elimination: bool,
) -> Proposal:
    """The best explanation as a proposal, with up to three others beside it."""
    score, best = ranked[0]
    sure = confidence(score)
    status = "propose"
    issued = [index.items[p].issue_date for p in best.positions]
    early = any(day is not None and lookup.line.booking_date < day for day in issued)
    if tied:
        status, sure = "ambiguous", min(sure, 0.5)
    elif not elimination and not early and proven_error(best) <= error:
        status, sure = "auto", max(sure, 1 - proven_error(best))
    parties = {index.items[p].party_id for p in best.positions}
    return Proposal(
        line=lookup.line.id,
        status=status,
        confidence=sure,
        currency=lookup.line.currency,
        residual=best.settlement.residual,
        kind=_kind_of(lookup.line, best),
        party_id=parties.pop() if len(parties) == 1 else "",
        allocations=_allocations(best, index),
        evidence=_evidence(lookup, best, index),
        alternatives=_alternatives(ranked, index, sure),
    )


def _alternatives(
    ranked: list[tuple[float, Explanation]], index: Index, sure: float
) -> tuple[Alternative, ...]:
    """Up to three explanations by other items, none of them surer than the best."""
    shown = {ranked[0][1].positions}
    found: list[Alternative] = []
    for score, other in ranked[1:]:
        if other.positions not in shown and len(found) < 3:
            shown.add(other.positions)
            found.append(Alternative(_allocations(other, index), min(confidence(score), sure)))
    return tuple(found)


def _allocations(explanation: Explanation, index: Index) -> tuple[Allocation, ...]:
    return tuple(
        Allocation(
            index.items[part.position].id, part.money, part.discount, part.fee, part.write_off
        )
        for part in explanation.settlement.parts
    )


def _kind_of(line: BankLine, best: Explanation) -> str:
    if is_return(line):
        return "return"
    if best.settlement.how in {"partial", "instalment"}:
        return "partial"
    if best.settlement.how == "overpayment":
        return "overpayment"
    if is_payout(line) and len(best.positions) > 1:
        return "payout"
    return "batch" if len(best.positions) > 1 else "payment"


def _evidence(lookup: Lookup, best: Explanation, index: Index) -> tuple[Evidence, ...]:
    found = []
    for part in best.settlement.parts:
        candidate = lookup.candidates.get(part.position)
        if candidate and candidate.reference >= 0.45:
            number = index.items[part.position].number
            found.append(
                Evidence(
                    "remittance",
                    f"“{candidate.words}” names {number}",
                    reference_points(candidate.reference) / 10,
                )
            )
    party = lookup.parties.get(index.items[best.settlement.parts[0].position].party)
    if party:
        found.append(Evidence(party.field, f"{party.what} is {party.party}", party.score / 3))
    elif best.party < 0 and lookup.best_party:
        other = lookup.best_party
        found.append(Evidence(other.field, f"{other.what} is another party: {other.party}", -0.25))
    found.append(Evidence("amount", _WORDS[best.settlement.how], 0.3))
    return tuple(found)
