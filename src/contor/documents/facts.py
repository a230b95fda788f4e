"""From words on pages to the facts of a document: candidates, choice, checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from contor.documents.document_text import document_text
from contor.documents.fields import choose_fields
from contor.documents.kinds import kind_of
from contor.documents.language import language_of
from contor.documents.page import Page, Source
from contor.documents.page_tagger import Tagger
from contor.documents.reading import Fact, Kind, LineItem, TaxRow
from contor.errors import Finding


@dataclass(frozen=True, slots=True)
class Facts:
    """What the pages say."""

    kind: Kind
    language: str | None
    fields: dict[str, Fact] = field(default_factory=dict)
    tax_breakdown: tuple[TaxRow, ...] = ()
    lines: tuple[LineItem, ...] = ()
    findings: tuple[Finding, ...] = ()


def facts_from(pages: Sequence[Page], tagger: Tagger | None = None) -> Facts:
    """The facts of a document from its pages."""
    document = document_text(pages)
    texts = [line.text for line in document.lines]
    source: Source = "ocr" if any(page.source == "ocr" for page in pages) else "text"
    choice = choose_fields(document, source, tagger)
    narrow = bool(pages) and pages[0].width < 0.62 * pages[0].height
    kind = kind_of([(line.text, line.line.height) for line in document.lines], narrow=narrow)
    return Facts(kind, language_of(texts), choice.fields, choice.tax_rows)
