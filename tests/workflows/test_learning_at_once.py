"""What a person decides is in the next suggestion, also for what waits already."""

from __future__ import annotations

from pathlib import Path

from contor.money import Money
from contor.review.decisions import Correction, PostingChoice
from contor.workflows.decide import decide
from contor.workflows.refresh_suggestion import refresh_suggestion
from tests.support.books import books, take_in
from tests.support.shared import SAMPLES

FOLDER = SAMPLES / "documents" / "xrechnung-testsuite"


def test_the_second_invoice_of_a_new_supplier_is_suggested_like_the_first(tmp_path: Path) -> None:
    with books(tmp_path) as (work, tenant):
        first = take_in(work, tenant, FOLDER / "01.01a-INVOICE_ubl.xml")
        second = take_in(work, tenant, FOLDER / "01.05a-INVOICE_uncefact.xml")
        with work.store.reading(tenant.id) as uow:
            items = {item.subject_id: item.id for item in uow.review.open("document")}
            before = uow.suggestions.latest("document", second.id)
        assert before is not None
        assert before.content["supplier"] is None
        assert not refresh_suggestion(work, tenant.id, items[second.id]), "nothing was decided yet"

        choice = PostingChoice("4940", "900", "V7", Money.of("314.86", "EUR"))
        decide(work, tenant.id, items[first.id], "correct", "anna", Correction(postings=(choice,)))
        assert refresh_suggestion(work, tenant.id, items[second.id])
        with work.store.reading(tenant.id) as uow:
            after = uow.suggestions.latest("document", second.id)
        assert after is not None
        line = after.content["lines"][0]
        assert line["account"]["value"] == "4940"
        assert line["account"]["rung"] == "memory"
        assert line["cost_centre"]["value"] == "900"
        assert after.content["supplier"] is not None
