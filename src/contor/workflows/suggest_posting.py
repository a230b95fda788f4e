"""Suggest: supplier, ledger account, cost centre and tax code of a read document, and its draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from contor.documents.reading import Reading
from contor.errors import Finding, Refusal
from contor.ledger.accounts import Chart
from contor.ledger.tax_code import TaxCode, find_tax_code
from contor.money import Money
from contor.ports.store import UnitOfWork
from contor.ports.store_people import PartyRecord
from contor.ports.workplace import Assigner
from contor.review.consistency import check_choices
from contor.review.control_accounts import ControlAccounts
from contor.review.decisions import PostingChoice
from contor.review.document_facts import (
    PostingLine,
    supplier_document,
)
from contor.review.document_tax import net_to_post
from contor.review.policy import Routing, RoutingPolicy, route_document
from contor.review.supplier_entry import SupplierPosting, post_supplier_document
from contor.workflows.booking_day import booking_day
from contor.workflows.duplicates import find_duplicates
from contor.workflows.suggest_lines import content_of, suggest_lines
from contor.workflows.supplier import find_supplier, screen_supplier


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion in the form the store keeps and the desk shows, and where the document goes."""

    content: Mapping[str, Any]
    findings: tuple[Finding, ...]
    routing: Routing
    posting: SupplierPosting | None = None
    model_version: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


def control_accounts_of(uow: UnitOfWork) -> ControlAccounts:
    """The tenant's control accounts; refuses where they were never set."""
    return ControlAccounts.from_json(uow.settings.current("control_accounts") or {})


def suggest(
    uow: UnitOfWork, assigner: Assigner, reading: Reading, document_id: int, received: date
) -> Suggested:
    """Suggest how to book a reading; nothing is stored here."""
    supplier = find_supplier(uow, reading)
    made = suggest_lines(uow, assigner, reading, supplier, received)
    lines, suggestions = made.lines, made.choices
    findings = [
        *reading.findings,
        *screen_supplier(supplier, reading),
        *find_duplicates(uow, reading, supplier, document_id),
        *made.findings,
    ]
    posting, refused = _draft(uow, reading, document_id, supplier, lines, suggestions, received)
    findings += refused
    routing = route_document(
        reading,
        findings,
        suggestions,
        supplier_known=supplier is not None,
        entry_drafted=posting is not None,
        policy=routing_policy(uow),
    )
    content = {
        "lines": [
            content_of(line, choice) for line, choice in zip(lines, suggestions, strict=True)
        ],
        "entry": _entry_content(posting, uow.accounts.chart()) if posting else None,
        "supplier": (
            {"party_id": supplier.id, "number": supplier.number, "name": supplier.name}
            if supplier
            else None
        ),
        "reasons": list(routing.reasons),
        "confidence": routing.confidence,
    }
    return Suggested(content, tuple(findings), routing, posting, assigner.version)


def routing_policy(uow: UnitOfWork) -> RoutingPolicy:
    """The tenant's setting ``routing``; what it leaves open has the usual value."""
    kept = uow.settings.current("routing") or {}
    return RoutingPolicy(
        field_confidence=float(kept.get("field_confidence", 0.98)),
        autopilot=bool(kept.get("autopilot", True)),
        sample=float(kept.get("sample", 0.02)),
    )


def choices_of(
    lines: Sequence[PostingLine],
    suggestions: Sequence[Mapping[str, Any]],
    codes: Sequence[TaxCode],
    on: date,
) -> list[PostingChoice]:
    """The posting choices that take every first suggestion.

    Raises:
        Refusal: ``tax_code_unknown``, ``tax_code_not_valid``.
    """

    def net(line: PostingLine, choice: Mapping[str, Any]) -> Money:
        code = chosen(choice, "tax_code")
        return net_to_post(line, find_tax_code(codes, code, on) if code else None)

    return [
        PostingChoice(
            chosen(choice, "account"),
            chosen(choice, "cost_centre"),
            chosen(choice, "tax_code"),
            net(line, choice),
            line.text,
            line.items,
            place,
        )
        for place, (line, choice) in enumerate(zip(lines, suggestions, strict=True))
    ]


def chosen(choice: Mapping[str, Any], target: str) -> str:
    """The first suggestion for a target, empty where there is none."""
    return str(choice.get(target, {}).get("value") or "")


def _draft(
    uow: UnitOfWork,
    reading: Reading,
    document_id: int,
    supplier: PartyRecord | None,
    lines: Sequence[PostingLine],
    suggestions: Sequence[Mapping[str, Any]],
    received: date,
) -> tuple[SupplierPosting | None, list[Finding]]:
    """The balanced draft, or none and the finding that says why."""
    if not lines:
        return None, []
    number = supplier.number if supplier else ""
    try:
        posting = draft_posting(uow, reading, document_id, number, lines, suggestions, received)
    except Refusal as refusal:
        return None, [Finding(refusal.code, "warning", f"{refusal.message} {refusal.advice}")]
    return posting, []


def draft_posting(
    uow: UnitOfWork,
    reading: Reading,
    document_id: int,
    supplier_number: str,
    lines: Sequence[PostingLine],
    suggestions: Sequence[Mapping[str, Any]],
    received: date,
) -> SupplierPosting:
    """What taking every first suggestion would post; nothing is posted.

    Raises:
        Refusal: what is missing or does not fit, as for :func:`choices_of`, ``supplier_document``,
            ``check_choices`` and ``post_supplier_document``.
    """
    document = supplier_document(
        reading, document_id, supplier_number, uow.tenant.currency, received
    )
    codes = uow.tax_codes.all()
    choices = choices_of(lines, suggestions, codes, document.tax_date)
    check_choices(choices, uow.accounts.chart())
    return post_supplier_document(
        document,
        choices,
        codes,
        control_accounts_of(uow).payables,
        booking_day(uow, document.issue_date, received),
    )


def _entry_content(posting: SupplierPosting, chart: Chart) -> dict[str, Any]:
    names = {account.number: account.name for account in chart.accounts}
    return {
        "lines": [
            {
                "account": line.account,
                "name": names.get(line.account, ""),
                "debit": str(line.debit.amount) if line.debit else "",
                "credit": str(line.credit.amount) if line.credit else "",
                "currency": line.amount.currency,
                "cost_centre": line.cost_centre,
                "tax_code": line.tax_code,
                "text": line.text,
            }
            for line in posting.entry.lines
        ]
    }
