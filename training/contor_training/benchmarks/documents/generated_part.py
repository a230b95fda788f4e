"""Generated invoices, by themselves: known and unknown layouts, text layer and scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contor.bootstrap.documents import file_pages, tools
from contor.documents.facts import Facts, facts_from
from contor_training.benchmarks.documents.text_parts import score_hybrids, show
from contor_training.documents.generated import (
    BENCH_SEED,
    GeneratedInvoice,
    example_of,
    generated,
    invoices,
)
from contor_training.documents.gold import Example
from contor_training.synthetic.invoices.scanning import scan


def generated_invoices(count: int, sample: int) -> None:
    """Read invoices of a series that no training has seen, with the model on the shelf."""
    for held_out in (False, True):
        examples = generated(count, BENCH_SEED, held_out=held_out)
        kind = "layouts that training may know" if not held_out else "layouts held out"
        print(f"\nGenerated invoices, {len(examples)} with {kind}, text layer")
        show(score_hybrids(examples, _read))
    chosen = list(invoices(sample, BENCH_SEED, held_out=False))
    print(f"\nGenerated invoices as scans, {len(chosen)} (150 to 300 dpi, turned, noisy, JPEG)")
    show(score_hybrids([_scanned(invoice) for invoice in chosen], _read))


def _read(example: Example) -> Facts:
    return facts_from(example.pages, tools().tagger)


def _scanned(invoice: GeneratedInvoice) -> Example:
    """The invoice with the pages that recognition gives of its scan."""
    pictures: Sequence[bytes] = [p.content for p in scan(invoice.pdf, BENCH_SEED, invoice.number)]
    pages = [
        replace(page, number=number)
        for number, picture in enumerate(pictures, start=1)
        for page in file_pages(picture, f"{number}.jpg")
    ]
    return replace(example_of(invoice), pages=tuple(pages))
