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
from contor.workflows.audit_autopilot import audits, state_of
from contor.workflows.decide import decide
from contor.workflows.refresh_suggestion import refresh_suggestion
from contor.workflows.steer_autopilot import resume_target
from contor.workflows.suggest_posting import Suggested, suggest
from tests.support.books import books, take_in
from tests.support.shared import SAMPLES

FOLDER = SAMPLES / "documents" / "xrechnung-testsuite"
INVOICE = FOLDER / "01.01a-INVOICE_ubl.xml"
MORE = [FOLDER / "01.05a-INVOICE_uncefact.xml", FOLDER / "01.07a-INVOICE_ubl.xml"]
LAST = FOLDER / "03.03a-INVOICE_ubl.xml"
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
    return sampled_document(work, tenant, INVOICE)


def sampled_document(work: Workplace, tenant: Tenant, path: Path) -> int:
    document = take_in(work, tenant, path)
    assert document.state == "review"
    with work.store.reading(tenant.id) as uow:
        item = uow.review.about("document", document.id)
        claim = uow.suggestions.latest("document", document.id)
    assert item is not None
    assert item.confidence == 0.9, "not surer than the surest of what waits anyway"
    assert item.priority == 0
    assert claim is not None
    assert claim.content["sampled"] is True
    assert claim.content["claim"]
    return item.id


def test_wrong_ones_suspend_their_target_until_it_has_proved_itself(tmp_path: Path) -> None:
    with books(tmp_path) as (work, tenant):
        items = [sampled(work, tenant, 1.0)]
        items += [sampled_document(work, tenant, path) for path in MORE]
        for item in items:
            with work.store.reading(tenant.id) as uow:
                before = uow.suggestions.latest("document", uow.review.get(item).subject_id)
                assert before is not None
            claim = before.content["lines"]
            other = [
                PostingChoice(
                    "4940" if line["account"]["value"] != "4940" else "4930",
                    (line.get("cost_centre") or {}).get("value") or "",
                    line["tax_code"]["value"],
                    Money.of(line["net"], "EUR"),
                    line=place,
                )
                for place, line in enumerate(claim)
            ]
            decide(work, tenant.id, item, "correct", "anna", Correction(postings=tuple(other)))
        with work.store.reading(tenant.id) as uow:
            state = state_of(uow)
            runs = uow.runs.recent("autopilot_audit")
            found = {one.target: one for one in audits(uow)}
        assert state.suspended == ("account",), "only what was wrong"
        assert runs[0].report is not None
        assert runs[0].report["code"] == "autopilot_suspended"
        assert runs[0].report["target"] == "account"
        assert found["account"].found.total == 0, "what is proved anew counts from here"
        assert found["tax_code"].found.total == len(items)
        with work.store.unit_of_work(tenant.id) as uow:
            uow.settings.add("routing", {"promise": 0.01, "sample": 0.0}, "anna", work.clock())
        sampled_document(work, tenant, LAST)  # while suspended everything is sampled
        resume_target(work, tenant.id, "anna", "account")
        with work.store.reading(tenant.id) as uow:
            assert state_of(uow).suspended == ()


def test_an_accepted_one_suspends_nothing_and_carries_its_claim(tmp_path: Path) -> None:
    with books(tmp_path) as (work, tenant):
        item = sampled(work, tenant, 1.0)
        other = sampled_document(work, tenant, MORE[0])
        decide(work, tenant.id, other, "accept", "anna")
        with work.store.reading(tenant.id) as uow:
            subject = uow.review.get(item).subject_id
            before = uow.suggestions.latest("document", subject)
        assert refresh_suggestion(work, tenant.id, item), "as any other item"
        with work.store.reading(tenant.id) as uow:
            after = uow.suggestions.latest("document", subject)
            assert state_of(uow).suspended == ()
            assert not uow.runs.recent("autopilot_audit")
        assert before is not None
        assert after is not None
        assert after.id != before.id
        assert after.content["claim"] == before.content["claim"]
        assert after.content["sampled"] is True


def test_what_is_not_sampled_judges_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
            assert not uow.decisions.sampled()
            assert not uow.runs.recent("autopilot_audit")
