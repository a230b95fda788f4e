"""A company's whole name: legal forms that wrapped, forms that only the page's small print adds.

French law has the form and the capital printed apart from the name (*SARL au capital de
120 000 €*, Code de commerce R123-238); the register knows the firm by its name without the form.
"""

from __future__ import annotations

import re
from dataclasses import replace

from contor.documents.document_text import DocumentText
from contor.documents.layout import Cell
from contor.documents.page import hull
from contor.documents.party_names import Party

_REST = re.compile(
    r"\(haftungsbeschränkt\)|(?:(?:GmbH|AG|UG|mbH)\s?)?(?:&|und)?\s?Co\.?(?:\s?(?:KGaA|KG|OHG))?|"
    r"KGaA|KG|AG|mbH|GmbH|eG|e\.\s?K\.|e\.\s?V\.|SE|OHG|GbR|UG(?:\s\(haftungsbeschränkt\))?|"
    r"S\.?p\.?A\.?|S\.?r\.?l\.?|Ltd\.?|Limited|Inc\.?|LLC|B\.?\s?V\.?|N\.?\s?V\.?|SARL|SAS|S\.?A\.?",
)
_WITH_CAPITAL = re.compile(r"\b(SARL|SASU?|EURL|S\.?A\.?)\s+au\s+capital", re.IGNORECASE)
_CAPITAL = re.compile(
    r"[\s,–-]+(?:(?:société|societe) (?:anonyme|par actions simplifiée|à responsabilité limitée)\b.*|"
    r"au capital (?:social )?de\b.*|(?:cap(?:itale|\.) soc(?:iale|\.)?)\b.*|"
    r"[-–|] (?:\w+ )?(?:rechnung|invoice|facture|fattura))$",
    re.IGNORECASE,
)
"""What follows a name on its line and is no part of it."""
_CLOSE = 0.8
_FLUSH = 3.0
_OFTEN = 2


def whole_name(document: DocumentText, party: Party, *, issues: bool = True) -> Party:
    """The party with its name as registered: what wrapped joined, what is told apart left off.

    Of who ``issues`` the document, the name it calls itself most is taken for a trade name above it.
    """
    cell = _cell_of(document, party)
    below = _below(document, cell) if cell else None
    if cell and below and party.name and cell.text.endswith(party.name):
        box = hull([*cell.words, *below.words])
        return replace(party, name=f"{party.name} {below.text.strip(' ,;')}", name_box=box)
    other = _called_by(document, cell) if issues and cell and cell.text == party.name else None
    if other:
        return replace(party, name=other.text, name_box=other.box)
    name = _CAPITAL.sub("", party.name)
    # The capital printed is that of who issues the paper.
    return replace(party, name=_without_form(document, name) if issues else name)


def _called_by(document: DocumentText, cell: Cell) -> Cell | None:
    """The line below a trade name where the page goes on to call the firm by that line."""
    for line in document.lines[cell.line + 1 : cell.line + 3]:
        for other in line.line.cells:
            close = 0 < other.y0 - cell.y1 < _CLOSE * (cell.y1 - cell.y0)
            if close and abs(other.x0 - cell.x0) < _FLUSH and not re.search(r"\d", other.text):
                whole = "\n".join(line.text for line in document.lines)
                if whole.count(other.text) > max(_OFTEN, whole.count(cell.text)):
                    return other
    return None


def _cell_of(document: DocumentText, party: Party) -> Cell | None:
    x0, y0, _, _ = party.name_box
    for line in document.by_page.get(party.page, ()):
        for cell in line.line.cells:
            if abs(cell.y0 - y0) < 2 and cell.x0 - 1 <= x0 <= cell.x1:
                return cell
    return None


def _below(document: DocumentText, cell: Cell) -> Cell | None:
    """The rest of a name in the column under it."""
    for line in document.lines[cell.line + 1 : cell.line + 3]:
        if line.line.page != cell.page:
            return None
        for other in line.line.cells:
            close = other.y0 - cell.y1 < _CLOSE * (cell.y1 - cell.y0)
            flush = abs(other.x0 - cell.x0) < _FLUSH or abs(other.x1 - cell.x1) < _FLUSH
            if flush and close:
                return other if _REST.fullmatch(other.text.strip(" ,;")) else None
    return None


def _without_form(document: DocumentText, name: str) -> str:
    """*Au bon moulin SARL* where the page says *SARL au capital de …*: *Au bon moulin*."""
    head, _, form = name.rpartition(" ")
    if not head or not re.fullmatch(r"SARL|SASU?|EURL|S\.?A\.?", form, re.IGNORECASE):
        return name
    told_apart = any(
        match[1].upper() == form.upper()
        and not line.text[: match.start()].rstrip().casefold().endswith(head.casefold())
        for line in document.lines
        if "capital" in line.text
        for match in _WITH_CAPITAL.finditer(line.text)
    )
    return head.rstrip(" ,-") if told_apart else name
