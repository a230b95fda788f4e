"""Address blocks: a name, perhaps a person, a street, a postcode with its town.

Found from the postcode upwards through the cells of the same column, or in one line with separators
(*Acme GmbH · Hauptstr. 1 · 10115 Berlin*), as German letters print the sender above the window.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from contor.documents.block_heads import FIRM, first_name, is_particular, unsaluted
from contor.documents.document_text import DocumentText, TextLine
from contor.documents.labels import fold
from contor.documents.layout import Cell
from contor.documents.page import Box, hull
from contor.documents.towns import POSTCODE, has_postcode, names_town_abroad

_STREET = re.compile(
    r"(?:stra(?:ß|ss)e|str\.|\bstr\b|weg\b|allee|platz\b|gasse|ring\b|damm\b|ufer\b|\brue\b|avenue|\bav\.|boulevard|"
    r"chemin|\bcours\b|\bquai\b|\bimpasse\b|\bvia\b|\bviale\b|piazza|corso|street|\bst\.?\b|road|\brd\.?\b|lane|drive|\bave\b|suite|jalan|jln|"
    r"postfach|p\.?\s?o\.?\s?box|\bhof\b|markt\b|chaussee|laan\b|straat|plaza|floor|\blot\b|taman)",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def has_street(text: str) -> bool:
    """Whether a text has a word for a street, a floor or a post box."""
    return bool(_STREET.search(text))


_NUMBERED = re.compile(
    r"^[A-ZÄÖÜ][\wäöüß.\- ]{3,} \d{1,4}\s?[a-z]?$|^\d{1,4}[a-z]?,? (?:[A-Za-z]+ ?){1,4}$"
)
_STREET_ABROAD = re.compile(r"(?:ul\.|al\.|calle|c/|rua|nám\.|náměstí) ?\w.*\d", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|•·∙●*–—-]\s+|\s*[|•·]\s*|,\s+")
_FIRM_AND_TOWN = re.compile(
    r"[A-ZÄÖÜ].{2,50}[\s-](?:GmbH|AG|SE|KG|eG|VVaG|AöR|KdöR|e\.\s?V\.)(?: & Co\.? KG)?(?:,| [·•|∙–-])\s+"
    r"(?:D-)?\d{5} [A-ZÄÖÜ][\wäöüß./ -]{2,30}"
)
"""A sender with a postcode of its own needs no street: *Acme Versicherungs-AG, 22287 Hamburg*."""
_REACHED = re.compile(
    r"\s+[|•·∙●–-]\s+(?:www\.|https?:|\S+@|tel\b|phone|fax|mob|\+\d).*$", re.IGNORECASE
)
"""How a sender is reached, behind its address on one line."""
_ROLES = frozenset({"seller_label", "buyer_label", "ship_label"})
_PREMISES = re.compile(
    r"(?:verbrauchsstelle|lieferstelle|abnahmestelle|entnahmestelle|objekt|bauvorhaben|baustelle|einsatzort|"
    r"montageort|standort|site|supply address|service address|lieu de (?:consommation|livraison)|"
    r"point de livraison|luogo di (?:fornitura|consegna)|indirizzo di fornitura|fornitura)\b[^:]{0,20}:"
)
"""An address that is nobody's letterhead nor window: where it was supplied."""
_HEADINGS = frozenset(
    {"description", "quantity", "unit_price", "item_number", "number", "issue_date", "due_date",
     "buyer_number", "order_reference", "payment_reference", "tax_rate"}
)  # fmt: skip
_LED_BY_FORM = re.compile(r"(?:SARL|SASU?|EURL|SCI|SNC|SA|Société|Ditta|Studio|Firma) [A-ZÀ-Ý]")
"""A firm's name that begins with its legal form, as in France."""
_EDGE = 2.0
_HOUSE = re.compile(r"^\d{1,5}[a-z]?,? \D|\D \d{1,4}\s?[a-z]?$")
_UNIT = re.compile(r"(?:unit|suite|flat|level|floor|building|bldg)\.? [A-Z]?\d+\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"(?:an|to|à|a|spett\.?(?:le)?)\s?:\s", re.IGNORECASE)
_BANKED = frozenset(
    {"domiciliation", "banque", "bank", "banca", "bankverbindung", "banca d'appoggio"}
)
_CODED = re.compile(r"(?=(?:\D*\d){6})[\w/+=-]{16,}")
"""A signature or a serial number is nobody's name."""
_HEADED = re.compile(
    r"(?:(?P<from>from|von|da|(?:please )?(?:send|mail|make)\b[^:]{3,40}\bto)|to|an)\s?:\s+(?=\S)",
    re.IGNORECASE,
)
"""Words before a name on its line; a payment slip says *To:* of who sells."""
_LONGEST_TOWN = 40
_CENTRED = 8.0
"""Twice what the middles of centred lines may differ."""
_CLOSE, _WIDE = 1.6, 2.6
_VERB = re.compile(
    r"\b(?:werden|wird|wurden?|sind|erfolgte?n?|haben|are|were|will|sont|seront|sera|sono|viene|vengono)\b"
)
_SMALLER, _LARGER = 0.88, 1.2


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of an address from top to bottom; ``sender`` where it is a sender's line."""

    name: str
    name_box: Box
    address: str
    address_box: Box
    page: int
    first_line: int
    last_line: int
    sender: bool = False
    labels: frozenset[str] = frozenset()


def block_of(
    name: Cell, rest: Sequence[Cell], called: str = "", labels: frozenset[str] = frozenset()
) -> Block:
    """The block of a name and the lines of its address below; ``called`` is the name set right."""
    cells = rest or (name,)
    return Block(
        unsaluted(called or name.text),
        name.box,
        " ".join(cell.text for cell in rest),
        hull([word for cell in cells for word in cell.words]),
        name.page,
        name.line,
        cells[-1].line,
        labels=labels,
    )


def postal_blocks(document: DocumentText) -> list[Block]:
    """Address blocks of the document in the order of their postcodes."""
    blocks: list[Block] = []
    for index, line in enumerate(document.lines):
        for cell in line.line.cells:
            text = cell.text
            if not has_postcode(text) and not names_town_abroad(
                text, after_street=names_street(text)
            ):
                continue
            if ":" in text and _PREMISES.match(fold(text)):
                continue
            whole = _with_name(line, cell)
            block = _one_line(line, whole, whole.text) or _upwards(document, index, cell)
            if block and not _is_nobody(document, block):
                blocks.append(block)
    return blocks


def _is_nobody(document: DocumentText, block: Block) -> bool:
    """Whether a sentence, a code or a table of bank accounts stands above an address."""
    first = document.lines[block.first_line]
    banked = any(label.concept == "bank" for label in first.labels) and len(first.line.cells) > 1
    return (
        _is_sentence(block.name)
        or _CODED.fullmatch(block.name) is not None
        or (banked and fold(block.name) in _BANKED)
    )


def _is_sentence(name: str) -> bool:
    """Whether a verb stands in it: *Ihre Daten werden von der Acme GmbH verarbeitet*."""
    return _VERB.search(name) is not None


def _with_name(line: TextLine, cell: Cell) -> Cell:
    """A cell that goes on with a separator, together with the one before it (*Acme ¦ | Street*)."""
    if cell.index == 0 or cell.text[0] not in "|•·∙●":
        return cell
    words = (*line.line.cells[cell.index - 1].words, *cell.words)
    return Cell(words, cell.page, cell.line, cell.index - 1, *hull(words))


def _one_line(line: TextLine, cell: Cell, text: str) -> Block | None:
    """Name, street and town in one cell; *Lieferadresse:* before them says whose they are."""
    roles = frozenset(
        label.concept
        for label in line.labels
        if label.concept in _ROLES and abs(label.x0 - cell.x0) < 2 and ":" in text
    )
    beside = _role_beside(line, cell)
    if _ADDRESSED.match(text):
        roles = frozenset({"buyer_label"})
    if roles:
        text = text.split(":", 1)[1].strip()
    roles |= beside
    parts = [part for part in _SEPARATOR.split(text) if part]
    postal = len(parts) == 2 and not roles and _FIRM_AND_TOWN.fullmatch(text)
    if not postal and (len(parts) < 3 or not any(names_street(part) for part in parts[1:])):
        return None
    if not re.search(r"[A-Za-zÄÖÜ]{3}", parts[0]) or has_street(parts[0]):
        return None
    if _NUMBERED.match(parts[0]) or _UNIT.match(parts[0]):
        return None  # a street and its town: the name stands above
    skipped = len(cell.text.split()) - len(text.split())
    length = skipped + len(parts[0].split())
    rest = _to_town(text[text.index(parts[0]) + len(parts[0]) :])
    rest = _REACHED.sub("", rest).strip(" |•·∙●*–—-,")
    return Block(
        parts[0], hull(cell.words[skipped:length]), rest, hull(cell.words[length:] or cell.words),
        cell.page, cell.line, cell.line, sender=not roles, labels=roles,
    )  # fmt: skip


def _to_town(address: str) -> str:
    """An address in running text up to its town, where much follows it (*10243 Berlin Enregistré ...*)."""
    town = POSTCODE.search(address)
    long = town is not None and len(address) - town.end() > _LONGEST_TOWN
    return address[: town.end()] if town and long else address


def _role_beside(line: TextLine, cell: Cell) -> frozenset[str]:
    """The role that the cell left of an address gives it: *Rechnungsempfänger | Acme GmbH, ...*."""
    if cell.index == 0:
        return frozenset()
    before = line.line.cells[cell.index - 1]
    return frozenset(
        label.concept
        for label in line.labels
        if label.concept in _ROLES
        and abs(label.x0 - before.x0) < _EDGE
        and abs(label.x1 - before.x1) < before.y1 - before.y0
    )


def _upwards(document: DocumentText, index: int, town: Cell) -> Block | None:
    """The lines above the town in the same column, up to a gap, a label or a number."""
    column = [town]
    labels: set[str] = set()
    passed: Cell | None = None
    for upper in document.above(document.lines[index], 8):
        last = passed or column[-1]
        cell = _in_column(upper.line.cells, last)
        height = max(town.y1 - town.y0, last.y1 - last.y0)
        if cell is None or last.y0 - cell.y1 > _gap_allowed(column, cell) * height:
            if cell is not None or last.y0 - upper.line.y1 > 2.5 * height:
                break
            continue
        found = {
            label.concept
            for label in upper.labels
            if label.x0 < cell.x1 and label.x1 > cell.x0 and label.x0 - cell.x0 < 3
        }
        if found & _ROLES and (cell.text.endswith(":") or _is_heading(upper, cell, _ROLES)):
            labels |= found
            break
        if len(column) > 1 and is_particular(cell.text) and names_street(column[-1].text):
            passed = cell  # a VAT number between the name and the street
            continue
        if passed and not FIRM.match(cell.text) and not _LED_BY_FORM.match(cell.text):
            break
        if _stops(cell.text) or _is_heading(upper, cell) or _is_title(upper, cell):
            labels |= found
            break
        column.append(cell)
        if passed or len(column) == 6:
            break
    column.reverse()
    column = column[first_name([cell.text for cell in column]) :]
    # A letterhead in large type may stand close above the window.
    if len(column) > 2 and _is_letterhead(column[0], column[1]):
        column.pop(0)
    # The rest of a sender's line that was too long stands above the address, in smaller print.
    while len(column) > 2 and _height(column[0]) < _SMALLER * _height(column[-1]):
        column.pop(0)
    if len(column) < 2 or _is_street(column[0].text):
        return None
    return _block(column, frozenset(labels))


def _is_letterhead(cell: Cell, below: Cell) -> bool:
    """Whether a firm in larger type stands above another: who writes, above whom it is written to."""
    larger = _height(cell) > _LARGER * _height(below)
    return larger and bool(FIRM.match(cell.text) and FIRM.match(below.text))


def _is_heading(line: TextLine, cell: Cell, headings: frozenset[str] = _HEADINGS) -> bool:
    """Whether a cell is but the heading of a column: *DATE* over the rows of a table."""
    return any(
        label.concept in headings
        and abs(label.x0 - cell.x0) < _EDGE
        and abs(label.x1 - cell.x1) < _EDGE
        for label in line.labels
    )


def _is_title(line: TextLine, cell: Cell) -> bool:
    """Whether a cell is the paper's title with its number: *Invoice NP2604*, above the window."""
    return any(sign.isdigit() for sign in cell.text) and any(
        label.concept in {"invoice_word", "number"} and abs(label.x0 - cell.x0) < _EDGE
        for label in line.labels
    )


def _is_street(text: str) -> bool:
    """Whether a text begins with a house number or ends with one, and names a street, or a unit."""
    return bool(_UNIT.match(text)) or (has_street(text) and bool(_HOUSE.search(text)))


def names_street(text: str) -> bool:
    """Whether a line names a street, or ends or begins with a house number."""
    return bool(has_street(text) or _NUMBERED.match(text) or _STREET_ABROAD.match(text))


def _gap_allowed(column: Sequence[Cell], cell: Cell) -> float:
    """How many heights the next line up may be away: more where a street stands above its town."""
    if len(column) == 1 and names_street(cell.text):
        return _WIDE
    return _CLOSE


def _height(cell: Cell) -> float:
    return cell.y1 - cell.y0


def _in_column(cells: Sequence[Cell], below: Cell) -> Cell | None:
    """The cell flush left above another, or flush right or centred where a letterhead is set so."""
    height = below.y1 - below.y0
    for cell in cells:
        if abs(cell.x0 - below.x0) < 1.2 * height:
            return cell
    middle = below.x0 + below.x1
    return next(
        (
            cell
            for cell in cells
            if abs(cell.x1 - below.x1) < 0.5 * height or abs(cell.x0 + cell.x1 - middle) < _CENTRED
        ),
        None,
    )


def _stops(text: str) -> bool:
    """What does not belong to an address: labels with values, phone, amounts, sentences."""
    folded = fold(text)
    return bool(
        text.rstrip().endswith(":")
        or has_postcode(text)
        or re.search(
            r"\b(?:tel|fax|telefon|e-?mail|www|iban|bic|ust|steuer|datum|nr|http)\b", folded
        )
        or re.search(r"\d[.,]\d{2}\b|@", text)
        or re.search(r"^[^:]{3,40}:\s.*\d{4}", text)
        or len(text) > 70
    )


def _block(column: Sequence[Cell], labels: frozenset[str]) -> Block:
    names = 1
    rest = column[names:]
    # A person or a department stands between the name and the street.
    while len(rest) > 2 and not names_street(rest[0].text):
        rest = rest[1:]
    name = column[0].text
    headed = _HEADED.match(name)
    if headed:
        name = name[headed.end() :]
        labels |= {"seller_label"} if headed["from"] else frozenset()
    return block_of(column[0], rest, name, labels)
