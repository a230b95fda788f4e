"""A bank line on the desk: its facts, the open items it may settle, the account it may go to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.core import Locale
from starlette.datastructures import FormData

from contor.errors import Refusal
from contor.ledger.open_items import OpenItem
from contor.money import Money
from contor.ports.store import UnitOfWork
from contor.ports.store_bank import BankLineRecord
from contor.ports.store_review import DecisionRecord, ReviewItemRecord
from contor.review.decisions import AllocationChoice, Correction
from contor_api import figures
from contor_api.desk.document_sheet import LedgerChoices, ledger_choices
from contor_api.desk.forms import texts
from contor_api.desk.posting_rows import PostingRow, postings_of, suggested_rows, typed_rows
from contor_api.pages import Desk

_DEDUCTIONS = ("discount", "fee", "write_off")
_MOST_FOUND = 15
_EXPLAINED: dict[str, Any] = {
    "status": "none",
    "confidence": 0.0,
    "kind": "other",
    "allocations": [],
    "evidence": [],
    "alternatives": [],
}


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """Money of the line for one open item, as the form shows it."""

    item: OpenItem
    amount: str
    discount: str = ""
    fee: str = ""
    write_off: str = ""

    @property
    def choice(self) -> tuple[int, str, str, str, str]:
        """What a person can change."""
        return (self.item.id, self.amount, self.discount, self.fee, self.write_off)


@dataclass(frozen=True, slots=True)
class BankLineSheet:
    """What the bank line's page shows."""

    line: BankLineRecord
    proposal: Mapping[str, Any]
    proposed: tuple[AllocationRow, ...]
    allocations: tuple[AllocationRow, ...]
    alternatives: tuple[tuple[float, tuple[AllocationRow, ...]], ...]
    suggested: tuple[PostingRow, ...]
    postings: tuple[PostingRow, ...]
    choices: LedgerChoices
    item: ReviewItemRecord | None
    decisions: Sequence[DecisionRecord]
    entry_number: str
    own_account: str

    @property
    def currency(self) -> str:
        """The currency of the line."""
        return self.line.amount.currency


def bank_line_sheet(
    uow: UnitOfWork, desk: Desk, line_id: int, form: FormData | None = None
) -> BankLineSheet:
    """Everything of one bank line; a form that was refused keeps what the person typed."""
    line = uow.bank.get(line_id)
    locale = desk.wording.locale
    kept = uow.bank.proposal(line_id)
    proposal = _EXPLAINED | dict(kept.content) if kept else {}
    proposed = allocation_rows(uow, proposal.get("allocations") or (), locale)
    item = uow.review.about("bank_line", line_id)
    posted = uow.journal.by_source(f"bank_line:{line_id}")
    account = uow.bank.account(line.account_iban)
    suggested = () if proposed else _suggested(uow, line, locale)
    return BankLineSheet(
        line=line,
        proposal=proposal,
        proposed=proposed,
        allocations=proposed if form is None else typed_allocations(uow, form),
        alternatives=tuple(
            (
                float(other.get("confidence") or 0),
                allocation_rows(uow, other["allocations"], locale),
            )
            for other in proposal.get("alternatives") or ()
        ),
        suggested=suggested,
        postings=suggested
        if form is None
        else typed_rows(form, suggested, line.amount.currency, locale),
        choices=ledger_choices(uow, line.booking_date),
        item=item,
        decisions=uow.decisions.about(item.id) if item else (),
        entry_number=posted.posted.number if posted else "",
        own_account=account.name if account else "",
    )


def _suggested(uow: UnitOfWork, line: BankLineRecord, locale: Locale) -> tuple[PostingRow, ...]:
    """The account suggested for a line that no open item explains."""
    found = uow.suggestions.latest("bank_line", line.id)
    lines = found.content.get("lines") or () if found else ()
    rows = suggested_rows(lines, line.amount.currency, locale)
    return tuple(row for row in rows if row.account)


def allocation_rows(
    uow: UnitOfWork, allocations: Iterable[Mapping[str, Any]], locale: Locale
) -> tuple[AllocationRow, ...]:
    """Rows of proposed allocations, amounts as people write them."""
    return tuple(
        AllocationRow(
            uow.open_items.get(int(part["item"])),
            figures.write_plain(str(part["amount"]), locale),
            *(_deduction(part.get(name), locale) for name in _DEDUCTIONS),
        )
        for part in allocations
    )


def _deduction(amount: object, locale: Locale) -> str:
    shown = figures.write_plain(str(amount or ""), locale)
    return "" if shown == figures.write_plain("0.00", locale) else shown


def row_for(item: OpenItem, line: BankLineRecord, locale: Locale) -> AllocationRow:
    """A new row: as much of the line as the item can take."""
    take = min(item.open_amount.minor, abs(line.amount.minor)) * item.direction
    amount = Money(take, item.open_amount.currency).amount
    return AllocationRow(item, figures.write_decimal(amount, locale))


def typed_allocations(uow: UnitOfWork, form: FormData) -> tuple[AllocationRow, ...]:
    """The rows as posted."""
    columns = [texts(form, f"allocation.{name}") for name in ("item", "amount", *_DEDUCTIONS)]
    return tuple(
        AllocationRow(uow.open_items.get(int(item)), *amounts)
        for item, *amounts in zip(*columns, strict=False)
        if item.isdigit()
    )


def found_items(uow: UnitOfWork, line: BankLineRecord, query: str) -> list[OpenItem]:
    """Open items with every word of the query in them; those of the line's amount first."""
    words = query.casefold().split()

    def fits(item: OpenItem) -> bool:
        text = f"{item.number} {item.party_name} {item.party_number} {item.open_amount.amount}"
        return all(word.replace(",", ".") in text.casefold() for word in words)

    fitting = [item for item in uow.open_items.open() if fits(item)]
    wanted = abs(line.amount.minor)
    fitting.sort(key=lambda item: (abs(item.open_amount.minor - wanted), item.due_date, item.id))
    return fitting[:_MOST_FOUND]


def correction_of(sheet: BankLineSheet, desk: Desk) -> Correction:
    """What the person changed; refuses amounts nobody can read.

    Postings for the rest of the line keep the proposed allocations: both are said together.
    """
    locale = desk.wording.locale
    same = [row.choice for row in sheet.allocations] == [row.choice for row in sheet.proposed]
    # Beside other open items a suggested account takes what they leave over.
    known = sheet.suggested if same else ()
    postings = postings_of(sheet.postings, known, locale) if sheet.postings else ()
    if same and not postings:
        return Correction()
    if not sheet.allocations and not postings:
        raise Refusal(
            "nothing_chosen",
            "Neither an open item nor an account is chosen.",
            "Choose one, or reject the line if it shall not be booked.",
        )
    return Correction(
        postings=postings,
        allocations=tuple(_choice(row, sheet.currency, locale) for row in sheet.allocations),
    )


def _choice(row: AllocationRow, currency: str, locale: Locale) -> AllocationChoice:
    def deduction(text: str) -> Money | None:
        return figures.read_money(text, currency, locale) if text else None

    return AllocationChoice(
        row.item.id,
        figures.read_money(row.amount, currency, locale),
        deduction(row.discount),
        deduction(row.fee),
        deduction(row.write_off),
    )
