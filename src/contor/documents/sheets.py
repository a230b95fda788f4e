"""A page as the splitter sees it: what was read on it with some likelihood."""

from __future__ import annotations

from collections.abc import Sequence

from contor.documents.facts import facts_from
from contor.documents.identifiers import find_identifiers
from contor.documents.layout import layout_of
from contor.documents.page import Page
from contor.documents.page_tagger import Tagger
from contor.documents.splitting import Division, Sheet, divide, numbers_on, possible_heads

_LIKELY = 0.5  # the joint proof of all parts in documents.splitting decides


def sheet_of(page: Page | None, tagger: Tagger | None, *, scanned: bool) -> Sheet:
    """The sheet of a page by itself; a page that is damaged (None) or empty says nothing."""
    if page is None or not page.words:
        return Sheet("", scanned=scanned)
    facts = facts_from([page], tagger).fields
    likely = {name: fact.value for name, fact in facts.items() if fact.confidence > _LIKELY}
    text = "\n".join(line.text for line in layout_of([page]).lines)
    number, total, date = map(likely.get, ("number", "gross_total", "issue_date"))
    owners = frozenset(
        found.value
        for found in (find_identifiers(text) if scanned else ())
        if found.valid and found.kind == "iban"
    )
    return Sheet(text, number, total, date, scanned, owners)


def divide_pages(pages: Sequence[Page], tagger: Tagger | None) -> Division:
    """Divide pages that were read into invoices.

    Most documents are told to be one by the words of their pages, or since no page after the first
    has a number: reading every page by itself takes as long as reading the whole.
    """
    texts = [" ".join(word.text for word in page.words) for page in pages]

    def sheet(index: int) -> Sheet:
        return sheet_of(pages[index], tagger, scanned=pages[index].source == "ocr")

    sheets = {index: sheet(index) for index in possible_heads(texts)}
    if not any(numbers_on(head) for head in sheets.values()):
        return Division()
    return divide([sheets.get(index) or sheet(index) for index in range(len(pages))])
