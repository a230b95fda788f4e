"""Decide a document: post it as suggested or corrected, and learn from it at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from contor.documents.reading import Fact, Reading
from contor.errors import Refusal
from contor.ledger.tax_code import TaxCode, find_tax_code
from contor.ports.store import UnitOfWork
from contor.ports.store_documents import Reading as StoredReading
from contor.ports.store_review import LabelRecord
from contor.ports.workplace import Workplace
from contor.review.consistency import check_choices
from contor.review.corrected_fields import check_fields
from contor.review.decisions import Correction, PostingChoice
from contor.review.document_facts import PostingLine, posting_lines, supplier_document, tax_date
from contor.review.document_tax import net_to_post
from contor.review.labels import DecidedLine, decided_lines
from contor.review.supplier_entry import post_supplier_document
from contor.workflows.booking_day import booking_day
from contor.workflows.duplicates import claim_keys
from contor.workflows.remember_supplier import learn_supplier
from contor.workflows.suggest_lines import lines_of
from contor.workflows.suggest_posting import choices_of, control_accounts_of
from contor.workflows.supplier import supplier_of

AMOUNTS = frozenset({"net_total", "tax_total", "gross_total"})
"""Fields that the lines of the entry follow from."""


def decide_document(
    work: Workplace, uow: UnitOfWork, document_id: int, actor: str, change: Correction
) -> str:
    """Post the document; the entry's number."""
    at = work.clock()
    reading = _corrected(work, uow, document_id, change)
    suggestion = uow.suggestions.latest("document", document_id)
    content = suggestion.content if suggestion else {}
    supplier = supplier_of(uow, reading, content)
    received = uow.documents.get(document_id).received_at.date()
    facts = supplier_document(reading, document_id, supplier.number, uow.tenant.currency, received)
    codes = uow.tax_codes.all()
    choices = _choices(uow, reading, content, change, codes, tax_date(reading, received))
    check_choices(choices, uow.accounts.chart())
    posting = post_supplier_document(
        facts,
        choices,
        codes,
        control_accounts_of(uow).payables,
        booking_day(uow, facts.issue_date, at.date()),
    )
    posted = uow.journal.post(posting.entry, actor=actor, at=at)
    if posting.open_item is not None:
        uow.open_items.add(replace(posting.open_item, entry_number=posted.number))
    uow.documents.set_state(document_id, "posted", at)
    claims = content.get("lines") or ()
    decided = decided_lines(
        reading, choices, claims, codes, supplier.number, received, facts.tax_date
    )
    uow.labels.add([_label(line, actor, document_id) for line in decided])
    learn_supplier(
        work, uow, document_id, reading, change.fields, supplier=supplier.number, actor=actor
    )
    return posted.number


def reject_document(work: Workplace, uow: UnitOfWork, document_id: int) -> None:
    """File the document without booking it; its bytes stay in the archive."""
    uow.documents.set_state(document_id, "rejected", work.clock())


def _corrected(work: Workplace, uow: UnitOfWork, document_id: int, change: Correction) -> Reading:
    """The latest reading with the person's values; a changed one is kept as a new reading.

    Raises:
        Refusal: ``document_not_read``, and those of ``review.corrected_fields``.
    """
    check_fields(change.fields)
    stored = uow.readings.latest(document_id)
    if stored is None:
        raise Refusal(
            "document_not_read",
            "Document {document_id} was not read yet.",
            "Wait until it was read.",
            document_id=document_id,
        )
    reading = Reading.from_json(stored.content)
    if not change.fields:
        return reading
    facts = dict(reading.fields)
    for name, value in change.fields.items():
        page, *edges = change.boxes.get(name, (None,))
        box = (edges[0], edges[1], edges[2], edges[3]) if edges else None
        facts[name] = Fact(value, 1.0, page, box, "derived")
        if not value:
            del facts[name]
    amounts_changed = AMOUNTS & set(change.fields)
    corrected = replace(
        reading,
        fields=facts,
        refusal=None,
        tax_breakdown=() if amounts_changed else reading.tax_breakdown,
    )
    uow.readings.add(StoredReading(document_id, corrected.to_json(), work.clock(), reader="person"))
    claim_keys(uow, corrected, document_id)
    return corrected


def _choices(
    uow: UnitOfWork,
    reading: Reading,
    content: Mapping[str, Any],
    change: Correction,
    codes: Sequence[TaxCode],
    on: date,
) -> list[PostingChoice]:
    """The person's postings, else the suggested ones, each with an amount."""
    suggested = content.get("lines") or ()
    amounts_changed = bool(AMOUNTS & set(change.fields))
    lines = posting_lines(reading, uow.tenant.currency) if amounts_changed else lines_of(content)
    lines = lines or posting_lines(reading, uow.tenant.currency)
    if change.postings:
        return [
            choice
            if choice.net is not None or len(lines) != 1
            else _filled(choice, lines[0], codes, on)
            for choice in change.postings
        ]
    if not suggested or len(suggested) != len(lines):
        raise Refusal(
            "nothing_to_post",
            "There is no suggestion to accept.",
            "Choose account, cost centre and tax code.",
        )
    return choices_of(lines, suggested, codes, on)


def _filled(
    choice: PostingChoice, line: PostingLine, codes: Sequence[TaxCode], on: date
) -> PostingChoice:
    """A choice without an amount takes that of the document's only line."""
    code = find_tax_code(codes, choice.tax_code, on) if choice.tax_code else None
    return replace(
        choice,
        net=net_to_post(line, code),
        text=choice.text or line.text,
        items=choice.items or line.items,
    )


def _label(line: DecidedLine, actor: str, document_id: int) -> LabelRecord:
    """What the models learn: a line with the columns they would be asked with."""
    return LabelRecord(
        date=date.fromisoformat(line.columns["date"]),
        supplier=line.columns["supplier"],
        supplier_id=line.columns["supplier_id"],
        description=line.choice.text,
        amount=line.amount,
        account=line.choice.account,
        cost_centre=line.choice.cost_centre,
        tax_code=line.choice.tax_code,
        source="decision",
        actor=actor,
        subject_kind="document",
        subject_id=document_id,
        columns=line.carried,
    )
