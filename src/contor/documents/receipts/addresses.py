"""Addresses that could be the seller's on a till receipt: runs of lines, and how they are written.

A run is taken as printed, with the usual spaces, without the mark at its end, with commas for the
stops at the ends of its lines, with each line as people wrote it before, or as a whole confirmed address that the paper recalls or resembles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from contor.documents.address_spans import AddressSpan
from contor.documents.document_text import DocumentText
from contor.documents.receipts.recall import HeadMemory
from contor.documents.suppliers.memory import squeeze

MOST_SPANS = 6
_MOST_RECALLED = 3
_ALIKE = 84.0
SPAN_EXTRAS = (
    "in_least", "in_mean", "in_known", "before_in", "before_name", "after_in", "after_met",
    "first_in", "last_in", "first_name",
)  # fmt: skip
ADDRESS_EXTRAS = (
    "span_score", "span_rank", "span_margin", "printed", "spaced", "stripped", "commas", "lines", "recalled",
    "alike", "same_figures", "confirmed", "vote_share", "votes", "evidence", "other_share",
    "top_vote", "tight_commas", "loose_commas", "length", "stop_end", "comma_end",
    "stops_inside", "most_confirmed", "same_confirmed", "verbatim", "rows", "cut", "first_in", "last_in", "before_in",
    "after_in", "in_least", "in_known", "gap", "unexplained", "after_explained",
)  # fmt: skip
_EXPLAINED = re.compile(
    r"\d{5}|\b(?:tel|fax|gst|reg|roc|co|no|tax|invoice|receipt|cash|bill|date|www|email)\b",
    re.IGNORECASE,
)
_EDGES = [
    SPAN_EXTRAS.index(name)
    for name in ("first_in", "last_in", "before_in", "after_in", "in_least", "in_known")
]
_WAYS = ("printed", "spaced", "stripped", "commas", "lines", "recalled")


@dataclass(frozen=True, slots=True)
class SellerAddress:
    """A spelling with the run of lines it stands for, and the way it was found."""

    text: str
    span: int
    way: str


def span_extras(
    document: DocumentText, spans: Sequence[AddressSpan], memory: HeadMemory
) -> NDArray[np.float32]:
    """What memory says of the lines inside and around each run."""
    rows = []
    lines = document.lines
    for span in spans:
        cells = [memory.cell(cell.text) for cell in span.cells]
        known = [cell[2] for cell in cells if cell[0] > 0]
        first, last = span.cells[0], span.cells[-1]
        before = (
            memory.cell(lines[first.line - 1].line.cells[0].text) if first.line else (-2.0,) * 3
        )
        after = (
            memory.cell(lines[last.line + 1].line.cells[0].text)
            if last.line + 1 < len(lines)
            else (-2.0,) * 3
        )
        rows.append(
            [
                min(known, default=-1.0),
                sum(known) / len(known) if known else -1.0,
                len(known) / len(cells),
                before[2], before[1], after[2], after[0],
                cells[0][2], cells[-1][2], cells[0][1],
            ]
        )  # fmt: skip
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(SPAN_EXTRAS))


def address_spellings(
    spans: Sequence[AddressSpan], scores: NDArray[np.float32], memory: HeadMemory
) -> list[SellerAddress]:
    """Spellings of the best runs; each text once, by the best run it stands for."""
    found: dict[str, SellerAddress] = {}
    best = [int(i) for i in np.argsort(-scores, kind="stable")[:MOST_SPANS]]
    for index in best:
        for one in _written(spans[index], index, memory):
            found.setdefault(one.text, one)
    keys = {index: squeeze(spans[index].text) for index in best}
    recalled = sorted(memory.addresses, key=lambda a: (-memory.addresses[a], a))[:_MOST_RECALLED]
    wanted = {text: squeeze(text) for text in recalled if text}
    for index in best[:3]:
        alike = process.extract(
            keys[index], memory.confirmed_addresses, scorer=fuzz.ratio, score_cutoff=_ALIKE,
            limit=_MOST_RECALLED,
        )  # fmt: skip
        wanted.update({text: other for other, _, text in alike})
    for text, key in sorted(wanted.items()):
        if memory.count_address(text) and best:
            ratios = [fuzz.ratio(key, keys[index]) for index in best]
            found.setdefault(text, SellerAddress(text, best[int(np.argmax(ratios))], "recalled"))
    return list(found.values())


def _written(span: AddressSpan, index: int, memory: HeadMemory) -> Iterator[SellerAddress]:
    yield SellerAddress(span.text, index, "printed")
    spaced = spaced_marks(span.text)
    yield SellerAddress(spaced, index, "spaced")
    yield SellerAddress(span.text.rstrip(" .,"), index, "stripped")
    head = " ".join(cell.text for cell in span.cells[:-1])
    last = span.text[len(head) :].strip()
    printed = [*(cell.text for cell in span.cells[:-1]), last]
    # Recognition takes the comma at the end of a line for a stop.
    ends = [re.sub(r"\.$", ",", text) for text in printed[:-1]]
    yield SellerAddress(" ".join(part for part in (*ends, last) if part), index, "commas")
    parts = []
    for cell, text in zip(span.cells, printed, strict=True):
        known = memory.cells.get(cell.text)
        parts.append(known.written if known and known.written else text)
    yield SellerAddress(" ".join(part for part in parts if part), index, "lines")


def spaced_marks(text: str) -> str:
    """The usual spaces: none before a comma, one behind it.

    >>> spaced_marks("NO.5 ,JALAN SAGU 18 , 81100 JOHOR")
    'NO.5, JALAN SAGU 18, 81100 JOHOR'
    """
    return re.sub(r"\s*,(?=\S)|\s+,", ", ", text).replace(",  ", ", ").rstrip()


def address_extras(
    document: DocumentText,
    name_end: int,
    spans: Sequence[AddressSpan],
    scores: NDArray[np.float32],
    chosen: Sequence[SellerAddress],
    memory: HeadMemory,
    extras: NDArray[np.float32],
) -> NDArray[np.float32]:
    """What each spelling is and what memory says of it, one row each.

    ``name_end`` is the line after the seller's name: an address begins there or behind numbers.
    """
    keys = memory.address_counts()
    order = {int(i): rank for rank, i in enumerate(np.argsort(-scores, kind="stable"))}
    top = float(scores.max()) if len(scores) else 0.0
    total = sum(memory.addresses.values()) or 1.0
    best = max(memory.addresses.values(), default=0.0)
    rows = []
    for one in chosen:
        span = spans[one.span]
        votes = memory.addresses.get(one.text, 0.0)
        others = max((v for text, v in memory.addresses.items() if text != one.text), default=0.0)
        rows.append(
            [
                float(scores[one.span]), float(order[one.span]), top - float(scores[one.span]),
                *(float(one.way == way) for way in _WAYS),
                fuzz.ratio(squeeze(one.text), squeeze(span.text)) / 100,
                float(_figures(one.text) == _figures(span.text)),
                np.log1p(memory.count_address(one.text)),
                votes / total, votes, memory.evidence, others / total,
                float(votes > 0 and votes == best),
                float(len(re.findall(r",\S", one.text))),
                float(len(re.findall(r"\s,", one.text))),
                float(len(one.text)),
                float(one.text.endswith(".")), float(one.text.endswith(",")),
                float(len(re.findall(r"\.\s", one.text))),
                *_standing(one.text, memory, keys),
                float(one.text == span.text),
                float(len(span.cells)), float(span.cut),
                *extras[one.span, _EDGES],
                *_after_name(document, span, name_end),
            ]
        )  # fmt: skip
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(ADDRESS_EXTRAS))


def _after_name(
    document: DocumentText, span: AddressSpan, name_end: int
) -> tuple[float, float, float]:
    """Lines between name and address, those of them that no number explains, what follows."""
    first, after = span.cells[0].line, span.cells[-1].line + 1
    between = document.lines[name_end:first]
    unexplained = sum(not _EXPLAINED.search(line.text) for line in between)
    follows = after < len(document.lines) and bool(_EXPLAINED.search(document.lines[after].text))
    return float(first - name_end), float(unexplained), float(follows)


def _standing(text: str, memory: HeadMemory, counts: Mapping[str, int]) -> tuple[float, float]:
    """Whether a spelling is the usual one of its letters, and how often the letters were met."""
    of_letters = counts.get(squeeze(text), 0)
    own = memory.count_address(text)
    return (own / of_letters if of_letters else -1.0, float(np.log1p(of_letters)))


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text)
