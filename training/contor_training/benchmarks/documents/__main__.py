"""Print the figures of document reading."""

from __future__ import annotations

import time
from pathlib import Path

import click

from contor.bootstrap.documents import file_pages
from contor_training.benchmarks.documents import (
    generated_part,
    home_ground,
    memory_part,
    peers,
    photo_part,
    receipt_part,
    scan_part,
    text_parts,
)
from contor_training.documents import gold

_SHARED = Path(__file__).resolve().parents[5] / "shared"
_PARTS = (
    "sroie",
    "deepform",
    "zugferd",
    "ocr",
    "photos",
    "receipts",
    "generated",
    "memory",
    "speed",
)


@click.command()
@click.option("--part", "parts", multiple=True, type=click.Choice(_PARTS), help="Only these parts.")
@click.option("--shared", default=str(_SHARED), type=click.Path(exists=True), help="The sets.")
@click.option("--folds", default=3, help="Folds of the cross-validation.")
@click.option("--sample", default=22, help="Documents that are rasterised and recognised.")
def main(parts: tuple[str, ...], shared: str, folds: int, sample: int) -> None:
    """Read the gold sets and say how much of it is right."""
    wanted = parts or _PARTS
    folder = Path(shared)
    hybrids = gold.hybrids(folder) if set(wanted) - {"speed", "generated"} else []
    learnt = {"sroie", "deepform", "zugferd", "memory", "receipts"} & set(wanted)
    receipts = gold.sroie(folder) if learnt else []
    forms = gold.deepform(folder) if learnt else []
    if "sroie" in wanted:
        text_parts.sroie(receipts, [*forms, *hybrids], folds)
    if "deepform" in wanted:
        text_parts.deepform(forms, [*receipts, *hybrids], folds)
    if "zugferd" in wanted:
        read = text_parts.hybrids(hybrids, [*receipts, *forms], folds)
        peers.invoice2data(hybrids)
        home_ground.home_ground(folder)
        text_parts.speed(hybrids, read)
    if "ocr" in wanted:
        scan_part.scans(hybrids, sample)
    if "photos" in wanted:
        photo_part.photos(hybrids, sample)
    if "receipts" in wanted:
        receipt_part.receipt_pictures(receipts, [*forms, *hybrids], folder, sample)
    if "generated" in wanted:
        generated_part.generated_invoices(60, sample)
    if "memory" in wanted:
        memory_part.memory(receipts, forms, hybrids, folds)
    if "speed" in wanted:
        _speed(folder)


def _speed(folder: Path) -> None:
    """From the bytes of text PDFs to facts, by the model on the shelf."""
    from contor.bootstrap.documents import read_content, reading_options

    paths = sorted((folder / "corpus/deepform/pdfs").glob("*.pdf"))[::4]
    paths += sorted((folder / "corpus/zugferd-corpus").rglob("*.pdf"))[::2]
    options = reading_options(use_xml=False, ocr="never")
    read_content(paths[0].read_bytes(), paths[0].name, options)
    started, pages = time.process_time(), 0
    for path in paths:
        pages += read_content(path.read_bytes(), path.name, options).pages
    seconds = time.process_time() - started
    started = time.process_time()
    for path in paths:
        file_pages(path.read_bytes(), path.name, options)
    text = time.process_time() - started
    print(
        f"\nText PDFs: {pages} pages, {pages / seconds:.0f} pages/s with facts on one core, ",
        end="",
    )
    print(f"{pages / text:.0f} pages/s words and boxes alone")
    xmls = sorted((folder / "corpus/zugferd-corpus").rglob("*.xml"))
    started, count = time.process_time(), 0
    for path in xmls:
        count += read_content(path.read_bytes(), path.name).refusal is None
    seconds = time.process_time() - started
    print(f"XML: {count} of {len(xmls)} read, {len(xmls) / seconds:.0f} documents/s on one core")


if __name__ == "__main__":
    main()
