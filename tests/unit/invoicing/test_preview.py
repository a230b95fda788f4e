"""From contract files to documents: the shipped examples, campaigns, projects, price versions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from contor.contracts import contract_schema
from contor.invoicing.draft import draft_invoices
from contor.invoicing.invoice import Invoice
from contor.invoicing.invoice_json import invoice_from_value
from contor.invoicing.preview import Preview, preview_documents
from contor.rules.yaml_text import parse_yaml
from tests.support.shared import ROOT, SAMPLES

CONTRACTS = sorted((SAMPLES / "contracts").glob("example-*.yaml"))
USAGE = (SAMPLES / "usage" / "example-usage.csv").read_text(encoding="utf-8")
GOLDEN = ROOT / "tests" / "golden" / "billing" / "example-preview.json"
CATALOGUE = (SAMPLES / "contracts" / "example-catalogue.yaml").read_text(encoding="utf-8")


HEAD = (
    "format: contor-contract/1\nid: C-9\ncustomer: {number: 1, name: K, business: true, "
    "contact: {email: a@b.example}, "
    "address: {street: a, postcode: '10115', city: Berlin, country: DE}}\n"
)


def texts() -> list[tuple[str, str]]:
    return [(path.name, path.read_text(encoding="utf-8")) for path in CONTRACTS]


def of(more: str, until: str, usage: str = "") -> Preview:
    files = [("c.yaml", HEAD + more), ("catalogue.yaml", CATALOGUE)]
    return preview_documents(files, "u.csv", usage, date.fromisoformat(until))


def rows(document: Invoice) -> list[tuple[str, str, str]]:
    return [
        (line.item, str(line.charged.amount), line.price.version if line.price else "")
        for line in document.lines
    ]


def test_the_examples_give_what_was_worked_out() -> None:
    value = preview_documents(texts(), "usage", USAGE, date(2026, 11, 1)).value()
    assert value == json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert value["refusals"] == []
    for document in value["documents"]:
        assert invoice_from_value(document).status == "draft"


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.name)
def test_the_examples_fit_the_published_schema(path: Path) -> None:
    Draft202012Validator.check_schema(contract_schema())
    Draft202012Validator(contract_schema()).validate(parse_yaml(path.read_text(encoding="utf-8")))


def test_a_second_run_drafts_nothing() -> None:
    first = preview_documents(texts(), "usage", USAGE, date(2026, 11, 1))
    from contor.contracts import Catalogue, Contract, parse_contract_file

    catalogue = parse_contract_file(CATALOGUE)
    assert isinstance(catalogue, Catalogue)
    done = {key for document in first.documents for key in document.periods}
    for name, text in texts():
        if name != "example-catalogue.yaml":
            contract = parse_contract_file(text, catalogue)
            assert isinstance(contract, Contract)
            assert draft_invoices(contract, date(2026, 11, 1), (), done) == []


def test_the_price_of_a_period_is_that_of_its_first_day_or_split() -> None:
    more = (
        "start: 2026-06-16\nbilling: {{months: 1, price_of: {}}}\n"
        "items: [{{id: web, plan: web-l}}]\n"
    )
    whole = of(more.format("period_start"), "2026-06-16").documents[0]
    assert rows(whole) == [("web", "12.90", "1")]
    split = of(more.format("split"), "2026-06-16").documents[0]
    assert rows(split) == [("web", "6.45", "1"), ("web", "6.95", "2")]


def test_changes_in_the_period_are_charged_by_their_days() -> None:
    more = (
        "start: 2026-09-01\nbilling: {months: 1}\nitems:\n  - id: web\n    plan: web-l\n"
        "    changes: [{from: 2026-09-16, quantity: 3}]\n"
    )
    assert rows(of(more, "2026-09-01").documents[0]) == [
        ("web", "6.95", "2"),
        ("web", "20.85", "2"),
    ]


def test_campaigns_have_windows_cycles_and_an_order() -> None:
    more = (
        "start: 2026-08-01\nbilling: {months: 1}\nitems: [{id: web, plan: web-l}]\n"
        "campaigns:\n  - {id: A, text: Zehn, percent: 10, from: 2026-09-01, cycles: 2}\n"
        "  - {id: B, text: Haelfte, percent: 50, from: 2026-10-01, to: 2026-11-01}\n"
        "  - {id: C, text: Coupon, amount: 100, to: 2026-09-01}\n"
    )
    documents = of(more, "2026-11-01").documents
    assert [str(d.totals.net.amount) for d in documents] == ["0.00", "12.51", "6.25", "13.90"]


def test_one_invoice_per_project() -> None:
    more = (
        "start: 2026-09-01\nbilling: {months: 1, split: project}\nitems:\n"
        "  - {id: a, plan: web-l, project: Shop}\n  - {id: b, plan: web-l, project: Blog}\n"
    )
    documents = of(more, "2026-09-01").documents
    assert [(d.references.project, d.key) for d in documents] == [
        ("Shop", "C-9:2026-09-01:Shop"),
        ("Blog", "C-9:2026-09-01:Blog"),
    ]
    from contor.contracts import Catalogue, Contract, parse_contract_file

    catalogue = parse_contract_file(CATALOGUE)
    assert isinstance(catalogue, Catalogue)
    contract = parse_contract_file(HEAD + more, catalogue)
    assert isinstance(contract, Contract)
    held = draft_invoices(contract, date(2026, 9, 1), (), documents[0].periods)
    assert [draft.references.project for draft in held] == ["Blog"]


def test_usage_is_metered_over_the_whole_period_whatever_the_quantity() -> None:
    more = (
        "start: 2026-09-01\nbilling: {months: 1}\nitems:\n  - id: srv\n    plan: server-m\n"
        "    changes: [{from: 2026-09-16, quantity: 2}]\n"
    )
    usage = (
        "id,timestamp,contract,meter,quantity\n1,2026-09-02T00:00:00Z,C-9,traffic_gb,900\n"
        "2,2026-09-20T00:00:00Z,C-9,traffic_gb,1100\n3,2026-09-20T00:00:00Z,C-9,typo_gb,1\n"
    )
    preview = of(more, "2026-10-01", usage)
    charged = [line for line in preview.documents[1].lines if line.kind == "usage"]
    assert [(str(line.quantity), str(line.charged.amount)) for line in charged] == [
        ("1000", "10.00")
    ]
    assert [event.id for event in preview.unassigned] == ["3"]


def test_bad_files_stop_nothing_else() -> None:
    more = "start: 2026-09-01\nbilling: {months: 1}\nitems: [{id: web, plan: web-l}]\n"
    good = of(more, "2026-09-01")
    files = [("bad.yaml", "format: contor-contract/1\nid: [")]
    assert len(good.documents) == 1
    preview = preview_documents([*texts(), *files, texts()[0]], "", "", date(2026, 11, 1))
    assert {(where, refusal.code) for where, refusal in preview.refusals} == {
        ("bad.yaml", "yaml_unreadable"),
        (texts()[0][0], "contract_twice"),
    }
    assert len(preview.documents) == 5


def test_a_day_without_a_price_is_a_refusal() -> None:
    more = "start: 2024-12-01\nbilling: {months: 1}\nitems: [{id: web, plan: web-l}]\n"
    preview = of(more, "2025-03-01")
    assert [refusal.code for _, refusal in preview.refusals] == ["price_missing"]
    assert preview.documents == ()
