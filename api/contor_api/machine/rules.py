"""Booking rules for programs: list, make, withdraw."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from contor.account_assignment.exact_rules import ExactRule
from contor.workflows.booking_rules import make_rule, withdraw_rule
from contor_api.dependencies import Machine, MachineBookkeeper
from contor_api.machine.answers import plain
from contor_api.machine.paging import WITHOUT_NUL

router = APIRouter(tags=["rules"])
Cell = Annotated[str, Field(max_length=200, pattern=WITHOUT_NUL)]


class Rule(BaseModel):
    """Conditions (all must hold) and the codes to book with."""

    model_config = ConfigDict(extra="forbid")

    supplier_id: Cell = ""
    supplier: Cell = ""
    vat_id: Cell = ""
    iban: Cell = ""
    words: Cell = ""
    account: Cell = ""
    cost_centre: Cell = ""
    tax_code: Cell = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def exact(self) -> ExactRule:
        """The rule in the house's value."""
        return ExactRule(0, **self.model_dump())


@router.get("/rules")
def rules(desk: Machine) -> dict[str, Any]:
    """The rules in force."""
    with desk.unit() as uow:
        return {"rules": plain(uow.rules.current())}


@router.post("/rules", status_code=201)
def make(desk: MachineBookkeeper, rule: Rule) -> dict[str, Any]:
    """Make a rule; refuses unknown codes and what another rule says otherwise (422)."""
    return {"rule": plain(make_rule(desk.door.work, desk.tenant_id, rule.exact(), desk.actor))}


@router.post("/rules/{number}/withdraw")
def withdraw(desk: MachineBookkeeper, number: int) -> dict[str, Any]:
    """End a rule; refuses ``rule_unknown`` (404)."""
    return {"rule": plain(withdraw_rule(desk.door.work, desk.tenant_id, number, desk.actor))}
