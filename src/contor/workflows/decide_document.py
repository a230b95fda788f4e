"""Decide a document: post it as suggested or corrected, and learn from it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from contor.documents.reading import Fact, Reading
from contor.errors import Refusal
from contor.ledger.tax_code import TaxCode, find_tax_code
from contor.ports.store import UnitOfWork
from contor.ports.store_documents import Reading as StoredReading
from contor.ports.store_documents import SuggestionRecord
from contor.ports.store_review import LabelRecord
from contor.ports.workplace import Workplace
from contor.review.decisions import Correction, PostingChoice
from contor.review.document_facts import (
    PostingLine,
    model_columns,
    posting_lines,
    supplier_document,
    tax_date,
)
from contor.review.document_tax import net_to_post
from contor.review.supplier_entry import post_supplier_document
from contor.workflows.booking_day import booking_day
from contor.workflows.duplicates import claim_keys
from contor.workflows.remember_supplier import learn_supplier
from contor.workflows.suggest_posting import choices_of, control_accounts_of
from contor.workflows.supplier import supplier_of

_CARRIED = ("vat_id", "iban", "tax_rate", "doc_no")


def decide_document(
    work: Workplace, uow: UnitOfWork, document_id: int, actor: str, change: Correction
) -> str:
    """Post the document; the entry's number."""
    at = work.clock()
    reading = _corrected(work, uow, document_id, change)
    suggestion = uow.suggestions.latest("document", document_id)
    supplier = supplier_of(uow, reading, suggestion.content if suggestion else None)
    received = uow.documents.get(document_id).received_at.date()
    lines = posting_lines(reading, uow.tenant.currency)
    codes = uow.tax_codes.all()
    choices = _choices(lines, suggestion, change, codes, tax_date(reading, received))
    facts = supplier_document(reading, document_id, supplier.number, uow.tenant.currency, received)
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
    rates = _rates(uow, choices, facts.tax_date)
    labels = _labels(reading, choices, rates, supplier.number, received, actor, document_id)
    uow.labels.add(labels)
    learn_supplier(
        work, uow, document_id, reading, change.fields, supplier=supplier.number, actor=actor
    )
    return posted.number


def reject_document(work: Workplace, uow: UnitOfWork, document_id: int) -> None:
    """File the document without booking it; its bytes stay in the archive."""
    uow.documents.set_state(document_id, "rejected", work.clock())


def _corrected(work: Workplace, uow: UnitOfWork, document_id: int, change: Correction) -> Reading:
    """The latest reading with the person's values; a changed one is kept as a new reading."""
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
    amounts_changed = {"net_total", "tax_total", "gross_total"} & set(change.fields)
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
    lines: Sequence[PostingLine],
    suggestion: SuggestionRecord | None,
    change: Correction,
    codes: Sequence[TaxCode],
    on: date,
) -> list[PostingChoice]:
    """The person's postings, else the suggested ones, each with an amount."""
    if change.postings:
        return [
            choice
            if choice.net is not None or len(lines) != 1
            else _filled(choice, lines[0], codes, on)
            for choice in change.postings
        ]
    suggested = suggestion.content["lines"] if suggestion else []
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
    return replace(choice, net=net_to_post(line, code), text=choice.text or line.text)


def _rates(uow: UnitOfWork, choices: Sequence[PostingChoice], on: date) -> list[str]:
    """The rate each posting carries on the document; none where the recipient owes the tax."""
    codes = uow.tax_codes.all()
    found = [find_tax_code(codes, c.tax_code, on) if c.tax_code else None for c in choices]
    return [
        format(code.rate.normalize(), "f")
        if code and code.rate and not code.counter_account
        else ""
        for code in found
    ]


def _labels(
    reading: Reading,
    choices: Sequence[PostingChoice],
    rates: Sequence[str],
    supplier_number: str,
    received: date,
    actor: str,
    document_id: int,
) -> list[LabelRecord]:
    """What the models learn: every posting with the columns they would be asked with."""
    labels = []
    for choice, rate in zip(choices, rates, strict=True):
        assert choice.net is not None
        line = PostingLine(choice.text, choice.net, rate)
        columns = model_columns(reading, line, supplier_number, received)
        labels.append(
            LabelRecord(
                date=date.fromisoformat(columns["date"]),
                supplier=columns["supplier"],
                supplier_id=supplier_number,
                description=choice.text,
                amount=line.gross,
                account=choice.account,
                cost_centre=choice.cost_centre,
                tax_code=choice.tax_code,
                source="decision",
                actor=actor,
                subject_kind="document",
                subject_id=document_id,
                columns={name: columns[name] for name in _CARRIED if columns[name]},
            )
        )
    return labels
