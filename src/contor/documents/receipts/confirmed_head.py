"""What a confirmed paper teaches the directory: the marks of its head and how its lines were written.

The address that people gave is laid beside the printed lines, letter by letter, so that each line
learns its own spelling: one line of a known supplier's address is then right on the next branch.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from contor.documents.address_spans import AddressSpan, address_spans
from contor.documents.document_text import DocumentText
from contor.documents.receipts.directory import ConfirmedHead, Mark, Role, mark_of, marks_of
from contor.documents.suppliers.memory import squeeze

_ALIKE = 80.0
_NAME_ALIKE = 85.0
_NAME_LINES = 20
_SHORTEST = 3


def confirmed_head(
    document: DocumentText, name: str, address: str, spans: Sequence[AddressSpan] | None = None
) -> ConfirmedHead:
    """The head of a paper with the seller's name and address as people confirmed them."""
    runs = address_spans(document) if spans is None else spans
    written = _written_lines(runs, address)
    named = _lines_of_name(document, squeeze(name))
    marks = []
    for key in marks_of(document):
        role: Role = "address" if key in written else "name" if key in named else ""
        marks.append(Mark(key, role, written.get(key, "")))
    return ConfirmedHead(name, address, tuple(marks))


def _lines_of_name(document: DocumentText, wanted: str) -> set[int]:
    named: set[int] = set()
    for line in document.lines[:_NAME_LINES] if wanted else ():
        for cell in line.line.cells:
            key = squeeze(cell.text)
            part = key in wanted or fuzz.ratio(key, wanted) > _NAME_ALIKE
            if len(key) > _SHORTEST and part:
                named.add(mark_of(cell.text))
    return named


def _written_lines(spans: Sequence[AddressSpan], address: str) -> dict[int, str]:
    """For each printed line of the address how people wrote it; empty where it is not found."""
    wanted = squeeze(address)
    ratios = [fuzz.ratio(squeeze(span.text), wanted) for span in spans] if wanted else []
    if max(ratios, default=0.0) < _ALIKE:
        return {}
    cells = spans[ratios.index(max(ratios))].cells
    places = [i for i, sign in enumerate(address) if squeeze(sign)]
    cuts = _cuts([squeeze(cell.text) for cell in cells], wanted)
    found = {}
    for cell, start, end in zip(cells, cuts, cuts[1:], strict=False):
        if start < end:
            first, last = _opening(address, places, start), _opening(address, places, end)
            found[mark_of(cell.text)] = address[first:last].strip()
    return found


def _opening(address: str, places: Sequence[int], letter: int) -> int:
    """Where a line starts that begins with a letter: a bracket before it belongs to it."""
    if letter >= len(places):
        return len(address)
    before = places[letter - 1] + 1 if letter else 0
    gap = address[before : places[letter]]
    return before + gap.rfind(" ") + 1 if " " in gap else places[letter]


def _cuts(keys: Sequence[str], wanted: str) -> list[int]:
    """Where in the wanted letters each printed line starts, and where the last one ends.

    >>> _cuts(["NO5JALANSAGU", "81100J0HOR"], "NO5JALANSAGU81100JOHOR")
    [0, 12, 22]
    """
    printed = "".join(keys)
    to_wanted = [0] * (len(printed) + 1)
    for op in Levenshtein.opcodes(printed, wanted):
        for place in range(op.src_start, op.src_end):
            to_wanted[place] = min(op.dest_end, op.dest_start + place - op.src_start)
    to_wanted[len(printed)] = len(wanted)
    cuts, place = [], 0
    for key in keys:
        cuts.append(to_wanted[place])
        place += len(key)
    return [*cuts, len(wanted)]
