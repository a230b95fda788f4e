"""How fast invoices are made: drafted, taxed, numbered, as e-invoice XML, as PDF.

``python -m contor_training.benchmarks.billing [--invoices N] [--lines N] [--json]``. One process;
seconds are process CPU time (steady on a busy machine) and wall time.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import click

from contor.bootstrap.billing import render
from contor.contracts import Contract, parse_contract_file
from contor.invoicing.draft import draft_invoices
from contor.invoicing.invoice import Invoice
from contor.invoicing.issue import issue
from contor.invoicing.numbering import format_number

_CONTRACT = """
format: contor-contract/1
id: C-{number}
start: 2026-10-01
seller:
  name: Bench Hosting GmbH
  address: {{street: Weg 1, postcode: "20457", city: Hamburg, country: DE}}
  contact: {{phone: "+49 40 1", email: a@bench.example}}
  vat_id: DE136695976
  bank: {{iban: DE02120300000000202051}}
customer:
  number: {number}
  name: Kunde {number}
  business: true
  address: {{street: Weg {number}, postcode: "10115", city: Berlin, country: DE}}
  contact: {{email: k{number}@bench.example}}
billing: {{months: 1, anchor_day: 1}}
items:
{items}
plans:
  - id: web
    name: {{de: Webhosting}}
    account: 8400
    versions:
      - version: 1
        valid_from: 2025-01-01
        charges: [{{id: base, kind: recurring, model: per_unit, price: "12.90", unit: MON}}]
"""
_ON = date(2026, 10, 1)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Speed:
    """Invoices of one step with its CPU and wall seconds."""

    step: str
    invoices: int
    cpu_seconds: float
    wall_seconds: float

    @property
    def per_second(self) -> float:
        """Invoices per CPU second."""
        return self.invoices / self.cpu_seconds if self.cpu_seconds else 0.0


def contract_text(number: int, lines: int) -> str:
    """The contract of a customer with so many items."""
    items = "\n".join(
        f"  - {{id: i{i}, plan: web, text: k{number}-{i}.example, quantity: {1 + i % 3}}}"
        for i in range(lines)
    )
    return _CONTRACT.format(number=number, items=items)


def measure(invoices: int = 500, lines: int = 20, pages: int = 100) -> list[Speed]:
    """The speed of every step over ``invoices`` of ``lines`` lines; pages over ``pages`` of them."""
    speeds: list[Speed] = []
    texts = [contract_text(number, lines) for number in range(1, invoices + 1)]
    contracts = _timed(speeds, "read contracts", invoices, lambda: list(map(_contract, texts)))
    drafts = _timed(
        speeds,
        "draft, tax, total",
        invoices,
        lambda: [draft_invoices(c, _ON)[0] for c in contracts],
    )
    issued = _timed(
        speeds,
        "check twice, number, issue",
        invoices,
        lambda: [
            issue(draft, format_number("RE-{year}-{number:06}", number, _ON), _ON)
            for number, draft in enumerate(drafts, 1)
        ],
    )
    for form in ("xrechnung-cii", "xrechnung-ubl"):
        _rendered(speeds, issued, form)
    render(issued[0], "zugferd")  # the fonts are loaded once
    for form in ("pdf", "zugferd"):
        _rendered(speeds, issued[:pages], form)
    return speeds


def _contract(text: str) -> Contract:
    parsed = parse_contract_file(text)
    assert isinstance(parsed, Contract)
    return parsed


def _rendered(speeds: list[Speed], invoices: list[Invoice], form: str) -> None:
    from contor.bootstrap.billing import RenderFormat

    chosen: RenderFormat = form  # type: ignore[assignment]  # names of the table above
    _timed(speeds, f"render {form}", len(invoices), lambda: [render(i, chosen) for i in invoices])


def _timed(speeds: list[Speed], step: str, count: int, work: Callable[[], T]) -> T:
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    speeds.append(Speed(step, count, round(cpu, 3), round(wall, 3)))
    return result


@click.command()
@click.option("--invoices", default=500, show_default=True)
@click.option("--lines", default=20, show_default=True, help="Lines of an invoice.")
@click.option("--pages", default=100, show_default=True, help="Invoices set as PDF.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def main(invoices: int, lines: int, pages: int, as_json: bool) -> None:
    """Measure how fast invoices are made."""
    speeds = measure(invoices, lines, pages)
    if as_json:
        rows = {
            row.step: {
                "invoices": row.invoices,
                "cpu_seconds": row.cpu_seconds,
                "wall_seconds": row.wall_seconds,
                "invoices_per_cpu_second": round(row.per_second, 1),
            }
            for row in speeds
        }
        print(json.dumps({"lines_per_invoice": lines, "steps": rows}))
        return
    print(f"{'step':28} {'invoices':>8} {'cpu s':>8} {'wall s':>8} {'per cpu s':>10}")
    for row in speeds:
        print(
            f"{row.step:28} {row.invoices:8} {row.cpu_seconds:8.2f} {row.wall_seconds:8.2f}"
            f" {row.per_second:10.1f}"
        )


if __name__ == "__main__":
    main()
