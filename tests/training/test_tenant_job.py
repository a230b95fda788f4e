"""A tenant's model is retrained on its own decisions, proven, served, and can be rolled back to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from contor.adapters.assigners import TenantAssigners, live_version
from contor.errors import Refusal
from contor.money import Money
from contor.ports.store_people import Tenant
from contor.ports.store_review import LabelRecord
from contor.ports.workplace import Workplace
from contor.workflows.retraining import ASKED
from contor_training import tracking
from contor_training.assignment import tenant_job
from contor_training.assignment.retrain import NAME
from tests.support.books import books

CODES = {"Hetzner": ("4964", "110"), "DomReg": ("3106", "120"), "Stadtwerke": ("4240", "900")}


def decide(work: Workplace, tenant: Tenant, number: int, begin: dt.date | None = None) -> None:
    """Decisions of ``number`` weeks, one line a supplier each; without ``begin`` the next weeks."""
    with work.store.unit_of_work(tenant.id) as uow:
        begun = 0 if begin else uow.labels.count() // len(CODES)
        uow.labels.add(
            [
                LabelRecord(
                    (begin or dt.date(2026, 1, 5)) + dt.timedelta(weeks=begun + week),
                    supplier,
                    Money(100_00 + 7 * week, "EUR"),
                    account,
                    centre,
                    "V19",
                    source="decision",
                )
                for week in range(number)
                for supplier, (account, centre) in CODES.items()
            ]
        )


def test_lines_that_nobody_coded_teach_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTOR_DATA_DIR", str(tmp_path))
    with books(tmp_path) as (work, tenant):
        day, amount = dt.date(2026, 9, 1), Money.of("1.00", "EUR")
        with work.store.unit_of_work(tenant.id) as uow:
            uow.labels.add([LabelRecord(day, "Rack AG", amount, "") for _ in range(300)])
        with pytest.raises(Refusal, match="too_little_to_learn"):
            tenant_job.run(work, tenant)


# The tracking library warns about what it does itself.
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.slow
def test_the_live_version_is_served_and_learns_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTOR_DATA_DIR", str(tmp_path))
    with books(tmp_path) as (work, tenant):
        with pytest.raises(Refusal, match="too_little_to_learn"):
            tenant_job.run(work, tenant)
        decide(work, tenant, 30)
        assert tenant_job.run_if_due(work, tenant) == {"due": False}, "too little for a schedule"
        report = tenant_job.run(work, tenant)
        assert report["live"], report
        assert report["account_all"] >= 0.9
        with pytest.raises(Refusal, match="nothing_new"):
            tenant_job.run(work, tenant)

        assigners = TenantAssigners(shelves=tmp_path / "models")
        with work.store.reading(tenant.id) as uow:
            assert live_version(uow) == report["version"]
            known = assigners.of(uow)
        decide(work, tenant, 1)
        with work.store.reading(tenant.id) as uow:
            taught = assigners.of(uow)
        assert taught.version != known.version
        line = {"date": "2026-12-01", "supplier": "Hetzner", "amount": "100.00", "description": ""}
        assert taught.suggest([line])[0]["account"]["value"] == "4964"
        assert registered(tmp_path) == {"champion": "1", "challenger": "1"}
        card = (tmp_path / "models" / tenant.key / NAME / "1" / "card.md").read_text()
        assert "2026-01-12 to 2026-08-03" in card
        assert "SHA-256" in card

        decide(work, tenant, 20)
        second = tenant_job.run(work, tenant, days=120)
        assert second["live"], second
        assert second["because"] == [ASKED]
        assert registered(tmp_path)["champion"] == second["version"] == "2"
        decide(work, tenant, 12, begin=dt.date(2026, 1, 6))
        third = tenant_job.run(work, tenant, days=400)
        assert third["live"], "what was decided late is a trial, too, though its invoices are older"
        assert tenant_job.roll_back(work, tenant)["version"] == "2"
        back = tenant_job.roll_back(work, tenant)
        assert back["version"] == "1"
        assert registered(tmp_path) == {"champion": "1", "challenger": "3"}
        with work.store.reading(tenant.id) as uow:
            assert live_version(uow) == "1"
            again = assigners.of(uow)
        assert again.suggest([line])[0]["account"]["value"] == "4964", "taught what came since"


def registered(folder: Path) -> dict[str, str]:
    store = f"sqlite:///{folder / 'mlflow.sqlite3'}"
    return tracking.aliases(store, f"{NAME}-acme")
