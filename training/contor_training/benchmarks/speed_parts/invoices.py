"""Invoices a second: the demo company's month drafted, issued on SQLite, written and set."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from contor.bootstrap.billing import render
from contor.bootstrap.demo import demo_files
from contor.contracts.contract import Contract
from contor.contracts.contract_file import Catalogue, is_catalogue, parse_contract_file
from contor.contracts.usage import UsageEvent, parse_usage
from contor.invoicing.draft import draft_invoices
from contor.invoicing.invoice import Invoice
from contor.invoicing.issue import issue
from contor.workflows.run_billing import run_billing
from contor_training.benchmarks.speed_parts import plain_sqlite
from contor_training.benchmarks.speed_parts.demo_books import demo_books, on_copies
from contor_training.benchmarks.speed_parts.measure import (
    OURS,
    Step,
    compare,
    compare_fresh,
    readable_by,
)
from contor_training.benchmarks.speed_parts.scale import Scale

_DAY = date(2026, 11, 2)
_CENT = Decimal("0.01")
_PAGE = """#set page(paper: "a4")
#set document(date: none)
#table(columns: 4, ..json(bytes(sys.inputs.data)).flatten())
"""


def measure(samples: Path, scale: Scale) -> list[Step]:
    """Draft, issue, write XML, set pages."""
    contracts, usage = _contracts(samples)

    def drafted() -> list[Invoice]:
        return [
            invoice
            for contract in contracts
            for invoice in draft_invoices(contract, _DAY, usage.get(contract.id, []))
        ]

    drafts = drafted()
    issued = [
        issue(draft, f"RE-{number:05}", draft.issue_date or _DAY)
        for number, draft in enumerate(drafts, 1)
    ]
    return [
        compare("draft, tax, total", "invoices", len(drafts), {
            OURS: drafted,
            "Decimal sums alone": lambda: [_sum_up(draft) for draft in drafts],
        }, scale, "periods, price plans, usage, tax rules with reasons"),
        _issuing(samples, len(drafts), scale),
        *_writing(issued, scale),
        _setting(issued[: scale.pdfs], scale),
    ]  # fmt: skip


def _contracts(samples: Path) -> tuple[list[Contract], dict[str, list[UsageEvent]]]:
    files = demo_files(samples, statements=False)
    catalogue = Catalogue()
    contracts = []
    for _, text in sorted(files.contracts, key=lambda file: not is_catalogue(file[1])):
        parsed = parse_contract_file(text, catalogue)
        if isinstance(parsed, Catalogue):
            catalogue = catalogue.merged(parsed)
        else:
            contracts.append(parsed)
    usage: dict[str, list[UsageEvent]] = {}
    for event in parse_usage(files.usage.splitlines(keepends=True)).events:
        usage.setdefault(event.contract, []).append(event)
    return contracts, usage


def _sum_up(draft: Invoice) -> Decimal:
    """Quantity times price, summed and taxed per rate: the arithmetic and nothing else."""
    nets: dict[Decimal, Decimal] = {}
    for line in draft.lines:
        net = (line.quantity * line.unit_price).quantize(_CENT, ROUND_HALF_UP)
        nets[line.tax.rate] = nets.get(line.tax.rate, Decimal(0)) + net
    return sum(
        (net + (net * rate / 100).quantize(_CENT, ROUND_HALF_UP) for rate, net in nets.items()),
        Decimal(0),
    )


def _issuing(samples: Path, count: int, scale: Scale) -> Step:
    """The billing run on the store; the floor writes five bare rows an invoice."""
    with demo_books(samples) as books:
        return compare_fresh("issue on SQLite", "invoices", count, {
            OURS: on_copies(books, lambda work, tenant: run_billing(work, tenant, _DAY)),
            plain_sqlite.COMMITTED_ROWS: plain_sqlite.commits(books.parent, count, 5),
        }, scale, "drafted, checked, numbered, posted, open item, outbox")  # fmt: skip


def _writing(issued: list[Invoice], scale: Scale) -> Iterable[Step]:
    """XRechnung beside drafthorse, which serialises the same content from its own model."""
    from drafthorse.models.document import Document

    pairs = [(invoice, render(invoice, "xrechnung-cii")) for invoice in issued]
    parsed = readable_by(lambda pair: Document.parse(pair[1]).serialize(schema=None), pairs)
    peers = [Document.parse(xml) for _, xml in parsed]
    if parsed:
        yield compare("write XRechnung CII", "invoices", len(parsed), {
            OURS: lambda: [render(invoice, "xrechnung-cii") for invoice, _ in parsed],
            "drafthorse serialize": lambda: [peer.serialize(schema=None) for peer in peers],
        }, scale, "ours maps the invoice too")  # fmt: skip


def _setting(issued: list[Invoice], scale: Scale) -> Step:
    """ZUGFeRD PDF beside a bare table set by typst, and with an e-invoice embedded by factur-x."""
    xml = [render(invoice, "xrechnung-cii") for invoice in issued]
    rows = [
        json.dumps([[x.text, str(x.quantity), str(x.unit_price), str(x.net)] for x in one.lines])
        for one in issued
    ]
    return compare("render ZUGFeRD PDF", "invoices", len(issued), {
        OURS: lambda: [render(invoice, "zugferd") for invoice in issued],
        "typst, bare table": lambda: [_bare_page(data) for data in rows],
        "typst bare + factur-x": lambda: [
            _embedded(_bare_page(data), content)
            for data, content in zip(rows, xml, strict=True)
        ],
    }, scale, "ours is PDF/A-3b with letterhead and payment code")  # fmt: skip


def _bare_page(data: str) -> bytes:
    import typst

    page: bytes = typst.compile(_PAGE.encode(), format="pdf", sys_inputs={"data": data})
    return page


def _embedded(pdf: bytes, xml: bytes) -> object:
    import facturx

    return facturx.generate_from_binary(pdf, xml, check_xsd=False, check_schematron=False)
