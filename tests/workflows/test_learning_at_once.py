"""What a person decides is in the next suggestion, also for what waits already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from contor.adapters.assigners import TenantAssigners
from contor.documents.reading import Reading
from contor.money import Money
from contor.review.decisions import Correction, PostingChoice
from contor.workflows.decide import decide
from contor.workflows.refresh_suggestion import refresh_suggestion
from contor.workflows.suggest_posting import suggest
from tests.support.books import books, open_tenant, take_in
from tests.support.databases import Database
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


def test_a_document_whose_seller_was_not_read_is_told_by_its_vat_id(tmp_path: Path) -> None:
    with books(tmp_path) as (work, tenant):
        first = take_in(work, tenant, FOLDER / "01.01a-INVOICE_ubl.xml")
        second = take_in(work, tenant, FOLDER / "01.05a-INVOICE_uncefact.xml")
        with work.store.reading(tenant.id) as uow:
            (item,) = (i.id for i in uow.review.open("document") if i.subject_id == first.id)
        choice = PostingChoice("4940", "900", "V7", Money.of("314.86", "EUR"))
        decide(work, tenant.id, item, "correct", "anna", Correction(postings=(choice,)))
        with work.store.reading(tenant.id) as uow:
            stored = uow.readings.latest(second.id)
            assert stored is not None
            whole = Reading.from_json(stored.content)
            facts = {n: fact for n, fact in whole.fields.items() if n != "seller_name"}
            scan = replace(whole, fields=facts)
            assert scan.value("seller_vat_id")
            made = suggest(uow, work.assigners.of(uow), scan, second.id, date(2026, 11, 3))
        line = made.content["lines"][0]
        assert line["account"]["value"] == "4940"
        assert line["account"]["rung"] == "memory"


def test_a_restart_and_a_second_process_know_what_was_corrected(
    tmp_path: Path, own_database: Database
) -> None:
    line = {"date": "2026-11-02", "supplier": "Hetzner Online GmbH", "supplier_id": "70001",
            "description": "Server", "amount": "119.00", "currency": "EUR", "tax_rate": "19",
            "vat_id": "", "iban": "", "doc_no": ""}  # fmt: skip
    with books(tmp_path, database_url=own_database.url) as (work, tenant):
        other = TenantAssigners()  # as a second process holds them

        def ask(assigners: Any) -> Any:
            with work.store.reading(tenant.id) as uow:
                return assigners.of(uow).suggest([line])[0]["account"]

        assert ask(work.assigners)["value"] == ask(other)["value"] == "4964"
        with work.store.unit_of_work(tenant.id) as uow:
            (label, *_) = uow.labels.all()
            told = {"suggested_account": "4964", "tax_rate": "19"}
            decided = replace(
                label, date=date(2026, 11, 2), account="4806", source="decision", columns=told
            )
            uow.labels.add([decided])
        here, there, anew = ask(work.assigners), ask(other), ask(TenantAssigners())
        assert here["value"] == there["value"] == anew["value"] == "4806"
        assert here["confidence"] == there["confidence"]
        assert not anew["auto"], "a correction is looked at once more"


def test_memory_is_bounded_by_lines_and_by_tenants(tmp_path: Path) -> None:
    with books(tmp_path) as (work, tenant):
        few = TenantAssigners(most_lines=3, most_tenants=1)
        with work.store.reading(tenant.id) as uow:
            found = few.of(uow).suggest([{"date": "2026-11-02", "supplier": "DomReg eG"}])
            assert len(uow.labels.newest(3)) == 3
        assert found[0]["account"]["value"] == "3106"
        second = open_tenant(work, "second")
        with work.store.reading(second.id) as uow:
            few.of(uow)
        assert few.ready(second.id)
        assert not few.ready(tenant.id), "the one asked least recently made room"
