"""Where one PDF holds several invoices: page ranges, or nothing where that is not sure.

A page begins a new invoice where it carries an invoice number that the pages before it do not
have, and either the page counter starts again ("Seite 1 von 2") or, without counters, the page has
the head of an invoice. All parts must prove themselves: a number of their own, a total, a counter
that is complete. Else the file stays whole: a torn invoice costs more than a bookkeeper's minute.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_COUNTER = re.compile(
    r"\b(?:seite|page|pagina|pag\.?|blatt|p\.)\s*:?\s*(\d{1,3})\s*"
    r"(?:von|of|di|de|sur|/)\s*(\d{1,3})\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"\b(?:rechnungs?[-\s]?(?:nummer|nr\.?|no\.?)|rg\.?-?nr\.?|beleg-?(?:nummer|nr\.?)"
    r"|gutschrifts?[-\s]?(?:nummer|nr\.?)|invoice\s*(?:number|no\.?|nr\.?|id|\#)"
    r"|credit\s*note\s*(?:number|no\.?|\#)|fattura\s*(?:n\.?|nr\.?|numero)"
    r"|numero\s*fattura|facture\s*(?:n[o°º]?\.?|num[eé]ro))\s*[:.#]*\s*"
    r"([A-Z0-9][A-Z0-9/._-]*\d[A-Z0-9/._-]*)",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\b(?:rechnung|gutschrift|invoice|credit\s*note|fattura|nota\s*di\s*credito|facture|avoir"
    r"|receipt|quittung|factura|factuur)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\.? \w+ \d{4})\b")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as the splitter sees it: its lines, and its number and total if read with confidence."""

    text: str
    number: str | None = None
    total: str | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """The parts as first and last page (from 1); empty = whole. ``doubtful``: perhaps several."""

    parts: tuple[tuple[int, int], ...] = ()
    doubtful: bool = False


@dataclass(slots=True)
class _Run:
    """Pages that belong together so far."""

    first: int
    last: int
    numbers: set[str] = field(default_factory=set)
    total: bool = False
    complete: bool = True
    doubtful: bool = False

    def take(self, page: int, sheet: Sheet, before: str) -> None:
        """Add a page; one that could be an invoice of its own after all leaves a doubt."""
        numbers = numbers_on(sheet)
        if page > self.first and self.total and sheet.total is not None:
            self.doubtful |= not numbers and _is_head(sheet.text, before)
            self.doubtful |= bool(numbers) and not numbers & self.numbers
        self.last = page
        self.numbers |= numbers
        self.total |= sheet.total is not None
        counter = counter_on(sheet.text)
        if counter is not None:
            self.complete = counter[0] == counter[1]


def divide(sheets: Sequence[Sheet]) -> Division:
    r"""Divide pages into invoices where every sign agrees.

    >>> one = Sheet("Rechnung Nr. R-1 vom 01.10.2026\nSeite 1 von 1", "R-1", "119.00")
    >>> two = Sheet("Rechnung Nr. R-2 vom 01.11.2026\nSeite 1 von 1", "R-2", "238.00")
    >>> divide([one, two]).parts, divide([one, one]).parts
    (((1, 1), (2, 2)), ())
    """
    runs: list[_Run] = []
    for page, sheet in enumerate(sheets, 1):
        before = sheets[page - 2].text if page > 1 else ""
        if not runs or _begins(sheet, before, runs[-1]):
            runs.append(_Run(page, page))
        runs[-1].take(page, sheet, before)
    if len(runs) < 2 or not all(run.numbers and run.total for run in runs):
        return Division()
    if _repeated(runs) or not all(run.complete and not run.doubtful for run in runs):
        return Division(doubtful=True)
    return Division(tuple((run.first, run.last) for run in runs))


def counter_on(text: str) -> tuple[int, int] | None:
    """The page counter, None where there is none or several differ.

    >>> counter_on("Seite 2 von 3"), counter_on("Page 1/2 ... Page 1 of 2"), counter_on("Seite 4")
    ((2, 3), (1, 2), None)
    """
    found = {(int(match[1]), int(match[2])) for match in _COUNTER.finditer(text)}
    sound = {(page, pages) for page, pages in found if 1 <= page <= pages}
    return sound.pop() if len(sound) == 1 else None


def numbers_on(sheet: Sheet) -> set[str]:
    """Invoice numbers on a page, made comparable."""
    texts = [match[1] for match in _LABELLED.finditer(sheet.text)]
    return {_compact(text) for text in (*texts, sheet.number or "")} - {""}


def _begins(sheet: Sheet, before: str, run: _Run) -> bool:
    """Whether a page is the first of another invoice than the pages before it."""
    numbers = numbers_on(sheet)
    if not numbers or not run.numbers or numbers & run.numbers:
        return False
    return _is_head(sheet.text, before)


def _is_head(text: str, before: str) -> bool:
    """Whether a page looks like a first one: the counter starts again, else by title and date."""
    counter, last = counter_on(text), counter_on(before)
    ended = last is None or last[0] == last[1]
    if counter is not None:
        return ended and counter[0] == 1
    return ended and bool(_HEAD.search(text)) and bool(_DATE.search(text))


def _repeated(runs: Sequence[_Run]) -> bool:
    """Whether a number comes back later: then the pages are not simply one after the other."""
    seen: set[str] = set()
    for run in runs:
        if run.numbers & seen:
            return True
        seen |= run.numbers
    return False


def _compact(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())
