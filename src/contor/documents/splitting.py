"""Where one PDF or TIFF holds several invoices: page ranges, or nothing where that is not sure.

A page begins a new invoice where it carries an invoice number that the pages before it do not
have, and either the page counter starts again ("Seite 1 von 2") or, without counters, the page has
the head of an invoice. On scans a number that differs in one character may be the same one misread:
there the date and the total must differ too. All parts must prove themselves: a number of their own, a total, a counter
that is complete. Else the file stays whole: a torn invoice costs more than a bookkeeper's minute.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from contor.errors import Finding

_COUNTER = re.compile(
    r"\b(?:seite|page|pagina|pag\.?|blatt|p\.)\s*:?\s*([\dIl|]{1,3})\s*"
    r"(?:von|of|di|de|sur|/)\s*(\d{1,3})\b",
    re.IGNORECASE,
)
_ONES = str.maketrans("Il|", "111")
"""Recognition reads *Seite 1* as *Seitel*."""
_SHORTEST_SCANNED = 3
IN_DOUBT = Finding(
    "several_invoices_suspected",
    "warning",
    "The pages look like several invoices, but where one ends is not certain; look at them.",
)
MOST_SCANS = 60
"""Of a file with more scanned pages nothing is recognised for the division."""
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
    """A page as the splitter sees it: its lines; number, total and date if read with confidence.

    ``owners`` are the valid IBANs on a scanned page.
    """

    text: str
    number: str | None = None
    total: str | None = None
    date: str | None = None
    scanned: bool = False
    owners: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Division:
    """The parts as first and last page (from 1); empty = whole. ``doubtful``: perhaps several."""

    parts: tuple[tuple[int, int], ...] = ()
    doubtful: bool = False


@dataclass(slots=True)
class _Run:
    """Pages that belong together so far; ``alike``: a scan began with a number like this one."""

    first: int
    last: int
    numbers: set[str] = field(default_factory=set)
    total: bool = False
    totals: set[str | None] = field(default_factory=lambda: {None})
    dates: set[str | None] = field(default_factory=lambda: {None})
    owners: set[str] = field(default_factory=set)
    complete: bool = True
    doubtful: bool = False
    alike: bool = False

    def take(self, page: int, sheet: Sheet, before: str) -> None:
        """Add a page; one that could be an invoice of its own after all leaves a doubt."""
        numbers = numbers_on(sheet)
        if page > self.first and self.total and sheet.total is not None:
            self.doubtful |= not numbers and _is_head(sheet.text, before)
            self.doubtful |= bool(numbers) and not numbers & self.numbers
        if page > self.first and sheet.scanned and not numbers & self.numbers:
            self.doubtful |= self._may_be_another(sheet, numbers, before)
        self.last = page
        self.numbers |= numbers
        self.total |= sheet.total is not None
        self.totals.add(sheet.total)
        self.dates.add(sheet.date)
        self.owners |= sheet.owners
        counter = counter_on(sheet.text)
        if counter is not None:
            self.complete = counter[0] == counter[1]

    def _may_be_another(self, sheet: Sheet, numbers: set[str], before: str) -> bool:
        """Whether a scanned page without this invoice's number may be of another: it was misread."""
        if _counts_on(sheet.text, before):
            return False
        if numbers and _is_head(sheet.text, before):
            self.alike = True
            return True
        other_total = sheet.total is not None and bool(self.totals - {None, sheet.total})
        other_owner = bool(sheet.owners and self.owners) and not sheet.owners & self.owners
        return other_total or other_owner


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
        return Division(doubtful=any(run.alike for run in runs))
    if _repeated(runs) or not all(run.complete and not run.doubtful for run in runs):
        return Division(doubtful=True)
    return Division(tuple((run.first, run.last) for run in runs))


def possible_heads(texts: Sequence[str]) -> tuple[int, ...]:
    r"""Pages after the first (by index) that may begin another invoice, by their words alone.

    >>> possible_heads(["Rechnung Nr. R-1 vom 01.10.2026", "Rechnung Nr. R-2 vom 02.10.2026"])
    (1,)
    >>> possible_heads(["Rechnung Nr. R-1 vom 01.10.2026", "Zur Rechnung Nr. R-1: 01.10.2026"])
    ()
    """
    seen: set[str] = set()
    found = []
    for page, text in enumerate(texts):
        numbers = numbers_on(Sheet(text))
        known = numbers and numbers <= seen
        if page and not known and _is_head(text, texts[page - 1]):
            found.append(page)
        seen |= numbers
    return tuple(found)


def counter_on(text: str) -> tuple[int, int] | None:
    """The page counter, None where there is none or several differ.

    >>> counter_on("Seite 2 von 3"), counter_on("Page 1/2 ... Page 1 of 2"), counter_on("Seite 4")
    ((2, 3), (1, 2), None)
    """
    found = {(int(match[1].translate(_ONES)), int(match[2])) for match in _COUNTER.finditer(text)}
    sound = {(page, pages) for page, pages in found if 1 <= page <= pages}
    return sound.pop() if len(sound) == 1 else None


def _counts_on(text: str, before: str) -> bool:
    """Whether the page counter goes on from the page before (*Seite 2 von 3* after 1 of 3)."""
    counter, last = counter_on(text), counter_on(before)
    return counter is not None and last is not None and counter == (last[0] + 1, last[1])


def numbers_on(sheet: Sheet) -> set[str]:
    """Invoice numbers on a page, made comparable."""
    texts = [match[1] for match in _LABELLED.finditer(sheet.text)]
    least = _SHORTEST_SCANNED if sheet.scanned else 1
    numbers = {_compact(text) for text in (*texts, sheet.number or "")}
    return {number for number in numbers if len(number) >= least}


def _begins(sheet: Sheet, before: str, run: _Run) -> bool:
    """Whether a page is the first of another invoice than the pages before it."""
    numbers = numbers_on(sheet)
    if not numbers or not run.numbers or numbers & run.numbers:
        return False
    if not _is_head(sheet.text, before):
        return False
    sure = counter_on(sheet.text) is not None or not sheet.scanned
    return sure or _differ(sheet, numbers, run)


def _differ(sheet: Sheet, numbers: set[str], run: _Run) -> bool:
    """Whether a scanned page is surely of another invoice, and not of one with a misread number."""
    if all(_distance(one, other) > 1 for one in numbers for other in run.numbers):
        return True
    return sheet.total not in run.totals and sheet.date not in run.dates


def _distance(one: str, other: str) -> int:
    """Characters to change, add or drop to make one number the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row = row, [i]
        for j, right in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (left != right)))
    return row[-1]


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
