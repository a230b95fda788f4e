"""Gold of the real document sets: pages in, facts that should come out.

The sets are reference material that lies beside the project; nothing here is needed to run it.
Every example names its group (layout, template, invoice) so that a split never puts twins on both
sides.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from contor.bootstrap.documents import file_pages
from contor.documents.amounts import plain
from contor.documents.dates.printed import find_dates
from contor.documents.labels import lexicon
from contor.documents.page import Page, Word
from contor.documents.reading import LineItem, TaxRow


@dataclass(frozen=True, slots=True)
class Example:
    """A document with its gold; ``accepted`` lists for each field the values that are right."""

    name: str
    group: str
    pages: tuple[Page, ...]
    accepted: Mapping[str, tuple[str, ...]]
    tax_rows: tuple[TaxRow, ...] = ()
    lines: tuple[LineItem, ...] = ()
    path: Path | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


def sroie(shared: Path) -> list[Example]:
    """Receipts of SROIE task 3 (training part), grouped by company."""
    rows = (shared / "corpus/sroie/train.jsonl").read_text("utf-8").splitlines()
    return [_receipt(json.loads(row)) for row in rows if row]


def _receipt(row: Mapping[str, Any]) -> Example:
    size = row["image_size"]
    words = tuple(
        Word(text, *map(float, box)) for text, box in zip(row["words"], row["bboxes"], strict=True)
    )
    page = Page(1, float(size["width"]), float(size["height"]), words, "ocr")
    entities = row["entities"]
    accepted = {
        "seller_name": (entities.get("company", "").strip(),),
        "seller_address": (entities.get("address", "").strip(),),
        "issue_date": receipt_date(entities.get("date", "")),
        "gross_total": receipt_total(entities.get("total", "")),
    }
    known = {name: values for name, values in accepted.items() if values and values[0]}
    return Example(row["key"], entities.get("company", "").strip(), (page,), known)


def receipt_date(text: str) -> tuple[str, ...]:
    """ISO dates a printed date may mean, day first."""
    dates = find_dates(text, "dmy") or find_dates(text, "mdy")
    return tuple(date.value.isoformat() for date in dates[:1])


def receipt_total(text: str) -> tuple[str, ...]:
    """A printed total as a decimal."""
    figure = re.sub(r"[^\d.\-]", "", text.replace(",", ""))
    try:
        return (f"{float(figure):.2f}",)
    except ValueError:
        return ()


def deepform(shared: Path) -> list[Example]:
    """Invoices, orders and contracts of television stations, grouped by template."""
    folder = shared / "corpus/deepform"
    examples = []
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            path = folder / "pdfs" / f"{row['file_id']}.pdf"
            pages = file_pages(path.read_bytes(), path.name)
            examples.append(_broadcast(row, path, pages))
    return examples


def _broadcast(row: Mapping[str, str], path: Path, pages: tuple[Page, ...]) -> Example:
    start = find_dates(row["flight_from"].strip(), "mdy")
    end = find_dates(row["flight_to"].strip(), "mdy")
    accepted = {
        "buyer_name": (row["advertiser"].strip(),),
        "number": (row["contract_num"].strip(),),
        "gross_total": receipt_total(row["gross_amount"]),
        "period_start": tuple(d.value.isoformat() for d in start[:1]),
        "period_end": tuple(d.value.isoformat() for d in end[:1]),
    }
    known = {name: values for name, values in accepted.items() if values and values[0]}
    return Example(row["file_id"], template_of(pages), pages, known, path=path, extra=row)


def template_of(pages: Sequence[Page]) -> str:
    """A layout's signature: its rarest-changing words of the first page, by place."""
    words = (
        {re.sub(r"\W", "", word.text.lower()) for word in pages[0].words[:400]} if pages else set()
    )
    marks = (
        "wideorbit", "invoice", "contract", "order", "flight", "agency", "estimate", "isci", "demo",
        "advertiser", "rev", "remit", "spots", "gross", "station", "priority", "agreement", "sold",
        "hiatus", "separation", "makegood", "statement", "proposal", "traffic", "cash",
    )  # fmt: skip
    return " ".join(mark for mark in marks if mark in words)


def hybrids(shared: Path) -> list[Example]:
    """Hybrid invoices (ZUGFeRD, Factur-X): the page is read, the embedded XML is the gold."""
    folders = ("zugferd-corpus", "mustang", "horstoeko-zugferd")
    examples = []
    for folder in folders:
        for path in sorted((shared / "corpus" / folder).rglob("*.pdf")):
            example = hybrid(path)
            if example:
                examples.append(example)
    return examples


def hybrid(path: Path) -> Example | None:
    """One hybrid invoice, None where there is no XML or no text layer."""
    from contor.bootstrap.documents import read_content, reading_options

    content = path.read_bytes()
    reading = read_content(content, path.name, reading_options(ocr="never"))
    if reading.route != "einvoice":
        return None
    pages = file_pages(content, path.name)
    text = printed_text(pages)
    accepted = {
        name: (fact.value,)
        for name, fact in reading.fields.items()
        if is_printed(name, fact.value, text)
    }
    number = reading.value("number") or path.stem
    group = f"{number} {reading.value('seller_name')}"
    # Of what the XML holds only what the page prints can be read from the page.
    rows = reading.tax_breakdown
    if not all(_is_printed_row(row, text) for row in rows):
        rows = ()
    lines = tuple(
        _as_printed(line, text)
        for line in reading.lines
        if line.net and is_printed("net_total", line.net, text)
    )
    name = "/".join(path.parts[-4:])
    negative = (reading.value("gross_total") or "").startswith("-")
    extra = {"kind": reading.kind, "negative": negative and reading.kind == "invoice"}
    return Example(name, group, pages, accepted, rows, lines, path, extra)


def _as_printed(line: LineItem, text: str) -> LineItem:
    """A line without the price that only the XML knows (the page prints it before the discount)."""
    if line.unit_price is None or is_printed("net_total", line.unit_price, text):
        return line
    short = plain(Decimal(line.unit_price).normalize())
    return line if is_printed("net_total", short, text) else replace(line, unit_price=None)


def _is_printed_row(row: TaxRow, text: str) -> bool:
    amounts = [amount for amount in (row.base, row.tax) if amount and float(amount)]
    return all(is_printed("net_total", amount, text) for amount in amounts)


def printed_text(pages: Sequence[Page]) -> str:
    """The words of the pages with single spaces."""
    return " ".join(word.text for page in pages for word in page.words)


def is_printed(name: str, value: str, text: str) -> bool:
    """Whether a value stands on the page in a usual form (dates and amounts in any language)."""
    if name.endswith("_date") or name.startswith("period_"):
        return any(d.value.isoformat() == value for d in find_dates(text, "dmy"))
    if name == "prepaid" and not float(value):
        # A nought stands on many a page; that nothing was paid before must be said.
        return any(label.concept == "prepaid" for label in lexicon().find(text))
    if name in {"net_total", "tax_total", "gross_total", "prepaid", "payable"}:
        return any(form in re.sub(r"(?<=\d)[\s'’](?=\d{3})", "", text) for form in _forms(value))
    squeezed = re.sub(r"[\W_]", "", text).lower()
    return re.sub(r"[\W_]", "", value).lower() in squeezed


def _forms(value: str) -> Iterator[str]:
    plain = value.removeprefix("-")
    whole, _, cents = plain.partition(".")
    grouped = f"{int(whole):,}"
    yield f"{whole},{cents}"
    yield f"{whole}.{cents}"
    yield f"{grouped}.{cents}"
    yield f"{grouped.replace(',', '.')},{cents}"
