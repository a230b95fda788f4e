"""The choice of each field: scores of the candidates, taken together where they must agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from contor.documents.amount_fields import choose_amounts
from contor.documents.chosen import MOST
from contor.documents.chosen_amounts import Totals
from contor.documents.context import Contexts
from contor.documents.currency import choose_currency
from contor.documents.dates.fields import choose_dates, due_by_terms
from contor.documents.document_text import DocumentText
from contor.documents.identifier_fields import (
    choose_codes,
    choose_identifiers,
    mend_iban,
    section_number,
)
from contor.documents.items.beside_lines import besides_lines
from contor.documents.items.lines import find_line_items
from contor.documents.items.plain_rows import find_plain_rows
from contor.documents.legal_names import whole_name
from contor.documents.page import Source
from contor.documents.page_tagger import Tagger
from contor.documents.party_choice import Parties, apart, bare, parties_of
from contor.documents.party_names import Party
from contor.documents.payment_references import quoted, structured_reference
from contor.documents.reading import Fact, LineItem, TaxRow
from contor.documents.receipts.model import ReceiptModel
from contor.documents.receipts.reader import receipt_seller, receipt_total
from contor.documents.receipts.till_paper import is_till_paper
from contor.documents.scored_values import Scored, score_candidates
from contor.documents.suppliers.layout import SupplierLayout
from contor.documents.suppliers.recollection import Pick, Recollection, favour, recall
from contor.documents.suppliers.remembered_names import settle
from contor.documents.tax_breakdown import tax_breakdown

_HUSH = 0.35
_SURE_ADDRESS = 0.4
_SURE_SELLER = 0.8


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """The fields chosen, the VAT rows and the totals behind them; fields ``misread`` are repaired.

    ``besides`` are the discounts, charges and pension funds of the whole document, without signs.
    """

    fields: dict[str, Fact]
    tax_rows: tuple[TaxRow, ...]
    totals: Totals
    lines: tuple[LineItem, ...] = ()
    misread: tuple[str, ...] = ()
    besides: frozenset[Decimal] = frozenset()


def choose_fields(
    document: DocumentText,
    source: Source,
    tagger: Tagger | None = None,
    *,
    repair: bool = True,
    layouts: Sequence[SupplierLayout] = (),
) -> FieldChoice:
    """All fields of a document."""
    scored = score_candidates(document, tagger)
    receipts = tagger.receipts if tagger and is_till_paper(document) else None
    parties = _parties(document, scored.finder, tagger, receipts)
    memory = _recalled(document, layouts, parties)
    picks: dict[str, Pick] = {}
    amounts = plain = scored
    if memory:
        scored, picks = favour(document, scored, memory)
        scored = replace(scored, wordings=_hushed(scored, picks))
        if not _proven(document, amounts, source, repair=repair):
            amounts = scored
    corrected = "gross_total" in picks and picks["gross_total"].corrected
    paid = receipt_total(document, plain, receipts) if receipts and not corrected else None
    fields: dict[str, Fact] = {}
    totals = choose_amounts(document, amounts, fields, source, repair=repair, paid=paid)
    choose_dates(document, scored, fields, source)
    choose_codes(document, scored, fields, source)
    section_number(document, scored, fields, source)
    choose_identifiers(document, scored, fields, source, parties)
    misread = mend_iban(document, scored, fields) if source == "ocr" and repair else ()
    typeset = document.layout.pages[0].typeset and not receipts
    most = 1.0 if receipts else MOST
    for role, party in (("seller", parties.seller), ("buyer", parties.buyer)):
        if party:
            sells = role == "seller"
            whole = whole_name(document, party, issues=sells) if typeset else party
            _party(role, whole, fields, source, most if sells else MOST)
    currency = choose_currency(document, source)
    if currency:
        fields["currency"] = currency
    if memory:
        fields = settle(document, fields, scored, picks, memory, source)
    _set_payment_reference(document, fields, source)
    _set_terms(document, scored, fields, source)
    sums = [c.number for c in scored.candidates if c.number and c.valid and c.number > 0]
    nets = [total.value for total in (totals.net, totals.gross) if total]
    net, gross = (total.value if total else None for total in (totals.net, totals.gross))
    items = find_line_items(document, scored.candidates, nets or sums, net, gross)
    if not items and not document.layout.pages[0].narrow:
        items = find_plain_rows(document, scored.candidates, totals)
    rows = tax_breakdown(totals, items, [line.text for line in document.lines])
    besides = besides_lines(document, scored.candidates)
    return FieldChoice(fields, rows, totals, items, misread, besides)


def _parties(
    document: DocumentText, finder: Contexts, tagger: Tagger | None, receipts: ReceiptModel | None
) -> Parties:
    """Who sells and who buys; the seller of a till receipt by its own model."""
    if receipts is None:
        return parties_of(document, finder, tagger)
    parties = parties_of(document, finder, None)
    seller = _with_address(receipt_seller(document, finder, receipts), parties.seller)
    return apart(replace(parties, seller=seller))


def _recalled(
    document: DocumentText, layouts: Sequence[SupplierLayout], parties: Parties
) -> Recollection | None:
    """What is remembered of the supplier; a supplier who is the customer here tells nothing."""
    memory = recall(document, layouts)
    seller, buyer = parties.seller, parties.buyer
    if memory is None or seller is None or buyer is None or seller.score < _SURE_SELLER:
        return memory
    strange = memory.is_of(buyer.name) and not memory.is_of(seller.name, bought=True)
    return None if strange else memory


def _with_address(seller: Party | None, by_rules: Party | None) -> Party | None:
    """The seller of a receipt; where the model is unsure of an address, the one below that name."""
    if seller is None or by_rules is None or not (by_rules.address or "(")[0].isalnum():
        return seller or by_rules
    sure = seller.address_score is None or seller.address_score >= _SURE_ADDRESS
    if seller.address and (sure or bare(seller.name) != bare(by_rules.name)):
        return seller
    return replace(seller, address=by_rules.address, address_box=by_rules.address_box)


def _set_payment_reference(document: DocumentText, fields: dict[str, Fact], source: Source) -> None:
    """A reference with check digits before any other, except one that people have confirmed."""
    printed = fields.get("payment_reference")
    proven = None if printed and printed.memory else structured_reference(document, fields, source)
    reference = proven or printed or quoted(document, fields)
    if reference:
        fields["payment_reference"] = reference


def _set_terms(
    document: DocumentText, scored: Scored, fields: dict[str, Fact], source: Source
) -> None:
    """What the terms of payment say; where people have read the discount before, theirs holds.

    A remembered discount without a value says that the sentence grants none.
    """
    said = due_by_terms(document, scored, fields, source)
    remembered = fields.pop("discount_terms", None)
    fields |= said
    if remembered:
        fields["discount_terms"] = remembered
        if not remembered.value:
            del fields["discount_terms"]


def _hushed(scored: Scored, picks: Mapping[str, Pick]) -> dict[str, Mapping[int, float]]:
    """The wordings, quieter for fields that people have confirmed: their voice decides those."""
    voices = {name: scored.scores[name] for name in picks if name in scored.scores}
    hushed = {name: {i: _HUSH * v for i, v in by.items()} for name, by in voices.items()}
    return {**scored.wordings, **hushed}


def _proven(document: DocumentText, scored: Scored, source: Source, *, repair: bool) -> bool:
    """Whether the total is proven without memory: then nobody is asked where it stood before."""
    fields: dict[str, Fact] = {}
    choose_amounts(document, scored, fields, source, repair=repair)
    gross = fields.get("gross_total")
    return gross is not None and gross.confidence > MOST


def _party(role: str, party: Party, fields: dict[str, Fact], source: Source, most: float) -> None:
    name = Fact(party.name, min(most, party.score), party.page, party.name_box, source)
    fields[f"{role}_name"] = name
    if party.address:
        fields[f"{role}_address"] = replace(
            name,
            value=party.address,
            box=party.address_box,
            confidence=min(most, party.address_score or 0.8 * party.score),
        )
