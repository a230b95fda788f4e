"""A tenant's document model is grown on its confirmed documents, proven, served, rolled back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from contor.adapters.document_model import load_version
from contor.adapters.model_shelf import FolderShelf
from contor.bootstrap.documents import tagger_for
from contor.cli.program import program
from contor.documents.document_text import document_text
from contor.documents.facts import facts_from
from contor.documents.page import Page
from contor.documents.page_tagger import Tagger
from contor.documents.page_words import MEDIA_TYPE, words_to_bytes
from contor.documents.reading import Fact, Reading
from contor.documents.suppliers.layout import learn_layout
from contor.errors import Refusal
from contor.ports.store_documents import Document
from contor.ports.store_documents import Reading as StoredReading
from contor.ports.store_people import Tenant
from contor.ports.store_supplier_layouts import LearntLayout
from contor.ports.workplace import Workplace
from contor.workflows.document_retraining import LEAST_DOCUMENTS, documents_due
from contor.workflows.live_model import live_document_model
from contor_training.documents import tenant_job
from contor_training.documents.generated import generated
from contor_training.documents.gold import Example
from contor_training.documents.prepared import prepare
from contor_training.documents.tagger_fit import fit_tagger
from tests.support.books import books
from tests.unit.documents.paper import page_of

PAPER = """
{seller} · Isarstr. 12 · 80469 München

Acme Hosting GmbH
Am Markt 7
10115 Berlin
                                       Belegnummer        RE-{number}
                                       Belegdatum         {day:02}.03.2026
                                       Zahlbar bis        {day:02}.04.2026
Rechnung

Miete Rack 42 HE                                           {net},00

                                       Nettobetrag         {net},00
                                       zzgl. 19% MwSt      {tax},00
                                       Rechnungsbetrag     {gross},00
"""
# The tracking library warns about what it does itself.
pytestmark = [
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
    pytest.mark.slow,
]


def paper(number: int) -> tuple[Page, dict[str, str]]:
    net = 100 * (1 + number % 7)
    tax = net * 19 // 100
    seller = f"Rechenzentrum {['Nord', 'Süd', 'Ost', 'West'][number % 4]} GmbH"
    day = 1 + number % 28
    text = PAPER.format(
        seller=seller, number=1000 + number, day=day, net=net, tax=tax, gross=net + tax
    )
    right = {
        "number": f"RE-{1000 + number}", "issue_date": f"2026-03-{day:02}",
        "due_date": f"2026-04-{day:02}", "net_total": f"{net}.00", "tax_total": f"{tax}.00",
        "gross_total": f"{net + tax}.00", "seller_name": seller,
    }  # fmt: skip
    return page_of(text), right


def confirm(work: Workplace, tenant: Tenant, numbers: range) -> None:
    """What the desk leaves behind when people have confirmed documents."""
    for number in numbers:
        page, right = paper(number)
        sha256 = f"{number:064x}"
        facts = facts_from([page]).fields | {
            name: Fact(value, 1.0) for name, value in right.items()
        }
        reading = Reading("a.pdf", sha256, 1, "text", "invoice", "de", facts)
        memory = {"words": work.archive.put(words_to_bytes([page]), MEDIA_TYPE)}
        with work.store.unit_of_work(tenant.id) as uow:
            document = uow.documents.add(
                Document(sha256, "a.pdf", "application/pdf", work.clock(), "inbox", size=7)
            )
            content = {**reading.to_json(), "memory": memory}
            uow.readings.add(StoredReading(document.id, content, work.clock()))
            layout = learn_layout(
                document_text([page]), facts, {}, supplier=right["seller_name"], source="document:1"
            )
            layout = replace(layout, source=f"document:{document.id}")
            uow.supplier_layouts.add(LearntLayout(document.id, layout, "anna", work.clock()))


def some_words(example: Example) -> str:
    return " ".join(word.text for word in example.pages[0].words[3:9])


@pytest.fixture(scope="module")
def small() -> Tagger:
    """A model fitted on a few generated invoices, in the place of the shelf's."""
    examples = [
        replace(e, accepted={**e.accepted, "seller_address": (some_words(e),)})
        for e in generated(16)
    ]
    return fit_tagger([prepare(example) for example in examples])


def test_the_model_is_proven_served_and_rolled_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Tagger
) -> None:
    def model(named: str, shelves: Path) -> Tagger | None:
        return tagger_for(named, shelves) if named else small

    monkeypatch.setattr(tenant_job, "tagger_for", model)
    monkeypatch.setenv("CONTOR_DATA_DIR", str(tmp_path))
    with books(tmp_path) as (work, tenant):
        confirm(work, tenant, range(LEAST_DOCUMENTS - 1))
        with pytest.raises(Refusal, match="too_little_to_learn"):
            tenant_job.run(work, tenant)
        assert tenant_job.run_if_due(work, tenant) == {"due": False}
        confirm(work, tenant, range(100, 105))
        report = tenant_job.run_if_due(work, tenant)
        assert report["because"] == "No model for reading was trained yet."
        assert report["live"], report
        assert report["challenger"] >= report["champion"]
        with pytest.raises(Refusal, match="nothing_new"):
            tenant_job.run(work, tenant)

        assert tenant_job.run_if_due(work, tenant) == {"due": False}
        with work.store.reading(tenant.id) as uow:
            live = live_document_model(uow)
        assert live == f"{tenant.key}/{report['version']}"
        own = tagger_for(live, tmp_path / "models")
        assert own is not None
        assert own.to_bytes() != small.to_bytes()
        page, right = paper(7)
        read = facts_from([page], own).fields
        assert {name: read[name].value for name in right} == right

        folder = tmp_path / "models" / tenant.key / "document-fields" / report["version"]
        assert "Went live." in (folder / "card.md").read_text("utf-8")
        assert json.loads((folder / "metrics.json").read_text("utf-8"))["challenger"]["all"] > 0.9

        confirm(work, tenant, range(200, 220))
        with work.store.reading(tenant.id) as uow:
            assert documents_due(uow, work.clock()).startswith("20 documents were confirmed")
        assert tenant_job.roll_back(work, tenant)["version"] == "shelf"
        with work.store.reading(tenant.id) as uow:
            assert live_document_model(uow) == ""


def test_what_is_missing_or_altered_is_not_served(tmp_path: Path, small: Tagger) -> None:
    shelf = FolderShelf(tmp_path / "acme")
    shelf.put("document-fields", small.to_bytes(), manifest={}, metrics={}, card="")
    served = tagger_for("acme/1", tmp_path)
    assert served is not None
    assert served.to_bytes() == small.to_bytes()
    artefact = tmp_path / "acme" / "document-fields" / "1" / "artefact.bin"
    artefact.write_bytes(artefact.read_bytes()[:-1] + b"x")
    assert load_version(tmp_path / "acme", "1") is None
    assert load_version(tmp_path / "acme", "2") is None


def test_the_command_says_what_each_model_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTOR_DATA_DIR", str(tmp_path))
    with books(tmp_path):
        pass
    done = CliRunner().invoke(program, ["train"])
    assert done.exit_code == 0, "nothing failed: both go on as they are"
    assert "document-fields is not trained now: There are 0 confirmed documents" in done.output
    assert "account-assignment is not trained now" in done.output

    counted = CliRunner().invoke(program, ["train", "--json"])
    waits = {"trained": False, "why": "too_little_to_learn"}
    assert json.loads(counted.stdout)["document-fields"] == waits

    back = CliRunner().invoke(program, ["train", "--roll-back"])
    assert (back.exit_code, "no_earlier_model" in back.output) == (1, True)
