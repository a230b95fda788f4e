"""Decide a bank line: clear open items, or book it to an account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from contor.errors import Refusal
from contor.money import Money
from contor.ports.store import UnitOfWork
from contor.ports.store_bank import BankLineRecord
from contor.ports.store_review import LabelRecord
from contor.ports.workplace import Workplace
from contor.review.bank_entry import BankBooking, post_bank_line
from contor.review.consistency import check_choices
from contor.review.decisions import AllocationChoice, Correction, PostingChoice
from contor.review.proposal import allocations_of
from contor.review.said import columns_of
from contor.workflows.suggest_bank_line import bank_columns
from contor.workflows.suggest_posting import chosen, control_accounts_of


def decide_bank_line(
    work: Workplace, uow: UnitOfWork, line_id: int, actor: str, change: Correction
) -> str:
    """Book the line as proposed or corrected; the entry's number."""
    line = uow.bank.get(line_id)
    suggestion = uow.suggestions.latest("bank_line", line_id)
    suggested: Sequence[Mapping[str, Any]] = suggestion.content["lines"] if suggestion else ()
    allocations: Sequence[AllocationChoice] = change.allocations
    postings: Sequence[PostingChoice] = change.postings
    if change.empty:
        proposal = uow.bank.proposal(line_id)
        allocations = allocations_of(proposal.content, line.amount.currency) if proposal else ()
        postings = () if allocations else _suggested(suggested)
    if not allocations and not postings:
        raise Refusal(
            "nothing_to_post",
            "Nothing was proposed for this bank line.",
            "Choose open items or an account.",
        )
    check_choices(postings, uow.accounts.chart())
    number = book_bank_line(work, uow, line, actor, allocations, postings)
    claim = suggested[0] if len(suggested) == len(postings) == 1 else None
    uow.labels.add([_label(line, choice, actor, claim) for choice in postings])
    return number


def _suggested(lines: Sequence[Mapping[str, Any]]) -> list[PostingChoice]:
    """The account suggested for a line that pays no open item."""
    return [
        PostingChoice(
            chosen(line, "account"), chosen(line, "cost_centre"), chosen(line, "tax_code")
        )
        for line in lines
        if chosen(line, "account")
    ]


def _label(
    line: BankLineRecord, choice: PostingChoice, actor: str, claim: Mapping[str, Any] | None
) -> LabelRecord:
    part = abs(choice.net) if choice.net else abs(line.amount)
    columns = bank_columns(line, part if line.amount.minor >= 0 else -part)
    return LabelRecord(
        date=line.booking_date,
        supplier=columns["supplier"],
        description=columns["description"],
        amount=Money.of(columns["amount"], columns["currency"]),
        account=choice.account,
        cost_centre=choice.cost_centre,
        tax_code=choice.tax_code,
        source="decision",
        actor=actor,
        subject_kind="bank_line",
        subject_id=line.id,
        columns={**({"iban": columns["iban"]} if columns["iban"] else {}), **columns_of(claim)},
    )


def book_bank_line(
    work: Workplace,
    uow: UnitOfWork,
    line: BankLineRecord,
    actor: str,
    allocations: Sequence[AllocationChoice],
    rest: Sequence[PostingChoice] = (),
) -> str:
    """Post the line's entry and append its clearings; the entry's number."""
    at = work.clock()
    control = control_accounts_of(uow)
    account = uow.bank.account(line.account_iban)
    booking = BankBooking(
        f"bank_line:{line.id}",
        line.booking_date,
        line.amount,
        account.ledger_account if account else control.bank,
        " ".join(part for part in (line.counterparty_name, line.remittance) if part)[:200]
        or line.transaction_code,
        line.end_to_end_id,
    )
    items = {choice.open_item_id: uow.open_items.get(choice.open_item_id) for choice in allocations}
    posting = post_bank_line(booking, allocations, items, rest, control, uow.tax_codes.all())
    posted = uow.journal.post(posting.entry, actor=actor, at=at)
    for clearing in posting.clearings:
        uow.open_items.clear(replace(clearing, entry_number=posted.number), actor=actor, at=at)
    uow.bank.set_state(line.id, "booked", at)
    return posted.number


def reject_bank_line(work: Workplace, uow: UnitOfWork, line_id: int) -> None:
    """Leave the line unbooked, on purpose: it moves no money of the books."""
    uow.bank.set_state(line_id, "ignored", work.clock())
