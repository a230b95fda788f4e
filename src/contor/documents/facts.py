"""From words on pages to the facts of a document: candidates, choice, checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from contor.documents.checks import findings_of
from contor.documents.chosen import MOST
from contor.documents.counted_sheets import counted_sheets
from contor.documents.document_text import DocumentText
from contor.documents.fields import choose_fields
from contor.documents.kinds import is_correction, kind_of
from contor.documents.language import language_of
from contor.documents.letters import letter_paper
from contor.documents.other_papers import not_an_invoice, other_paper
from contor.documents.page import Page, Source
from contor.documents.page_tagger import Tagger
from contor.documents.reading import AMOUNT_FIELDS, Fact, Kind, LineItem, TaxRow
from contor.documents.suppliers.layout import SupplierLayout
from contor.errors import Finding

_BUYER = frozenset({"buyer_name", "buyer_address"})
_NAMED_BUYER = 0.5
_OF_A_BILL = frozenset({"number", "issue_date", "net_total", "tax_total", "gross_total"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What the pages say."""

    kind: Kind
    language: str | None
    fields: dict[str, Fact] = field(default_factory=dict)
    tax_breakdown: tuple[TaxRow, ...] = ()
    lines: tuple[LineItem, ...] = ()
    findings: tuple[Finding, ...] = ()


def facts_from(
    pages: Sequence[Page],
    tagger: Tagger | None = None,
    *,
    repair: bool = True,
    layouts: Sequence[SupplierLayout] = (),
) -> Facts:
    """The facts of a document from its pages; ``layouts`` are those remembered, oldest first."""
    sheets, document = counted_sheets(pages, repair=repair)
    found = _facts_of(document, sheets.pages, tagger, repair=repair, layouts=layouts)
    return replace(found, fields=sheets.facts(found.fields), lines=sheets.lines(found.lines))


def _facts_of(
    document: DocumentText,
    pages: Sequence[Page],
    tagger: Tagger | None,
    *,
    repair: bool,
    layouts: Sequence[SupplierLayout],
) -> Facts:
    texts = [line.text for line in document.lines]
    source: Source = "ocr" if any(page.source == "ocr" for page in pages) else "text"
    choice = choose_fields(document, source, tagger, repair=repair, layouts=layouts)
    narrow = bool(pages) and pages[0].narrow
    heights = [(line.text, line.line.height) for line in document.lines]
    first = _first_page(document)
    paper = None if narrow else other_paper(first) or letter_paper(first)
    kind = paper.kind if paper else kind_of(heights, narrow=narrow)
    fields, rows, lines = choice.fields, choice.tax_rows, choice.lines
    if paper:
        # What it names was or will be invoiced: an amount of its own would be booked twice.
        fields, rows = {n: f for n, f in fields.items() if n not in AMOUNT_FIELDS}, ()
    if kind == "receipt":
        fields = _without_doubtful_buyer(fields)
    if kind == "other" and not paper and fields.keys() >= _OF_A_BILL:
        kind = "invoice"  # it has no title, and all that is booked
    gross = fields.get("gross_total")
    negative = gross is not None and gross.value.startswith("-")
    if kind == "credit_note" and negative and is_correction(heights):
        # A corrected invoice (type 384) takes back with negative amounts: they are as printed.
        kind = "invoice"
    elif kind == "credit_note":
        fields, rows = _positive(fields), tuple(_positive_row(row) for row in rows)
        lines = _positive_lines(lines)
    fields = _placed(fields, pages)
    misread = [name for name in (choice.totals.misread, *choice.misread) if name]
    findings = (*map(_misread, misread), *findings_of(fields, lines, texts, choice.besides))
    if paper:
        findings = (not_an_invoice(paper), *findings)
    return Facts(kind, language_of(texts), fields, rows, lines, findings)


def _first_page(document: DocumentText) -> list[tuple[str, float]]:
    page = document.lines[0].line.page if document.lines else 0
    return [(line.text, line.line.height) for line in document.by_page.get(page, ())]


def _placed(fields: Mapping[str, Fact], pages: Sequence[Page]) -> dict[str, Fact]:
    """The facts, each from the source of the page it stands on (a document may be part scan)."""
    sources = {page.number: page.source for page in pages}
    return {
        name: replace(fact, source=sources.get(fact.page or 0, fact.source))
        if fact.source != "derived"
        else fact
        for name, fact in fields.items()
    }


def _without_doubtful_buyer(fields: dict[str, Fact]) -> dict[str, Fact]:
    """A till prints no buyer: what looks a little like one is a signature or a slogan."""
    buyer = fields.get("buyer_name")
    if buyer is None or buyer.memory or buyer.confidence >= _NAMED_BUYER:
        return fields
    return {name: fact for name, fact in fields.items() if name not in _BUYER}


def _misread(name: str) -> Finding:
    by = "the check digits hold" if name.endswith("iban") else "net, tax and gross add up"
    message = f"A character was misread; it was set right so that {by}."
    return Finding("digit_repaired", "warning", message, (name,))


def _positive(fields: Mapping[str, Fact]) -> dict[str, Fact]:
    """A credit note's amounts are positive; its kind says in whose favour (EN 16931-1, BT-3)."""
    return {name: _turned(fact) if name in AMOUNT_FIELDS else fact for name, fact in fields.items()}


def _turned(fact: Fact) -> Fact:
    """An amount without its minus; what was turned round is never quite sure."""
    if not fact.value.startswith("-"):
        return fact
    return replace(fact, value=fact.value[1:], confidence=min(MOST, fact.confidence))


def _positive_lines(lines: Sequence[LineItem]) -> tuple[LineItem, ...]:
    """Lines of a credit note turned round, where all of them are negative."""
    if not lines or not all((line.net or "").startswith("-") for line in lines):
        return tuple(lines)
    return tuple(
        replace(
            line,
            net=(line.net or "").removeprefix("-"),
            quantity=line.quantity.removeprefix("-") if line.quantity else None,
            unit_price=line.unit_price.removeprefix("-") if line.unit_price else None,
        )
        for line in lines
    )


def _positive_row(row: TaxRow) -> TaxRow:
    base = row.base.removeprefix("-") if row.base else None
    return replace(row, base=base, tax=row.tax.removeprefix("-") if row.tax else None)
