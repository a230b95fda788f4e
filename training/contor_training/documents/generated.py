"""Generated invoices as gold: pages read from the PDF, truth from the generator.

The training may know some of the layouts; the others, and other seeds, are kept for the figures,
which are reported by themselves and never among those of real documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from contor.bootstrap.documents import file_pages
from contor.documents.reading import LineItem, TaxRow
from contor_training.documents.gold import Example
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


def generated(count: int, seed: int, *, held_out: bool = False) -> list[Example]:
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
    return Example(
        name,
        f"generated {invoice.layout} {invoice.number}",
        file_pages(invoice.pdf, name),
        {n: (f["value"],) for n, f in truth["fields"].items() if n not in _NOT_PRINTED_ALIKE},
        tax_rows(truth["tax_breakdown"]),
        tuple(LineItem(line["text"], net=line["net"]) for line in truth["lines"]),
    )


def tax_rows(rows: Sequence[dict[str, str]]) -> tuple[TaxRow, ...]:
    """The VAT breakdown as facts have it."""
    return tuple(TaxRow(row["category"], row["rate"], row["base"], row["tax"]) for row in rows)
