"""Names that could be the seller of a till receipt: as printed, and as people confirmed them.

A name stands in the head of the paper, over up to three lines, with a registration number behind it
or a label before it. Where the head recalls a confirmed name, that spelling is a candidate, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from contor.documents.document_text import DocumentText
from contor.documents.name_candidates import NameCandidate, name_candidates
from contor.documents.page import Box
from contor.documents.party_names import LEGAL_FORM
from contor.documents.receipts.recall import HeadMemory
from contor.documents.suppliers.memory import squeeze

_A_STREET = re.compile(
    r"(?:stra(?:ß|ss)e|str\.|gasse|weg|platz|allee) \d{1,4} ?[a-z]?$", re.IGNORECASE
)
"""A German street with its number, as below a logo that was not read."""
_MOST_LINES = 26
_ALIKE = 72.0
_MOST_RECALLED = 4
_LONGEST = 80
_LONGEST_ROW = 34
_SHORTEST = 4
_NUMBER_INSIDE = re.compile(
    r"\s*[(<\[]?\s*(?:CO\.?\s*(?:REG\.?)?\s*NO\.?\s*[:.]?\s*)?[A-Z]{0,3}\d{5,}.*$"
)
_NUMBER_LINE = re.compile(r"\W*(?:CO\.?\W*(?:REG\.?)?\W*NO\.?\W*)?[A-Z]{0,3}\d{5,}", re.IGNORECASE)
_NUMBER_LABEL = re.compile(
    r"\s*[(<\[]\s*(?:CO\.?|COMPANY|ROC|REG\.?)[\s.]*(?:REG\.?)?\s*(?:NO\.?)?\W*$", re.IGNORECASE
)
_OWNER = re.compile(
    r"^.{0,24}\b(?:BY|OLEH)\b\s*:?\s*|^DIMILIKI\s*:?\s*|^.{0,12}:\s*", re.IGNORECASE
)
_LEGAL_INSIDE = re.compile(
    r"^(.{3,}?\b(?:SDN\.? ?BHD\.?+|S/B\.?+|BHD\.?+|SB|ENTERPRISE|GMBH|LTD\.?+))(?!\w|\s*SDN|\s*\().+$",
    re.IGNORECASE,
)
LINE_EXTRAS = (
    "line_met", "line_name", "line_address", "last_name", "last_address", "after_name",
    "after_address", "before_name", "bare", "after_bare", "before_letters", "after_letters",
    "number_after", "joined_sign",
)  # fmt: skip
NAME_EXTRAS = (
    "recalled",
    "alike",
    "confirmed",
    "vote_share",
    "votes",
    "evidence",
    "other_share",
    "top_vote",
    "verbatim",
    "names_on_page",
    "key_confirmed",
    "usual",
    "score",
    "rank",
    "margin",
    "rows",
    "trimmed",
    "length",
    "legal",
    "first_line",
    *LINE_EXTRAS,
)


@dataclass(frozen=True, slots=True)
class SellerName:
    """A spelling with the printed candidate it stands for."""

    text: str
    printed: int


@dataclass(frozen=True, slots=True)
class ChosenName:
    """The name chosen, and the line after it."""

    text: str
    end: int


def receipt_names(document: DocumentText) -> list[NameCandidate]:
    """Printed candidates in the head of a receipt, each text and place once."""
    found: dict[tuple[str, int], NameCandidate] = {}
    for candidate in name_candidates(document, ()):
        if candidate.line >= _MOST_LINES:
            continue
        for one in (candidate, *_trimmed(candidate)):
            short = len(one.text) <= _LONGEST and sum(map(str.isalpha, one.text)) > 1
            if short and _is_whole(one.text) and not _A_STREET.search(one.text):
                found.setdefault((one.text, one.line), one)
    for rows in (2, 3):
        for one in _joined_rows(document, rows):
            if _is_whole(one.text):
                found.setdefault((one.text, one.line), one)
    return list(found.values())


def _is_whole(text: str) -> bool:
    """Whether no bracket was left open or closed by a neighbouring line (*SEMENYIH) SDN BHD*)."""
    return text.count("(") == text.count(")")


def _trimmed(candidate: NameCandidate) -> Iterator[NameCandidate]:
    """The candidate without what stands around a name: numbers, labels, what follows its form."""
    for pattern in (_NUMBER_INSIDE, _NUMBER_LABEL, _OWNER):
        cut = pattern.sub("", candidate.text).strip(" ,;:-([<")
        if _SHORTEST <= len(cut) < len(candidate.text):
            yield replace(candidate, text=cut, trimmed=True)
    legal = _LEGAL_INSIDE.match(candidate.text)
    if legal:
        yield replace(candidate, text=legal[1].strip(), trimmed=True)
        cut = _OWNER.sub("", legal[1]).strip()
        if _SHORTEST <= len(cut) < len(legal[1]):
            yield replace(candidate, text=cut, trimmed=True)


def _joined_rows(document: DocumentText, count: int) -> Iterator[NameCandidate]:
    """Whole lines below one another as one name."""
    lines = [line.line for line in document.lines[:_MOST_LINES] if line.line.page == 1]
    for start in range(len(lines) - count + 1):
        rows = lines[start : start + count]
        text = " ".join(row.text for row in rows)
        if len(text) > _LONGEST or max(len(row.text) for row in rows) > _LONGEST_ROW:
            continue
        cells = [cell for row in rows for cell in row.cells]
        box: Box = (
            min(cell.x0 for cell in cells),
            rows[0].y0,
            max(cell.x1 for cell in cells),
            rows[-1].y1,
        )
        yield NameCandidate(text, box, 1, rows[0].number, 0, 0, count, trimmed=False)


def spellings(names: Sequence[NameCandidate], memory: HeadMemory) -> list[SellerName]:
    """Every printed name, and for each recalled or similar confirmed name the one nearest to it."""
    found = [SellerName(name.text, index) for index, name in enumerate(names)]
    if not names:
        return found
    printed = {name.text for name in names}
    keys = [squeeze(name.text) for name in names]
    recalled = sorted(memory.names, key=lambda text: (-memory.names[text], text))[:_MOST_RECALLED]
    wanted = {text: squeeze(text) for text in recalled}
    confirmed = memory.confirmed_names
    for key in dict.fromkeys(keys):
        if len(key) > 5:
            alike = process.extract(
                key, confirmed, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST_RECALLED
            )
            wanted.update({text: other for other, _, text in alike if memory.count(text)})
    for text, key in sorted(wanted.items()):
        if text not in printed and memory.count(text):
            ratios = [fuzz.ratio(key, other) for other in keys]
            found.append(SellerName(text, int(np.argmax(ratios))))
    return found


def line_extras(
    document: DocumentText, names: Sequence[NameCandidate], memory: HeadMemory
) -> NDArray[np.float32]:
    """What the lines of each printed name, and those around it, were before, and how they go on."""
    rows = []
    for name in names:
        end = name.line + name.rows
        last, after = memory.line(end - 1), memory.line(end)
        before = memory.line(name.line - 1)
        above = document.lines[name.line - 1].text if name.line else ""
        below = document.lines[end].text if end < len(document.lines) else ""
        rows.append(
            [
                *memory.line(name.line), last[1], last[2], after[1], after[2], before[1],
                float(_is_bare(name.text)), float(_is_bare(below)), _letters(above), _letters(below),
                float(bool(_NUMBER_LINE.match(below))), float(name.text[:1] in "&+-("),
            ]
        )  # fmt: skip
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(LINE_EXTRAS))


@lru_cache(maxsize=4096)
def _is_bare(text: str) -> bool:
    """Whether a line holds a legal form and nothing of a name (*SDN BHD* below the name)."""
    rest = LEGAL_FORM.sub("", text)
    return rest != text and len(squeeze(rest)) < _SHORTEST


def _letters(text: str) -> float:
    return sum(map(str.isalpha, text)) / len(text) if text else -1.0


def name_extras(
    names: Sequence[NameCandidate],
    scores: NDArray[np.float32],
    chosen: Sequence[SellerName],
    memory: HeadMemory,
    lines: NDArray[np.float32],
) -> NDArray[np.float32]:
    """What each spelling is and what memory says of it, one row each; ``lines`` are its lines' extras."""
    printed = {name.text for name in names}
    order = {int(i): rank for rank, i in enumerate(np.argsort(-scores, kind="stable"))}
    top = float(scores.max()) if len(scores) else 0.0
    total = sum(memory.names.values()) or 1.0
    best = max(memory.names.values(), default=0.0)
    rows = []
    for one in chosen:
        base, key = names[one.printed], squeeze(one.text)
        votes = memory.names.get(one.text, 0.0)
        others = max((v for text, v in memory.names.items() if text != one.text), default=0.0)
        count, of_letters = memory.count(one.text), memory.count_of_key(key)
        score = float(scores[one.printed])
        rows.append(
            [
                float(one.text != base.text), fuzz.ratio(key, squeeze(base.text)) / 100,
                np.log1p(count), votes / total, votes, memory.evidence, others / total,
                float(votes > 0 and votes == best), float(one.text in printed),
                float(len(printed)), np.log1p(of_letters),
                count / of_letters if of_letters else -1.0,
                score, float(order[one.printed]), top - score,
                float(base.rows), float(base.trimmed), float(len(one.text)),
                float(bool(LEGAL_FORM.search(one.text))), float(base.line),
                *lines[one.printed],
            ]
        )  # fmt: skip
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(NAME_EXTRAS))
