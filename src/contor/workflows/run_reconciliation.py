"""Reconcile: match every bank line that waits to open items; book what is sure, queue the rest.

A run can be stopped and started again at any line: a line booked is never looked at again, a line in
the queue is proposed anew, and its item there is not doubled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contor.banking.statement import BankLine
from contor.errors import Refusal
from contor.ledger.discount_terms import format_discount_terms
from contor.ledger.open_items import OpenItem as LedgerItem
from contor.ports.store import UnitOfWork
from contor.ports.store_bank import BankLineRecord, ProposalRecord
from contor.ports.store_documents import SuggestionRecord
from contor.ports.store_people import PartyRecord
from contor.ports.store_review import ReviewItemRecord
from contor.ports.workplace import Workplace
from contor.reconciliation.item import OpenItem, item_from
from contor.reconciliation.matching import reconcile
from contor.review.proposal import allocations_of
from contor.workflows.decide_bank_line import book_bank_line
from contor.workflows.progress import Progress, unseen
from contor.workflows.suggest_bank_line import suggest_bank_line

MATCHER = "reconciliation"


@dataclass(slots=True)
class ReconciliationReport:
    """What a run did: lines looked at, by status, and what was booked."""

    run_id: str
    lines: int = 0
    booked: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    kept_back: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """For the run's record."""
        return {
            "lines": self.lines,
            "booked": self.booked,
            "by_status": self.by_status,
            "kept_back": self.kept_back,
        }


def run_reconciliation(
    work: Workplace,
    tenant_id: int,
    as_of: date,
    error: float = 0.001,
    progress: Progress = unseen,
) -> ReconciliationReport:
    """Match, book and queue; ``error`` is the promised share of wrong bookings made alone."""
    report = ReconciliationReport(f"reconciliation:{tenant_id}:{as_of.isoformat()}")
    with work.store.unit_of_work(tenant_id) as uow:
        uow.runs.start(report.run_id, "reconciliation", work.clock(), {"error": str(error)})
        waiting = [*uow.bank.lines("new"), *uow.bank.lines("review")]
        parties = {party.number: party for party in uow.parties.all()}
        items = [_item(item, parties) for item in uow.open_items.all()]
    with work.store.reading(tenant_id) as uow:
        if waiting:  # fitted here, while nobody waits for the database
            work.assigners.of(uow)
    proposals = [
        proposal.record()
        for proposal in reconcile([_line(line) for line in waiting], items, as_of, error)
    ]
    report.lines = len(waiting)
    for done, (line, proposal) in enumerate(zip(waiting, proposals, strict=True), 1):
        status = str(proposal["status"])
        report.by_status[status] = report.by_status.get(status, 0) + 1
        _settle(work, tenant_id, line, proposal, report)
        progress(done, len(waiting))
    with work.store.unit_of_work(tenant_id) as uow:
        uow.runs.record(report.run_id, "done", work.clock(), report.to_json())
    return report


def _settle(
    work: Workplace,
    tenant_id: int,
    line: BankLineRecord,
    proposal: Mapping[str, Any],
    report: ReconciliationReport,
) -> None:
    """Book one line alone, or queue it; what the ledger refuses is queued with the reason."""
    reasons = [f"match:{proposal['status']}", f"kind:{proposal['kind']}"]
    if proposal["status"] == "auto":
        try:
            with work.store.unit_of_work(tenant_id) as uow:
                _keep(work, uow, line, proposal, report.run_id)
                book_bank_line(
                    work, uow, line, MATCHER, allocations_of(proposal, line.amount.currency)
                )
        except Refusal as refusal:
            report.kept_back.append(f"{line.id}: {refusal}")
            reasons.append(f"refused:{refusal.code}")
        else:
            report.booked += 1
            return
    with work.store.unit_of_work(tenant_id) as uow:
        known = uow.bank.proposal(line.id)
        if known is not None and known.content == proposal and line.state == "review":
            return
        _keep(work, uow, line, proposal, report.run_id)
        _queue(work, uow, line, proposal, reasons)


def _keep(
    work: Workplace,
    uow: UnitOfWork,
    line: BankLineRecord,
    proposal: Mapping[str, Any],
    run_id: str,
) -> None:
    record = ProposalRecord(
        line.id,
        run_id,
        str(proposal["status"]),
        float(proposal["confidence"]),
        proposal,
        work.clock(),
    )
    uow.bank.add_proposals([record])


def _queue(
    work: Workplace,
    uow: UnitOfWork,
    line: BankLineRecord,
    proposal: Mapping[str, Any],
    reasons: Sequence[str],
) -> None:
    at = work.clock()
    if not proposal["allocations"]:
        assigner = work.assigners.of(uow)
        content = suggest_bank_line(uow, assigner, line)
        uow.suggestions.add(SuggestionRecord("bank_line", line.id, content, assigner.version, at))
    uow.review.add(
        ReviewItemRecord(
            "bank_line",
            line.id,
            tuple(reasons),
            float(proposal["confidence"]),
            at,
            title=(line.remittance or line.transaction_code or line.counterparty_name)[:120],
            amount=line.amount,
            party=line.counterparty_name,
            on=line.booking_date,
        )
    )
    if line.state != "review":
        uow.bank.set_state(line.id, "review", at)


def _line(line: BankLineRecord) -> BankLine:
    return BankLine(
        line.booking_date,
        line.amount.amount,
        line.amount.currency,
        line.value_date,
        line.counterparty_name,
        line.counterparty_iban,
        line.remittance,
        line.end_to_end_id,
        line.mandate_id,
        line.creditor_id,
        line.transaction_code,
        line.return_reason,
        line.account_iban,
        line.bank_reference,
        id=str(line.id),
    )


def _item(item: LedgerItem, parties: Mapping[str, PartyRecord]) -> OpenItem:
    party = parties.get(item.party_number)
    accounts = party.bank_accounts if party else ()
    return item_from(
        {
            "id": str(item.id),
            "kind": item.kind,
            "number": item.number,
            "party_id": item.party_number,
            "party_name": item.party_name,
            "issue_date": item.issue_date.isoformat(),
            "due_date": item.due_date.isoformat(),
            "currency": item.gross.currency,
            "gross": str(item.gross.amount),
            "open_amount": str(item.open_amount.amount),
            "party_iban": accounts[0].iban if accounts else "",
            "discount_terms": format_discount_terms(item.discount_terms),
            "order_reference": item.order_reference,
            "contract_reference": item.contract_reference,
            "party_aliases": ";".join(
                part for part in ((*party.aliases, party.email) if party else ()) if part
            ),
            "mandate_id": item.mandate_id,
            "end_to_end_id": item.end_to_end_id,
        }
    )
