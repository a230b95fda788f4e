"""Exact rules in the running service: made, in the next suggestion, withdrawn, kept for each tenant."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contor.account_assignment.exact_rules import ExactRule
from contor.errors import Refusal
from contor.ports.store_people import Tenant
from contor.ports.workplace import Workplace
from contor.workflows.booking_rules import in_the_past, make_rule, withdraw_rule
from tests.support.books import books, open_tenant
from tests.support.databases import Database

LINE = {
    "date": "2026-11-02",
    "supplier": "Hetzner Online GmbH",
    "supplier_id": "70001",
    "description": "Server AX41",
    "amount": "119.00",
    "tax_rate": "19",
    "tax_category": "S",
    "accounting_reference": "",
}


def suggested(work: Workplace, tenant: Tenant, **more: str) -> dict[str, Any]:
    with work.store.reading(tenant.id) as uow:
        return dict(work.assigners.of(uow).suggest([{**LINE, **more}])[0])


def test_a_rule_speaks_first_until_it_is_withdrawn(tmp_path: Path, own_database: Database) -> None:
    with books(tmp_path, database_url=own_database.url) as (work, tenant):
        before = suggested(work, tenant)
        assert before["account"]["value"] == "4964"
        rule = ExactRule(0, supplier_id="70001", words="server", account="4806", cost_centre="100")
        made = make_rule(work, tenant.id, rule, "anna")
        found = suggested(work, tenant)
        assert found["account"]["value"] == "4806"
        assert found["account"]["rung"] == "rule"
        assert not found["account"]["auto"], "habit says otherwise: a person looks"
        assert "By habit it would be 4964." in found["account"]["reason"]
        assert suggested(work, tenant, description="Domain")["account"]["rung"] != "rule"
        with work.store.reading(tenant.id) as uow:
            (past,) = in_the_past(uow, [made.rule])
            version = work.assigners.of(uow).version
        assert (past.lines, past.same) == (3, 0)
        with pytest.raises(Refusal, match="rule_known"):
            make_rule(work, tenant.id, rule, "anna")
        withdraw_rule(work, tenant.id, made.rule.number, "ben")
        assert suggested(work, tenant) == before
        with pytest.raises(Refusal, match="rule_unknown"):
            withdraw_rule(work, tenant.id, made.rule.number, "ben")
        with work.store.reading(tenant.id) as uow:
            versions = uow.rules.versions(made.rule.number)
            assert version != work.assigners.of(uow).version
        assert [(one.actor, one.withdrawn) for one in versions] == [("anna", False), ("ben", True)]


def test_no_rule_and_no_booking_reaches_another_tenant(
    tmp_path: Path, own_database: Database
) -> None:
    with books(tmp_path, database_url=own_database.url) as (work, tenant):
        other = open_tenant(work, "other")
        make_rule(work, tenant.id, ExactRule(0, supplier="Geheim AG", account="4806"), "anna")
        with work.store.unit_of_work(tenant.id) as uow:
            (label, *_) = uow.labels.all()
            secret = [label.__class__(date(2026, 10, d), "Geheim AG", label.amount, "4950", "900",
                                      description="Projekt Nachtfalter") for d in range(1, 9)]  # fmt: skip
            uow.labels.add(secret)
        line = {"supplier": "Geheim AG", "description": "Projekt Nachtfalter", "supplier_id": ""}
        assert suggested(work, tenant, **line)["account"]["value"] == "4806"
        told = repr(suggested(work, other, **line))
        assert "Geheim" not in told
        assert "Nachtfalter" not in told
        assert suggested(work, other, **line)["account"]["rung"] not in {"rule", "memory"}
        with work.store.reading(other.id) as uow:
            assert not uow.rules.current()
            assert not uow.rules.versions(1)


def test_an_einvoice_that_names_our_account_is_followed(tmp_path: Path) -> None:
    with books(tmp_path) as (work, tenant):
        found = suggested(work, tenant, accounting_reference="4806/100")
        assert found["account"]["value"] == "4806"
        assert found["account"]["rung"] == "einvoice"
        assert found["cost_centre"]["value"] == "100"
        assert suggested(work, tenant, accounting_reference="9999")["account"]["rung"] == "memory"


def test_a_supplier_never_met_is_judged_by_the_chart(tmp_path: Path) -> None:
    with books(tmp_path) as (work, tenant):
        new = {"supplier": "Neu GmbH", "supplier_id": "", "description": "Briefmarken und Porto"}
        found = suggested(work, tenant, **new)
        assert found["account"]["rung"] == "chart"
        assert found["account"]["value"] == "4910"
