"""A document on the desk: pages, fields, findings, the suggested entry, and what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.core import Locale
from starlette.datastructures import FormData

from contor.errors import Finding, Refusal
from contor.ledger.accounts import Account
from contor.ledger.cost_centre import CostCentre
from contor.ledger.rate_change import BOTH, PURCHASES, holding_on, in_place_of
from contor.ports.store import UnitOfWork
from contor.ports.store_documents import Document
from contor.ports.store_review import DecisionRecord, ReviewItemRecord
from contor.review.blind import seen
from contor.review.decisions import Correction
from contor.review.document_facts import TAX_DAYS
from contor.workflows.what_is_missing import what_is_missing
from contor_api import figures
from contor_api.desk.field_rows import (
    GROUPS,
    FieldRow,
    changed_fields,
    field_rows,
    marked_boxes,
)
from contor_api.desk.posting_rows import PostingRow, postings_of, suggested_rows, typed_rows
from contor_api.pages import Desk

_UNREAD: dict[str, Any] = {
    "kind": None,
    "route": None,
    "fields": {},
    "lines": [],
    "tax_breakdown": [],
    "refusal": None,
}
_UNSUGGESTED: dict[str, Any] = {"lines": [], "entry": None, "supplier": None}


@dataclass(frozen=True, slots=True)
class LedgerChoices:
    """What lines can be booked to; ``names`` also those of codes that are not offered."""

    accounts: tuple[Account, ...]
    cost_centres: tuple[CostCentre, ...]
    tax_codes: tuple[tuple[str, str], ...]
    names: Mapping[str, Mapping[str, str]]

    def offered(self, target: str, others: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Those runner-ups that a person can choose."""
        codes = dict(self.tax_codes)
        return [other for other in others if target != "tax_code" or other["value"] in codes]

    def called(self, target: str, code: str) -> str:
        """The code and its name, as far as it has one."""
        return f"{code} {self.name(target, code)}".strip()

    def account_name(self, number: str) -> str:
        """The account's name, empty where there is none."""
        return self.name("account", number)

    def name(self, target: str, code: str) -> str:
        """What a code of a target (``account``, ``cost_centre``, ``tax_code``) is called, or empty."""
        return self.names[target].get(code, "")


@dataclass(frozen=True, slots=True)
class RelatedFile:
    """A file that was taken out of the document, or the one it was taken out of."""

    kind: str
    filename: str
    size: int
    link: str


@dataclass(frozen=True, slots=True)
class DocumentSheet:
    """What the document's page shows."""

    document: Document
    content: Mapping[str, Any]
    suggestion: Mapping[str, Any]
    rows: Mapping[str, FieldRow]
    suggested: tuple[PostingRow, ...]
    postings: tuple[PostingRow, ...]
    findings: tuple[Finding, ...]
    choices: LedgerChoices
    currency: str
    item: ReviewItemRecord | None
    decisions: Sequence[DecisionRecord]
    entry_number: str
    files: tuple[RelatedFile, ...] = ()
    missing: Refusal | None = None

    @property
    def refusal(self) -> Mapping[str, str] | None:
        """Why the document could not be read."""
        refused: Mapping[str, str] | None = self.content.get("refusal")
        return refused

    @property
    def groups(self) -> list[tuple[str, list[FieldRow], list[FieldRow]]]:
        """Groups of fields: found ones, and those that were not found."""
        return [
            (
                group,
                [self.rows[name] for name in names if self.rows[name].found],
                [self.rows[name] for name in names if not self.rows[name].found],
            )
            for group, names in GROUPS
        ]

    @property
    def total_known(self) -> bool:
        """Whether what is to be paid was read or typed."""
        return bool(self.rows["gross_total"].shown or self.rows["payable"].shown)

    @property
    def is_xml(self) -> bool:
        """Whether there is no page to show, only data."""
        return "xml" in self.document.media_type

    def turn(self, page: int) -> int:
        """Quarter turns to the left that bring a page upright, as it was read."""
        turned: Mapping[str, int] = self.content.get("turned") or {}
        return turned.get(str(page), 0)

    def boxes(self, page: int) -> list[FieldRow]:
        """The fields that stand on a page."""
        return [row for row in self.rows.values() if row.box and row.box[0] == page]


def ledger_choices(uow: UnitOfWork, on: date, *, purchases: bool = False) -> LedgerChoices:
    """Open accounts and cost centres, and the tax codes of a day; of ``purchases`` those alone.

    Where the recipient owes the tax its code is one of purchases: it carries both sides.
    """
    codes = holding_on(uow.tax_codes.all(), on, PURCHASES if purchases else BOTH)
    return LedgerChoices(
        tuple(account for account in uow.accounts.chart().accounts if account.open),
        tuple(centre for centre in uow.cost_centres.all() if centre.open),
        tuple({code.code: code.name for code in codes}.items()),
        code_names(uow),
    )


def code_names(uow: UnitOfWork) -> Mapping[str, Mapping[str, str]]:
    """What each code of a target is called, also those that are not offered."""
    return {
        "account": {account.number: account.name for account in uow.accounts.chart().accounts},
        "cost_centre": {centre.code: centre.name for centre in uow.cost_centres.all()},
        "tax_code": {code.code: code.name for code in uow.tax_codes.all()},
    }


def document_sheet(
    uow: UnitOfWork, desk: Desk, document_id: int, form: FormData | None = None
) -> DocumentSheet:
    """Everything of one document; a form that was refused keeps what the person typed."""
    document = uow.documents.get(document_id)
    reading = uow.readings.latest(document_id)
    content = _UNREAD | dict(reading.content if reading else {})
    latest = uow.suggestions.latest("document", document_id)
    item = uow.review.about("document", document_id)
    waits = item is not None and item.state == "open"
    suggested_content = latest.content if latest else {}
    suggestion = _UNSUGGESTED | seen(suggested_content, waits=waits)
    fields = content["fields"] or {}
    currency = str((fields.get("currency") or {}).get("value") or uow.tenant.currency)
    locale = desk.wording.locale
    suggested = suggested_rows(
        suggestion.get("lines") or (), currency, locale, content["lines"] or ()
    )
    rows = field_rows(fields, locale, form)
    shown = {name: rows[name].shown for name in TAX_DAYS}
    on = _tax_day(shown, locale) or document.received_at.date()
    posted = uow.journal.by_source(f"document:{document_id}")
    return DocumentSheet(
        document=document,
        content=content,
        suggestion=suggestion,
        rows=rows,
        suggested=suggested,
        postings=typed_rows(form, suggested, currency, locale) if form is not None else suggested,
        findings=tuple(stored.finding for stored in uow.findings.about("document", document_id)),
        choices=ledger_choices(uow, on, purchases=True),
        currency=currency,
        item=item,
        decisions=uow.decisions.about(item.id) if item else (),
        entry_number=posted.posted.number if posted else "",
        files=(*_taken_out(uow, document), *_taken_from(uow, document)),
        missing=what_is_missing(
            uow, document, reading.content if reading else None, suggested_content
        )
        if waits
        else None,
    )


@dataclass(frozen=True, slots=True)
class DayCodes:
    """The tax codes (code, name) of a day, and which of them stands for one that does not hold."""

    day: str
    offered: tuple[tuple[str, str], ...]
    instead: Mapping[str, str]


def tax_codes_of(
    uow: UnitOfWork, desk: Desk, document_id: int, typed: Mapping[str, str]
) -> DayCodes:
    """What a document's lines can be booked to by the days typed (by field), before they are sent."""
    received = uow.documents.get(document_id).received_at.date()
    on = _tax_day(typed, desk.wording.locale) or received
    rows = uow.tax_codes.all()
    offered = {row.code: row.name for row in holding_on(rows, on, PURCHASES)}
    heirs = {row.code: in_place_of(row.code, rows, on) for row in rows if row.code not in offered}
    instead = {code: heir.code for code, heir in heirs.items() if heir and heir.code in offered}
    return DayCodes(on.isoformat(), tuple(offered.items()), instead)


def _tax_day(shown: Mapping[str, str], locale: Locale) -> date | None:
    """The day whose tax codes apply, by what was read or typed; None where no day can be read."""
    for name in TAX_DAYS:
        try:
            day = figures.read_day(shown[name], locale) if shown.get(name) else None
        except Refusal:  # it is told when the form is sent
            continue
        if day is not None:
            return day
    return None


def _taken_out(uow: UnitOfWork, document: Document) -> Iterator[RelatedFile]:
    """Parts (documents of their own) and embedded files."""
    for file in uow.archive_index.about(f"document:{document.id}"):
        if file.kind not in {"part", "attachment"}:
            continue
        own = uow.documents.by_sha256(file.sha256) if file.kind == "part" else None
        link = f"/documents/{own.id}" if own else f"/documents/{document.id}/files/{file.sha256}"
        yield RelatedFile(file.kind, file.filename, file.size, link)


def _taken_from(uow: UnitOfWork, document: Document) -> Iterator[RelatedFile]:
    """The mail or the PDF that the document was a part of."""
    for file in uow.archive_index.by_sha256(document.sha256):
        kind, _, number = file.subject.partition(":")
        if file.kind == "part" and kind == "document" and number.isdigit():
            whole = uow.documents.get(int(number))
            yield RelatedFile("whole", whole.filename, whole.size, f"/documents/{whole.id}")


def correction_of(sheet: DocumentSheet, desk: Desk) -> Correction:
    """What the person changed on the sheet; refuses amounts nobody can read."""
    locale = desk.wording.locale
    return Correction(
        fields=changed_fields(sheet.rows.values(), locale),
        boxes=marked_boxes(sheet.rows.values()),
        postings=postings_of(sheet.postings, sheet.suggested, locale),
    )
