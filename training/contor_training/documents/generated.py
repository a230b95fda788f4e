"""Generated invoices as gold: pages read from the PDF, truth from the generator.

The training may know some of the layouts; the others, and other seeds, are kept for the figures,
which are reported by themselves and never among those of real documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from contor.bootstrap.documents import file_pages
from contor.documents.amounts import plain
from contor.documents.reading import LineItem, TaxRow
from contor_training.documents.gold import Example, is_printed, printed_text
from contor_training.synthetic.invoices.gold import gold
from contor_training.synthetic.invoices.page_data import page_data
from contor_training.synthetic.invoices.rendering import fonts, render
from contor_training.synthetic.invoices.trading import draw

TRAINING_SEED, BENCH_SEED = 1001, 2002
HELD_OUT = ("sidebar", "twin")
"""Layouts that no training sees."""
_NOT_PRINTED_ALIKE = frozenset({"seller_bic", "discount_terms"})


@dataclass(frozen=True, slots=True)
class GeneratedInvoice:
    """A generated invoice: its PDF, its layout and the truth."""

    number: int
    pdf: bytes
    layout: str
    truth: dict[str, Any]


def generated(count: int, seed: int = BENCH_SEED, *, held_out: bool = False) -> list[Example]:
    """The first ``count`` invoices of a series whose layouts are (not) held out from training."""
    return [example_of(invoice) for invoice in invoices(count, seed, held_out=held_out)]


def invoices(count: int, seed: int, *, held_out: bool = False) -> Iterator[GeneratedInvoice]:
    """Invoices with pages, in order of their numbers."""
    number = made = 0
    while made < count:
        trade = draw(seed, number)
        data = page_data(trade, Random(f"{seed}:page:{number}"))
        if (data["layout"] in HELD_OUT) == held_out:
            data["font"] = Random(f"{seed}:font:{number}").choice(fonts())
            pdf, boxes = render(data)
            yield GeneratedInvoice(number, pdf, data["layout"], gold(trade, data, boxes))
            made += 1
        number += 1


def example_of(invoice: GeneratedInvoice) -> Example:
    """The invoice as gold for reading its text layer."""
    truth = invoice.truth
    name = f"generated-{invoice.number:06d}.pdf"
    pages = file_pages(invoice.pdf, name)
    text = printed_text(pages)
    rows = tuple(tax_row(row) for row in truth["tax_breakdown"])
    printed = all(is_printed("net_total", row.base or "", text) for row in rows)
    return Example(
        name,
        f"generated {invoice.layout} {invoice.number}",
        pages,
        {n: (f["value"],) for n, f in truth["fields"].items() if n not in _NOT_PRINTED_ALIKE},
        rows if printed else (),
        tuple(line_item(line) for line in truth["lines"]),
        extra={name: truth[name] for name in ("layout", "language", "kind")},
    )


def tax_row(row: Mapping[str, str]) -> TaxRow:
    """A row of the VAT breakdown as facts have it."""
    return TaxRow(row["category"], plain(Decimal(row["rate"])), row["base"], row["tax"])


def line_item(line: Mapping[str, str]) -> LineItem:
    """An invoice line as facts have it."""
    price, net, rate = (plain(Decimal(line[name])) for name in ("unit_price", "net", "rate"))
    return LineItem(line["text"], line["quantity"], line["unit"], price, net, rate)
