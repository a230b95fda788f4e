"""Identifiers of a document as facts: whose IBAN, VAT-ID and number it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from contor.documents.candidates import Candidate, CandidateKind
from contor.documents.chosen import MOST, SURE, fact_of
from contor.documents.document_text import DocumentText
from contor.documents.labels import fold
from contor.documents.layout import Cell
from contor.documents.page import Source
from contor.documents.party_choice import Parties
from contor.documents.party_headings import Section, find_sections, role_at
from contor.documents.reading import Fact
from contor.documents.scans.check_digit_repair import repaired_iban
from contor.documents.scored_values import CODE_FIELDS, Scored
from contor.documents.unusual_numbers import bare_number, captioned, dated_number
from contor.documents.wrapped_codes import goes_on_below

_OWN_NUMBER = re.compile(r"^(?:nummer|kennung|number|id)\s*:", re.IGNORECASE)
_OWN_BANK = re.compile(
    r"bankverbindung|bankkonto|bank\b|bank details|coordinate bancarie|banca|coordonn|banque|"
    r"unsere? (?:bank|konto)",
    re.IGNORECASE,
)
_CALLED_BIC = re.compile(r"\b(?:BIC|SWIFT)\b", re.IGNORECASE)
_NEAR_IBAN = 3
_GROUPS = re.compile(
    r"(?:(?!N[ORr]?\b)[A-Z]{1,4} |[A-Z]{0,2})\d{1,6}(?: \d{1,6}){1,7}|(?!N[ORr]?\b)[A-Z]{1,4} (?:\d{1,6} ?[/-] ?)?\d[\w./-]*|"
    r"\d{1,6} [/-] \d{2,6}"
)
"""Groups of figures (*912 004 7781*), and letters or a year set apart (*FA 2026.117*, *R 26 / 981*, *2 / 2024*)."""
_LEAST = {"number": 0.3}
_USUAL_LEAST = 0.45
_PLAIN = 0.9
_CHECKED = frozenset({"seller_iban", "seller_vat_id", "buyer_vat_id"})
_OWN_ORDER = re.compile(r"ihre?\b|your\b|votre\b|vs\b|vostr|customer|kunden|purchase")
_STEM = 5
_PLAINEST = 0.95
_PLAINLY = frozenset({"number", "buyer_number", "contract_reference"})
"""Numbers whose labels say nothing else; *Ihr Zeichen* may be an order or a person."""
_PREFIX = re.compile(r"[^\w\t]*\t?[^\w\t]*([A-Z]{2,6})[ ]")
_A_NUMBER = re.compile(r"\d{7}")
_COLUMN = 4.0
_LABEL_WIDTH = 90.0
_REST = re.compile(r"[A-Za-z0-9]{1,2}(?![A-Za-z0-9])")
_DOUBTED = 0.9
_MENDED = 0.8
_DOUBTFUL = 0.55
_UNUSUAL = 0.7


def choose_codes(
    document: DocumentText, scored: Scored, fields: dict[str, Fact], source: Source
) -> None:
    """Put the numbers and references into ``fields``."""
    for name in CODE_FIELDS:
        best = scored.best(name, _LEAST.get(name, _USUAL_LEAST))
        if best is not None and name == "payment_reference" and _is_priced(scored, best):
            continue  # the reference of an article
        if best is not None and name == "order_reference":
            best = _the_buyers(document, scored, best)
        if best is not None:
            candidate = scored.candidates[best]
            score = scored.scores[name][best]
            value = candidate.text.strip("#")
            if name == "payment_reference":
                value = _with_prefix(document, candidate) + value
            value = _in_groups(document, candidate) or value
            line = document.lines[candidate.line]
            value += goes_on_below(document, line, candidate.start, candidate.end)
            plain = name in _PLAINLY and scored.clear(name, _PLAINEST) == best
            plain = plain and not _has_sibling(scored, value)
            sure = SURE if plain else 0.3 + 0.6 * score
            fields[name] = fact_of(candidate, value, sure, source, SURE if plain else MOST)
    _seldom(document, scored, fields, source)


def _seldom(
    document: DocumentText, scored: Scored, fields: dict[str, Fact], source: Source
) -> None:
    """Numbers at unusual places, for those that are missing or doubtful."""
    for name in sorted(_PLAINLY):
        if name in fields and fields[name].confidence >= _DOUBTFUL:
            continue
        found = captioned(document, scored, name)
        if found is None and name == "number":
            found = dated_number(document, scored)
            if found is None and name not in fields:
                found = bare_number(document, scored)
        if found is not None:
            fields[name] = fact_of(found, found.text, _UNUSUAL, source)


def _is_priced(scored: Scored, index: int) -> bool:
    """Whether two amounts stand on the line of a code, as in a table of items."""
    line = scored.candidates[index].line
    amounts = [c for c in scored.candidates if c.line == line and c.kind == "amount" and c.valid]
    return len(amounts) > 1


def _the_buyers(document: DocumentText, scored: Scored, best: int) -> int:
    """The order by the buyer's own number (*Ihre Bestellung*), where the seller's is named, too."""
    orders = [i for i, score in scored.wordings["order_reference"].items() if score >= _PLAIN]
    own = [i for i in orders if _OWN_ORDER.match(_label_of(document, scored.candidates[i]))]
    return best if best in own or best not in orders or len(own) != 1 else own[0]


def _label_of(document: DocumentText, candidate: Candidate) -> str:
    """The words that call a code an order's number, left of it on its line."""
    line = document.lines[candidate.line]
    said = [
        line.text[label.start : label.end]
        for label in line.labels
        if label.concept == "order_reference" and label.end <= candidate.start
    ]
    return fold(said[-1]) if said else ""


def _has_sibling(scored: Scored, value: str) -> bool:
    """Whether the page prints the number's stem with another end, or alone (*386136-1*, *386136*)."""
    stem = value.rsplit("-", 1)[0]
    return len(stem) >= _STEM and any(
        candidate.kind == "code" and candidate.text != value and candidate.text.startswith(stem)
        for candidate in scored.candidates
    )


def _with_prefix(document: DocumentText, candidate: Candidate) -> str:
    """The letters that belong to a reference of two parts (*Mandatsreferenz: REF A-123*)."""
    line = document.lines[candidate.line]
    ends = [label.end for label in line.labels if label.end <= candidate.start]
    match = _PREFIX.fullmatch(line.text, max(ends), candidate.start) if ends else None
    return f"{match[1]} " if match else ""


def _in_groups(document: DocumentText, candidate: Candidate) -> str | None:
    """The whole of a number set in groups (*912 004 7781 22*, *R 26 / 981*), if that fills its cell."""
    line = document.lines[candidate.line]
    cell = line.cell_at(candidate.start)
    start = line.cell_start(cell)
    ends = [
        label.end for label in line.labels if start <= label.start and label.end <= candidate.start
    ]
    whole = line.text[max(ends, default=start) : line.cell_ends[cell]].strip(" \t:.#")
    fits = _GROUPS.fullmatch(whole) and candidate.text in whole.split()
    return whole if fits else None


def section_number(
    document: DocumentText, scored: Scored, fields: dict[str, Fact], source: Source
) -> None:
    """The number that stands under the buyer's name, unless a label plainly says another."""
    labelled = scored.wordings["buyer_number"]
    if "buyer_number" in fields and max(labelled.values(), default=0.0) >= _PLAIN:
        return
    sections = find_sections(document)
    for candidate in scored.candidates:
        line = document.lines[candidate.line]
        if (
            candidate.kind == "code"
            and _OWN_NUMBER.match(line.text)
            and role_at(document, sections, candidate.line, line.line.cells[0].x0) == "buyer_label"
        ):
            fields["buyer_number"] = fact_of(candidate, candidate.text, 0.8, source)
            return


def choose_identifiers(
    document: DocumentText,
    scored: Scored,
    fields: dict[str, Fact],
    source: Source,
    parties: Parties | None = None,
) -> None:
    """IBAN, BIC, VAT-IDs and tax number; a party's own section or block decides whose they are."""
    sections = find_sections(document)

    found = [
        (candidate, _role(document, sections, candidate, parties))
        for candidate in scored.candidates
        if candidate.kind in {"iban", "bic", "vat_id", "tax_number"}
    ]

    def of(kind: CandidateKind, *roles: str | None) -> list[Candidate]:
        return [c for c, role in found if c.kind == kind and role in roles]

    _identifier("seller_iban", of("iban", None, "seller_label"), fields, source)
    bics = [c for c in of("bic", None, "seller_label") if _is_named_bic(document, c, found)]
    _identifier("seller_bic", bics, fields, source)
    named = of("vat_id", "seller_label")
    free = of("vat_id", None)
    apart = [c for c in free if not _beside_customer_number(document, c)]
    sellers = named or apart or free
    _identifier("seller_vat_id", sellers, fields, source)
    seller = fields.get("seller_vat_id")
    others = of("vat_id", "buyer_label") or [
        c
        for c, _ in found
        if c.kind == "vat_id" and seller and c.value != seller.value and c not in named
    ]
    _identifier("buyer_vat_id", others, fields, source)
    _identifier("seller_tax_number", of("tax_number", None, "seller_label"), fields, source)


def _is_named_bic(
    document: DocumentText, bic: Candidate, found: Sequence[tuple[Candidate, str | None]]
) -> bool:
    """Whether a BIC is called so or stands by an IBAN: many a capital word has its form."""
    nearby = document.lines[max(0, bic.line - 2) : bic.line + 1]
    if any(_CALLED_BIC.search(line.text) for line in nearby):
        return True
    return any(c.kind == "iban" and abs(c.line - bic.line) < _NEAR_IBAN for c, _ in found)


def mend_iban(document: DocumentText, scored: Scored, fields: dict[str, Fact]) -> tuple[str, ...]:
    """Set a misread IBAN right by its check digits; the names of the fields set right."""
    fact = fields.get("seller_iban")
    for candidate in scored.candidates:
        if candidate.kind != "iban" or candidate.valid or not fact or candidate.value != fact.value:
            continue
        rest = _REST.match(document.lines[candidate.line].text, candidate.end)
        printed = candidate.text + (rest[0] if rest else "")
        right = repaired_iban(printed, doubted=candidate.confidence < _DOUBTED)
        if right:
            fields["seller_iban"] = replace(fact, value=right, confidence=_MENDED)
            return ("seller_iban",)
    return ()


def _beside_party(
    document: DocumentText, candidate: Candidate, parties: Parties | None
) -> str | None:
    """Whose VAT-ID it is by the name and address that it stands below, flush left."""
    if candidate.kind != "vat_id" or parties is None:
        return None
    for role, party in (("buyer_label", parties.buyer), ("seller_label", parties.seller)):
        if party is None or party.page != candidate.page or party.address_box is None:
            continue
        bottom, height = party.address_box[3], candidate.box[3] - candidate.box[1]
        left = party.name_box[0]
        # The label of the VAT-ID begins the line; the value itself may stand a little to the right.
        below = 0 <= candidate.box[1] - party.name_box[1] < bottom - party.name_box[1] + 3 * height
        line = document.lines[candidate.line]
        own = line.line.cells[line.cell_at(candidate.start)]
        before = line.line.cells[: own.index]
        apart = any(_A_NUMBER.search(cell.text) for cell in before)  # another party's column
        labelled = not apart and -_COLUMN < candidate.box[0] - left < _LABEL_WIDTH
        if below and (labelled or abs(own.x0 - left) < _COLUMN):
            return role
    return _named_before(document, candidate, parties)


def _named_before(document: DocumentText, candidate: Candidate, parties: Parties) -> str | None:
    """Whose VAT-ID it is by the one party's name before it (*Acme Ltd, 1 Main St. VAT GB …*)."""
    line = document.lines[candidate.line]
    cell = line.cell_at(candidate.start)
    start = line.cell_start(cell)
    before = fold(line.text[start : candidate.start])
    named = {
        role: bool(party and len(party.name) > _STEM and fold(party.name) in before)
        for role, party in (("buyer_label", parties.buyer), ("seller_label", parties.seller))
    }
    return next((role for role in named if named[role]), None) if sum(named.values()) == 1 else None


def _beside_customer_number(document: DocumentText, candidate: Candidate) -> bool:
    """Whether a VAT-ID stands in the column of the customer's number: then it is the customer's."""
    first, last = max(0, candidate.line - 1), candidate.line + 2
    own = document.lines[candidate.line].line.cells[0]
    return any(
        label.concept == "buyer_number" and label.start == 0
        for line in document.lines[first:last]
        if _share_an_edge(line.line.cells[0], own)
        for label in line.labels
    )


def _share_an_edge(cell: Cell, other: Cell) -> bool:
    """Whether two cells are set flush left or flush right below one another."""
    return abs(cell.x0 - other.x0) < _COLUMN or abs(cell.x1 - other.x1) < _COLUMN


def _role(
    document: DocumentText,
    sections: Sequence[Section],
    candidate: Candidate,
    parties: Parties | None,
) -> str | None:
    """Whose identifier it is: by a label, by the section it stands in, by the address above it.

    An address that follows in the same column ends the section of the other party.
    """
    called = _called(document, candidate, parties)
    if called or candidate.kind in {"iban", "bic"}:
        return called
    section = role_at(document, sections, candidate.line, candidate.box[0])
    beside = _beside_party(document, candidate, parties)
    if section and beside and parties and parties.seller and parties.buyer:
        tops = {
            "seller_label": parties.seller.name_box[1],
            "buyer_label": parties.buyer.name_box[1],
        }
        return beside if tops.get(section, 0.0) < tops[beside] else section
    return section or beside


def _called(document: DocumentText, candidate: Candidate, parties: Parties | None) -> str | None:
    """Whose identifier a label on its line or at the head of its column says it is."""
    line = document.lines[candidate.line]
    before = {label.concept for label in line.labels if label.end <= candidate.start}
    if before & {"buyer_vat_label", "buyer_label", "buyer_bank"}:
        return "buyer_label"
    if candidate.kind in {"iban", "bic"}:
        seller = parties.seller.name if parties and parties.seller else ""
        of_buyer = _of_the_buyers_bank(document, candidate, before, fold(seller))
        return "buyer_label" if of_buyer else None
    if candidate.kind == "vat_id" and not before & {"vat_label"}:
        x0, _, x1, _ = candidate.box
        heads = {
            label.concept
            for upper in document.above(line, 2)
            for label in upper.labels
            if label.x0 < x1 and label.x1 > x0
        }
        if "buyer_vat_label" in heads:
            return "buyer_label"
    return None


def _of_the_buyers_bank(
    document: DocumentText, candidate: Candidate, before: set[str], seller: str
) -> bool:
    """Whether the sentence about the buyer's account runs on to this number.

    A label of its own (*Bankverbindung: IBAN …*) that begins its cell begins something else; where
    the holder of the account is the ``seller``, it is the seller's.
    """
    line = document.lines[candidate.line]
    if "bank" in before and any(
        label.concept == "bank" and _OWN_BANK.match(line.text, label.start) for label in line.labels
    ):
        return False
    height = line.line.height
    return any(
        label.concept == "buyer_bank"
        for upper in document.above(line, 2)
        if line.line.y0 - upper.line.y1 < 2 * height
        and not (len(seller) > _STEM and seller in fold(upper.text))
        for label in upper.labels
    )


def _identifier(
    name: str, candidates: Iterable[Candidate], fields: dict[str, Fact], source: Source
) -> None:
    """The first valid one, or the first; proven where no other one's check digits hold."""
    found = sorted(candidates, key=lambda c: not c.valid)
    if found:
        valid = {candidate.value for candidate in found if candidate.valid}
        proven = len(valid) == 1 and name in _CHECKED
        sure = SURE if proven else 0.95 if found[0].valid else 0.6
        fields[name] = fact_of(found[0], found[0].value, sure, source, SURE)
