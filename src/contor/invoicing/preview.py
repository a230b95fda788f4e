"""The preview: what contract files would be invoiced until a day. Nothing is issued.

A file or row that is refused stops nothing else and stands in the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from contor.contracts.contract import Contract
from contor.contracts.contract_file import Catalogue, is_catalogue, parse_contract_file
from contor.contracts.usage import UsageEvent, UsageTable, parse_usage
from contor.errors import Finding, Refusal
from contor.invoicing.checks import check_invoice
from contor.invoicing.draft import draft_invoices
from contor.invoicing.invoice import Invoice
from contor.invoicing.invoice_json import invoice_value
from contor.money import Money


@dataclass(frozen=True, slots=True)
class Preview:
    """Documents with their findings, contracts read, usage nobody is billed for, refusals."""

    until: date
    contracts: int
    documents: tuple[Invoice, ...]
    findings: tuple[tuple[Finding, ...], ...]
    unassigned: tuple[UsageEvent, ...]
    refusals: tuple[tuple[str, Refusal], ...]

    def value(self) -> dict[str, Any]:
        """The preview as a JSON object; each document also stands alone as an invoice file."""
        return {
            "format": "contor-preview/1",
            "until": self.until.isoformat(),
            "documents": [invoice_value(document) for document in self.documents],
            "findings": [
                {
                    "document": document.key,
                    "code": finding.code,
                    "severity": finding.severity,
                    "message": finding.message,
                    "fields": list(finding.fields),
                }
                for document, findings in zip(self.documents, self.findings, strict=True)
                for finding in findings
            ],
            "unassigned_usage": [
                {"id": event.id, "contract": event.contract, "meter": event.meter}
                for event in self.unassigned
            ],
            "refusals": [
                {
                    "where": where,
                    "refusal": {
                        "code": refusal.code,
                        "message": refusal.message,
                        "advice": refusal.advice,
                    },
                }
                for where, refusal in self.refusals
            ],
            "summary": self.summary(),
        }

    def summary(self) -> dict[str, Any]:
        """Counts and, per currency, the sums."""
        totals: dict[str, dict[str, Money]] = {}
        for document in self.documents:
            zero = Money(0, document.currency)
            sums = totals.setdefault(document.currency, {"net": zero, "tax": zero, "gross": zero})
            sums["net"] += document.totals.net
            sums["tax"] += document.totals.tax
            sums["gross"] += document.totals.gross
        return {
            "contracts": self.contracts,
            "documents": len(self.documents),
            "refusals": len(self.refusals),
            "totals": {
                currency: {name: str(money.amount) for name, money in sums.items()}
                for currency, sums in totals.items()
            },
        }


def preview_documents(
    files: Sequence[tuple[str, str]], usage_name: str, usage_text: str, until: date
) -> Preview:
    """Preview contract and catalogue files (name, text) with the usage of a CSV text."""
    refusals: list[tuple[str, Refusal]] = []
    contracts = _contracts(files, refusals)
    table = UsageTable(())
    if usage_text:
        table = parse_usage(StringIO(usage_text, newline=""))
        refusals += [(f"{usage_name}:{row}", refusal) for row, refusal in table.refused]
    documents: list[Invoice] = []
    by_contract: dict[str, list[UsageEvent]] = {}
    for event in table.events:
        by_contract.setdefault(event.contract, []).append(event)
    for name, contract in contracts:
        try:
            documents += draft_invoices(contract, until, by_contract.get(contract.id, ()))
        except Refusal as refusal:
            refusals.append((name, refusal))
    return Preview(
        until,
        len(contracts),
        tuple(documents),
        tuple(tuple(check_invoice(document)) for document in documents),
        _unassigned(table.events, [contract for _, contract in contracts]),
        tuple(refusals),
    )


def _contracts(
    files: Sequence[tuple[str, str]], refusals: list[tuple[str, Refusal]]
) -> list[tuple[str, Contract]]:
    """Catalogues first, wherever they stand; then the contracts in the order given."""
    catalogue = Catalogue()
    contracts: dict[str, tuple[str, Contract]] = {}
    for wanted in (True, False):
        for name, text in files:
            try:
                if is_catalogue(text) != wanted:
                    continue
                parsed = parse_contract_file(text, catalogue)
                if isinstance(parsed, Catalogue):
                    catalogue = catalogue.merged(parsed)
                elif parsed.id in contracts:
                    raise _twice(parsed.id, contracts[parsed.id][0])
                else:
                    contracts[parsed.id] = (name, parsed)
            except Refusal as refusal:
                refusals.append((name, refusal))
    return list(contracts.values())


def _twice(contract: str, other: str) -> Refusal:
    return Refusal(
        "contract_twice",
        "The contract {contract} was given before, in {other}.",
        "Give each contract an id of its own.",
        contract=contract,
        other=other,
    )


def _unassigned(
    events: Sequence[UsageEvent], contracts: Sequence[Contract]
) -> tuple[UsageEvent, ...]:
    """Usage of contracts or meters that no price knows: money that would be lost silently."""
    known = {
        (contract.id, charge.meter)
        for contract in contracts
        for plan in contract.plans.values()
        for version in plan.versions
        for charge in version.charges
    }
    return tuple(event for event in events if (event.contract, event.meter) not in known)
