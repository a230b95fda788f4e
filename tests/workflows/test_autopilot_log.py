"""Whoever keeps the service reads in its log when the autopilot was stopped or let go, and by what."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from contor.adapters.assigners import TenantAssigners
from contor.bootstrap.logs import KNOWN
from contor.errors import Refusal
from contor.money import Money
from contor.ports.store_people import Tenant
from contor.ports.store_review import DecisionRecord, LabelRecord
from contor.ports.workplace import Workplace
from contor.review.autopilot_state import SETTING, AutopilotState
from contor.workflows.decide import decide
from contor.workflows.steer_autopilot import resume_target, set_autopilot
from tests.support.books import books, take_in
from tests.support.shared import SAMPLES

FOLDER = SAMPLES / "documents" / "xrechnung-testsuite"
PAPERS = [
    FOLDER / name
    for name in ("01.01a-INVOICE_ubl.xml", "01.05a-INVOICE_uncefact.xml", "01.07a-INVOICE_ubl.xml")
]


def told(logs: list[Any]) -> list[dict[str, Any]]:
    """What was logged of the autopilot; nothing that the log would drop, nobody's name."""
    lines = [dict(line) for line in logs if str(line["event"]).startswith("autopilot_")]
    for line in lines:
        line.pop("log_level")
        assert set(line) <= KNOWN
        assert "anna" not in json.dumps(line)
    return lines


def sampled(work: Workplace, tenant: Tenant, paper: Path) -> int:
    """A document that waits as one of the blind sample; its item."""
    document = take_in(work, tenant, paper)
    with work.store.unit_of_work(tenant.id) as uow:
        item = uow.review.about("document", document.id)
        made = uow.suggestions.latest("document", document.id)
        assert item is not None
        assert made is not None
        uow.suggestions.add(replace(made, content={**made.content, "sampled": True}))
    return item.id


def test_a_sample_that_breaks_the_promise_is_one_line_with_its_figures(tmp_path: Path) -> None:
    with books(tmp_path) as (work, tenant):
        items = [sampled(work, tenant, paper) for paper in PAPERS]
        with capture_logs() as logs:
            for item in items:
                with pytest.raises(Refusal, match="reason_missing"):
                    decide(work, tenant.id, item, "reject", "anna")
                decide(work, tenant.id, item, "reject", "anna", reason="not ours")
        lines = told(logs)
        assert [line["target"] for line in lines] == ["account", "cost_centre", "tax_code"]
        first = lines[0]
        assert first.pop("evidence") >= 20.0, "one in twenty by chance"
        assert first == {
            "event": "autopilot_suspended",
            "tenant": tenant.id,
            "target": "account",
            "code": "blind_sample",
            "sampled": 3,
            "wrong": 3,
            "promise": 0.01,
        }
        with capture_logs() as logs:
            resume_target(work, tenant.id, "anna", "account")
            resume_target(work, tenant.id, "anna", "account")
        assert told(logs) == [
            {
                "event": "autopilot_resumed",
                "tenant": tenant.id,
                "target": "account",
                "code": "person",
                "promise": 0.01,
            }
        ], "the second time nothing changed"


def test_a_target_that_proved_itself_again_is_told(tmp_path: Path) -> None:
    with books(tmp_path) as (work, tenant):
        set_autopilot(work, tenant.id, "anna", on=True, promise=0.2)
        item = sampled(work, tenant, PAPERS[0])
        with work.store.unit_of_work(tenant.id) as uow:
            state = AutopilotState()
            for target in ("account", "cost_centre", "tax_code"):
                long_ago = (work.clock() - timedelta(days=90)).isoformat()
                state = state.changed(target, "suspended", long_ago, "run-1")
            uow.settings.add(SETTING, state.to_json(), "autopilot", work.clock())
            before = uow.suggestions.latest("document", uow.review.get(item).subject_id)
            assert before is not None
            accepted = DecisionRecord(
                item, "accept", "anna", work.clock(), before=before.content, after={}
            )
            for _ in range(30):
                uow.decisions.add(accepted)
        with capture_logs() as logs:
            decide(work, tenant.id, item, "accept", "anna")
        lines = told(logs)
        assert [line["event"] for line in lines] == ["autopilot_resumed"] * 3
        assert {line["code"] for line in lines} == {"blind_sample"}
        assert all(line["wrong"] == 0 and line["sampled"] == 31 for line in lines)


def test_a_switch_and_a_promise_are_told_once_each(tmp_path: Path) -> None:
    with books(tmp_path) as (work, tenant):
        with capture_logs() as logs:
            set_autopilot(work, tenant.id, "anna", on=False, promise=0.01)
            set_autopilot(work, tenant.id, "anna", on=False, promise=0.01)
            set_autopilot(work, tenant.id, "anna", on=True, promise=0.02)
        common = {"tenant": tenant.id, "target": "all", "code": "person"}
        assert told(logs) == [
            {"event": "autopilot_suspended", "promise": 0.01, **common},
            {"event": "autopilot_resumed", "promise": 0.02, **common},
            {"event": "autopilot_promised", "promise": 0.02, **common},
        ]


def test_the_brake_is_told_when_it_stops_and_when_it_lets_go(tmp_path: Path) -> None:
    def label(place: int, account: str = "") -> LabelRecord:
        name, usual = (("Rack", "4964"), ("Netz", "4240"))[place % 2]
        on = date(2025, 6, 1) + timedelta(days=place // 2)
        ten = Money.of("10.00", "EUR")
        return LabelRecord(on, f"{name} {place % 18} AG", ten, account or usual)

    assigners = TenantAssigners(0.05)
    with books(tmp_path) as (work, tenant):

        def after(labels: list[LabelRecord]) -> list[dict[str, Any]]:
            with work.store.unit_of_work(tenant.id) as uow:
                uow.labels.add(labels)
            with capture_logs() as logs, work.store.reading(tenant.id) as uow:
                assigners.of(uow)
                assigners.of(uow)
            return told(logs)

        assert after([label(place) for place in range(900)]) == [], "all is well"
        stopped = after([label(900 + place, "4930") for place in range(9)])
        assert [line["event"] for line in stopped] == ["autopilot_suspended"]
        assert (stopped[0]["target"], stopped[0]["code"]) == ("account", "brake")
        assert stopped[0]["promise"] == 0.05
        assert stopped[0]["evidence"] > 6.0
        (again,) = after([label(920 + place) for place in range(400)])
        assert (again["event"], again["evidence"]) == ("autopilot_resumed", 0.0)
