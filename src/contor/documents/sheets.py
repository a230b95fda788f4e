"""A page as the splitter sees it: what was read on it with some likelihood."""

from __future__ import annotations

from contor.documents.facts import facts_from
from contor.documents.identifiers import find_identifiers
from contor.documents.layout import layout_of
from contor.documents.page import Page
from contor.documents.page_tagger import Tagger
from contor.documents.splitting import Sheet

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
