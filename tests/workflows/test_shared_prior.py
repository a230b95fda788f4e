"""The shared prior: off by default, from three companies on, gone when one leaves."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from contor.money import Money
from contor.ports.store_people import Tenant
from contor.ports.store_review import LabelRecord
from contor.ports.workplace import Workplace
from contor.workflows.share_prior import set_sharing, share
from tests.support.books import books, open_tenant
from tests.support.databases import Database

LINE = {"date": "2026-11-02", "supplier": "Xenthal Brumm GmbH", "amount": "50.00"}


def book(work: Workplace, tenant: Tenant, supplier: str, text: str = "") -> None:
    with work.store.unit_of_work(tenant.id) as uow:
        uow.labels.add(
            [
                LabelRecord(
                    date(2026, m, 2), supplier, Money.of("50.00", "EUR"), "4240", "210", "V19", text
                )
                for m in range(1, 5)
            ]
        )


def asked(work: Workplace, tenant: Tenant) -> Any:
    with work.store.reading(tenant.id) as uow:
        return work.assigners.of(uow).suggest([LINE])[0]["account"]


def test_three_that_share_teach_a_fourth_and_leave_without_a_trace(
    tmp_path: Path, own_database: Database
) -> None:
    with books(tmp_path, database_url=own_database.url) as (work, newcomer):
        others = [open_tenant(work, f"company{n}") for n in range(3)]
        for tenant in others:
            book(work, tenant, "XENTHAL BRUMM GMBH", "geheimer Zweck")
        book(work, others[0], "Nur bei einem")
        share(work)
        assert asked(work, newcomer)["value"] != "4240", "off by default"
        for tenant in (newcomer, *others[:2]):
            set_sharing(work, tenant.id, "owner", on=True)
        assert asked(work, newcomer)["value"] != "4240", "two are not told of"
        set_sharing(work, others[2].id, "owner", on=True)
        found = asked(work, newcomer)
        assert (found["value"], found["rung"], found["auto"]) == ("4240", "chart", False)
        assert found["reason"].startswith("3 companies that share")
        with work.store.reading(newcomer.id) as uow:
            kept = repr(uow.settings.current("shared_prior"))
        assert "geheim" not in kept
        assert "nur bei" not in kept
        assert "company" not in kept
        set_sharing(work, others[0].id, "owner", on=False)
        assert asked(work, newcomer)["value"] != "4240"
        with work.store.reading(others[0].id) as uow:
            assert uow.settings.current("shared_prior") == {"accounts": {}}
