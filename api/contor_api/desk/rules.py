"""Booking rules at the desk: what is always booked so, made and withdrawn by people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from fastapi.responses import Response

from contor.account_assignment.exact_rules import CONDITIONS, ExactRule
from contor.account_assignment.targets import TARGETS
from contor.documents.reading import Reading
from contor.errors import Refusal
from contor.ports.store import UnitOfWork
from contor.ports.store_review import ReviewKind
from contor.ports.store_rules import RuleRecord
from contor.workflows.booking_rules import (
    RuleInPast,
    in_the_past,
    make_rule,
    rule_for_bank_line,
    withdraw_rule,
)
from contor_api import figures
from contor_api.dependencies import Bookkeeper, PostedForm, SignedIn
from contor_api.desk.document_sheet import ledger_choices
from contor_api.desk.forms import text
from contor_api.pages import Desk
from contor_api.refusals import status_of

router = APIRouter(include_in_schema=False)
_CELLS = (*CONDITIONS, *TARGETS, "valid_from", "valid_to")
_CAME_FROM = "came_from"
_PAGES: dict[ReviewKind, str] = {"document": "/documents", "bank_line": "/bank-lines"}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in force and how the latest bookings compare with it."""

    record: RuleRecord
    past: RuleInPast


@router.get("/rules", name="rules")
def rules(
    desk: SignedIn, document: int | None = None, bank_line: int | None = None, line: int = 0
) -> Response:
    """The rules in force, and a form for one more; filled in from a document or a bank line."""
    typed: dict[str, str] = {}
    with desk.unit() as uow:
        if document is not None:
            typed = {_CAME_FROM: f"document:{document}"} | _from_document(uow, document, line)
        elif bank_line is not None:
            proposed = rule_for_bank_line(uow, bank_line, line)
            typed = {name: getattr(proposed, name) for name in (*CONDITIONS, *TARGETS)}
            typed[_CAME_FROM] = f"bank_line:{bank_line}"
    return _page(desk, typed)


@router.post("/rules", name="make_rule")
def make(desk: Bookkeeper, form: PostedForm) -> Response:
    """Keep a rule and go back to where it was thought of; a refused one stays in the form."""
    typed = {name: text(form, name) for name in (*_CELLS, _CAME_FROM)}
    typed["account"] = typed["account"].split(" ")[0]
    typed["supplier_id"] = typed["supplier_id"].split(" ")[0]
    try:
        made = make_rule(desk.door.work, desk.tenant_id, _rule(typed, desk), desk.actor)
    except Refusal as refusal:
        return _page(desk, typed, refusal)
    said = desk.wording.say("Rule {number} is in force.", number=made.rule.number)
    return desk.redirect(_way_back(desk, typed[_CAME_FROM]), said=said)


@router.post("/rules/{number}/withdraw", name="withdraw_rule")
def withdraw(desk: Bookkeeper, number: int, form: PostedForm) -> Response:
    """End a rule."""
    del form
    withdraw_rule(desk.door.work, desk.tenant_id, number, desk.actor)
    return desk.redirect(
        "/rules", said=desk.wording.say("Rule {number} was withdrawn.", number=number)
    )


def _way_back(desk: Desk, came_from: str) -> str:
    """The page of the document or bank line that the rule was made from, else the rules."""
    kind, _, number = came_from.partition(":")
    if kind not in _PAGES or not number.isdecimal():
        return "/rules"
    with desk.unit() as uow:
        item = uow.review.about(kind, int(number))
    waits = item is not None and item.state == "open"
    return f"/items/{item.id}" if item and waits else f"{_PAGES[kind]}/{number}"


def _rule(typed: Mapping[str, str], desk: Desk) -> ExactRule:
    days = {
        name: figures.read_day(typed[name], desk.wording.locale) if typed[name] else None
        for name in ("valid_from", "valid_to")
    }
    plain = {name: typed[name] for name in (*CONDITIONS, *TARGETS)}
    return ExactRule(0, **plain, **days)  # type: ignore[arg-type]  # days have their own type


def _first_day(typed: Mapping[str, str], desk: Desk) -> date:
    """The first day that a rule could speak on: today, or later where it says so."""
    today = desk.door.work.clock().date()
    try:
        return max(today, figures.read_day(typed.get("valid_from", ""), desk.wording.locale))
    except Refusal:
        return today


def _page(desk: Desk, typed: Mapping[str, str], refusal: Refusal | None = None) -> Response:
    with desk.unit() as uow:
        records = uow.rules.current()
        past = in_the_past(uow, [record.rule for record in records])
        choices = ledger_choices(uow, _first_day(typed, desk))
        parties = uow.parties.all()
    suppliers = [party for party in parties if party.kind != "customer"]
    message, advice = desk.wording.refusal(refusal) if refusal else ("", "")
    return desk.page(
        "rules.html",
        status=status_of(refusal.code) if refusal else 200,
        rows=[RuleRow(record, seen) for record, seen in zip(records, past, strict=True)],
        choices=choices,
        suppliers=suppliers,
        names={party.number: party.name for party in parties},
        typed=dict.fromkeys((*_CELLS, _CAME_FROM), "") | dict(typed),
        refused=refusal is not None,
        message=message,
        advice=advice,
        code=refusal.code if refusal else "",
    )


def _from_document(uow: UnitOfWork, document_id: int, line: int) -> dict[str, str]:
    """The form for a document's line: its supplier, and the codes suggested or decided."""
    stored = uow.readings.latest(document_id)
    suggestion = uow.suggestions.latest("document", document_id)
    if stored is None:
        return {}
    reading = Reading.from_json(stored.content)
    content = suggestion.content if suggestion else {}
    supplier = content.get("supplier") or {}
    typed = {"supplier_id": str(supplier.get("number") or "")}
    if not typed["supplier_id"]:
        typed["vat_id"] = reading.value("seller_vat_id") or ""
        typed["supplier"] = "" if typed["vat_id"] else reading.value("seller_name") or ""
    lines = content.get("lines") or ()
    if 0 <= line < len(lines):
        chosen = lines[line]
        typed |= {t: str((chosen.get(t) or {}).get("value") or "") for t in TARGETS}
    return typed
