"""A change after the invoice: the difference is credited or charged, by the days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from contor.contracts import Contract, parse_contract_file
from contor.contracts.contract import ItemChange
from contor.invoicing.adjustment import propose_adjustments
from contor.invoicing.credit_note import credit
from contor.invoicing.draft import draft_invoices
from contor.invoicing.invoice import Invoice
from contor.invoicing.issue import issue
from tests.support.billing import euro

TEXT = """
format: contor-contract/1
id: C-1
start: 2026-06-01
seller: {name: S, vat_id: DE1, address: {street: a, postcode: 1, city: b, country: DE}}
customer: {number: 1, name: K, business: true, address: {street: a, postcode: 1, city: b, country: DE}}
billing: {months: 1}
items: [{id: i, plan: small}]
plans:
  - {id: small, name: Small, versions: [{version: 1, valid_from: 2000-01-01, charges: [
      {id: base, kind: recurring, model: per_unit, price: 100}]}]}
  - {id: large, name: Large, versions: [{version: 1, valid_from: 2000-01-01, charges: [
      {id: base, kind: recurring, model: per_unit, price: 300}]}]}
"""
JUNE = date(2026, 6, 1)


def billed(text: str = TEXT) -> tuple[Contract, Invoice]:
    contract = parse_contract_file(text)
    assert isinstance(contract, Contract)
    return contract, issue(draft_invoices(contract, JUNE)[0], "RE-1", JUNE)


def changed(contract: Contract, change: ItemChange) -> Contract:
    large = parse_contract_file(TEXT.replace("plan: small}", "plan: large}"))
    assert isinstance(large, Contract)
    item = replace(contract.items[0], changes=(change,))
    return replace(contract, items=(item,), plans={**contract.plans, **large.plans})


def test_an_upgrade_is_charged_for_the_days_left() -> None:
    contract, invoice = billed()
    now = changed(contract, ItemChange(date(2026, 6, 16), plan="large"))
    found = propose_adjustments(now, [invoice], [], date(2026, 6, 16))
    assert found.credits == {}
    assert found.charge is not None
    assert found.charge.totals.net == euro("100.00")
    assert found.charge.lines[0].note == "Ergänzt Rechnung RE-1"


def test_a_downgrade_is_credited_once() -> None:
    contract, invoice = billed(TEXT.replace("plan: small}", "plan: large}"))
    small = parse_contract_file(TEXT)
    assert isinstance(small, Contract)
    item = replace(contract.items[0], changes=(ItemChange(date(2026, 6, 11), plan="small"),))
    now = replace(contract, items=(item,), plans={**contract.plans, **small.plans})
    found = propose_adjustments(now, [invoice], [], date(2026, 6, 11))
    assert found.credits == {"RE-1": {"1": euro("133.33")}}
    note = issue(credit(invoice, "Wechsel", found.credits["RE-1"]), "CN-1", date(2026, 6, 11))
    again = propose_adjustments(now, [invoice], [note], date(2026, 6, 12))
    assert (again.credits, again.charge) == ({}, None)


def test_an_end_is_credited_by_the_days() -> None:
    contract, invoice = billed()
    ended = replace(contract, end=date(2026, 6, 16))
    ended = replace(ended, items=(replace(ended.items[0], end=ended.end),))
    found = propose_adjustments(ended, [invoice], [], date(2026, 6, 16))
    assert found.credits == {"RE-1": {"1": euro("50.00")}}
    removed = replace(ended.items[0], end=date(2026, 6, 1))
    gone = replace(contract, items=(removed,))
    assert propose_adjustments(gone, [invoice], [], JUNE).credits == {"RE-1": {"1": euro("100.00")}}


def test_nothing_changed_nothing_to_do() -> None:
    contract, invoice = billed()
    found = propose_adjustments(contract, [invoice], [], JUNE)
    assert (found.credits, found.charge) == ({}, None)


def test_more_of_the_same_is_charged() -> None:
    contract, invoice = billed()
    now = changed(contract, ItemChange(date(2026, 6, 16), quantity=Decimal(3)))
    found = propose_adjustments(now, [invoice], [], date(2026, 6, 16))
    assert found.charge is not None
    assert found.charge.totals.net == euro("100.00")
