"""A blind sample of what would be posted alone is decided by people, and judges the autopilot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from contor.money import Money
from contor.ports.store_people import Tenant
from contor.ports.workplace import Workplace
from contor.review.decisions import Correction, PostingChoice
from contor.review.policy import Routing
from contor.workflows import process_document
from contor.workflows.decide import decide
from contor.workflows.refresh_suggestion import refresh_suggestion
from contor.workflows.suggest_posting import Suggested, suggest
from tests.support.books import books, take_in
from tests.support.shared import SAMPLES

INVOICE = SAMPLES / "documents" / "xrechnung-testsuite" / "01.01a-INVOICE_ubl.xml"
OTHER = PostingChoice("4940", "900", "V7", Money.of("314.86", "EUR"))


@pytest.fixture(autouse=True)
def _sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """The policy finds nothing that a person must see."""

    def sure(*given: Any) -> Suggested:
        made = suggest(*given)
        return replace(made, routing=Routing(True, (), 0.99))

    monkeypatch.setattr(process_document, "suggest", sure)


def sampled(work: Workplace, tenant: Tenant, share: float) -> int:
    with work.store.unit_of_work(tenant.id) as uow:
        uow.settings.add("routing", {"promise": 0.01, "sample": share}, "anna", work.clock())
    document = take_in(work, tenant, INVOICE)
    assert document.state == "review"
    with work.store.reading(tenant.id) as uow:
        (item,) = uow.review.open("document")
        claim = uow.suggestions.latest("document", document.id)
    assert item.reasons == ("check",)
    assert item.confidence == 0.99
    assert item.priority == 0
    assert claim is not None
    assert claim.content["sampled"] is True
    assert claim.content["reasons"] == ["check"]
    return item.id


def test_a_wrong_one_that_breaks_the_promise_suspends_the_autopilot(tmp_path: Path) -> None:
    with books(tmp_path) as (work, tenant):
        item = sampled(work, tenant, 1.0)
        decide(work, tenant.id, item, "correct", "anna", Correction(postings=(OTHER,)))
        with work.store.reading(tenant.id) as uow:
            routing = uow.settings.current("routing")
            (run,) = uow.runs.recent("autopilot_audit")
        assert routing is not None
        assert routing["autopilot"] is False
        assert routing["promise"] == 0.01, "the other parts of the setting stay"
        assert run.state == "done"
        assert run.report is not None
        assert run.report["code"] == "autopilot_suspended"
        assert (run.report["sampled"], run.report["wrong"]) == (1, 1)


def test_an_accepted_one_suspends_nothing_and_keeps_its_claim(tmp_path: Path) -> None:
    with books(tmp_path) as (work, tenant):
        item = sampled(work, tenant, 1.0)
        assert not refresh_suggestion(work, tenant.id, item)
        with work.store.reading(tenant.id) as uow:
            before = uow.settings.current("routing")
        decide(work, tenant.id, item, "accept", "anna")
        with work.store.reading(tenant.id) as uow:
            assert uow.settings.current("routing") == before
            assert not uow.runs.recent("autopilot_audit")


def test_what_is_not_sampled_judges_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_document, "in_sample", lambda *_: False)
    monkeypatch.setattr(
        process_document,
        "suggest",
        lambda *given: replace(suggest(*given), routing=Routing(False, ("unsure:account",), 0.5)),
    )
    with books(tmp_path) as (work, tenant):
        document = take_in(work, tenant, INVOICE)
        with work.store.reading(tenant.id) as uow:
            item = uow.review.about("document", document.id)
            claim = uow.suggestions.latest("document", document.id)
        assert item is not None
        assert claim is not None
        assert "sampled" not in claim.content
        decide(work, tenant.id, item.id, "correct", "anna", Correction(postings=(OTHER,)))
        with work.store.reading(tenant.id) as uow:
            assert not uow.runs.recent("autopilot_audit")
