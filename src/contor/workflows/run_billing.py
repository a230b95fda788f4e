"""Bill: every contract whose period is due becomes an issued invoice, once.

What was billed is read from the invoices themselves, so a second run over the same days issues
nothing, and a run that was stopped goes on with the contracts it had not reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from contor.contracts.contract import Contract
from contor.contracts.contract_file import Catalogue, parse_contract_file
from contor.contracts.usage import UsageEvent
from contor.errors import Finding, Refusal
from contor.invoicing.checks import check_invoice
from contor.invoicing.draft import draft_invoices
from contor.invoicing.invoice import Invoice
from contor.invoicing.invoice_json import invoice_value
from contor.ports.store import UnitOfWork
from contor.ports.store_billing import DraftRecord
from contor.ports.store_documents import StoredFinding
from contor.ports.workplace import Workplace
from contor.workflows.issue_invoice import issue_invoice
from contor.workflows.load_contracts import catalogue_of
from contor.workflows.progress import Progress, unseen

BILLING = "billing"
_FIRST_INSTANT = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class BillingReport:
    """What a run did; ``held`` names drafts that a person must look at, with the reason."""

    run_id: str
    contracts: int = 0
    issued: list[str] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    gross_minor: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """For the run's record."""
        return {
            "contracts": self.contracts,
            "issued": self.issued,
            "held": [list(pair) for pair in self.held],
            "refused": [list(pair) for pair in self.refused],
            "gross_minor": self.gross_minor,
        }


def run_billing(
    work: Workplace, tenant_id: int, as_of: date, progress: Progress = unseen
) -> BillingReport:
    """Issue what is due on or before ``as_of``; each document carries that day."""
    report = BillingReport(f"billing:{tenant_id}:{as_of.isoformat()}")
    with work.store.unit_of_work(tenant_id) as uow:
        uow.runs.start(report.run_id, "billing", work.clock(), {"as_of": as_of.isoformat()})
        versions = uow.contracts.all(as_of)
        catalogue = catalogue_of(uow)
        billed = _billed(uow)
    report.contracts = len(versions)
    for done, version in enumerate(versions, 1):
        try:
            with work.store.unit_of_work(tenant_id) as uow:
                contract = parse_contract_file(version.text, catalogue)
                assert not isinstance(contract, Catalogue)
                drafts = draft_invoices(
                    contract,
                    as_of,
                    _usage(uow, contract, as_of),
                    billed.get(contract.id, frozenset()),
                )
            for draft in drafts:
                _settle(work, tenant_id, draft, as_of, report)
        except Refusal as refusal:
            report.refused.append((version.number, str(refusal)))
        progress(done, len(versions))
    with work.store.unit_of_work(tenant_id) as uow:
        uow.runs.record(report.run_id, "done", work.clock(), report.to_json())
    return report


def _settle(
    work: Workplace, tenant_id: int, draft: Invoice, as_of: date, report: BillingReport
) -> None:
    """Issue a draft that passes every check; keep the others for a person."""
    findings = check_invoice(draft)
    errors = [finding for finding in findings if finding.severity == "error"]
    holds = sorted({line.tax.hold for line in draft.lines if line.tax.hold})
    if errors or holds:
        why = "; ".join([*(finding.message for finding in errors), *holds])
        report.held.append((draft.key, why))
        with work.store.unit_of_work(tenant_id) as uow:
            _keep_draft(work, uow, draft, errors)
        return
    with work.store.unit_of_work(tenant_id) as uow:
        record = issue_invoice(work, uow, draft, as_of, BILLING)
    report.issued.append(record.number)
    currency = record.gross.currency
    report.gross_minor[currency] = report.gross_minor.get(currency, 0) + record.gross.minor


def _keep_draft(
    work: Workplace, uow: UnitOfWork, draft: Invoice, findings: Sequence[Finding]
) -> None:
    at = work.clock()
    if uow.drafts.by_key(draft.key) is not None:
        return
    stored = uow.drafts.add(DraftRecord(draft.key, invoice_value(draft), at))
    uow.drafts.set_state(stored.id, "review", at)
    uow.findings.add([StoredFinding("draft", stored.id, finding, at) for finding in findings])


def _billed(uow: UnitOfWork) -> dict[str, frozenset[str]]:
    """Schedule keys billed before, by contract."""
    keys: dict[str, set[str]] = {}
    for record in uow.invoices.all():
        if record.kind == "invoice":
            keys.setdefault(str(record.content["contract"]), set()).update(
                record.content.get("periods", ())
            )
    return {contract: frozenset(found) for contract, found in keys.items()}


def _usage(uow: UnitOfWork, contract: Contract, as_of: date) -> list[UsageEvent]:
    end = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC) + timedelta(days=2)
    return [
        UsageEvent(event.key, event.timestamp, event.contract, event.meter, event.quantity)
        for event in uow.usage.of_contract(contract.id, _FIRST_INSTANT, end)
    ]
