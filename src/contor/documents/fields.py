"""The choice of each field: scores of the candidates, taken together where they must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from contor.documents.amounts import plain
from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText
from contor.documents.page import Source
from contor.documents.page_tagger import Tagger
from contor.documents.party_choice import parties_of
from contor.documents.party_names import Party
from contor.documents.reading import Fact, TaxRow
from contor.documents.scored_values import AMOUNT_ROLES, CODE_FIELDS, Scored, score_candidates
from contor.documents.tax_rows import TaxRowCandidate, find_tax_rows
from contor.documents.totals import Choice, Totals, choose_totals

_LEAST = {"number": 0.3}
_USUAL_LEAST = 0.45


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """The fields chosen, the VAT rows and the totals behind them."""

    fields: dict[str, Fact]
    tax_rows: tuple[TaxRow, ...]
    totals: Totals


def choose_fields(
    document: DocumentText, source: Source, tagger: Tagger | None = None
) -> FieldChoice:
    """All fields of a document."""
    scored = score_candidates(document, tagger)
    fields: dict[str, Fact] = {}
    totals = _amounts(document, scored, fields, source)
    _dates(scored, fields, source)
    _codes(scored, fields, source)
    _identifiers(document, scored, fields, source)
    parties = parties_of(document, scored.finder, tagger)
    _party("seller", parties.seller, fields, source)
    _party("buyer", parties.buyer, fields, source)
    _currency(document, fields, source)
    rows = totals.rows or _single_row(totals)
    return FieldChoice(fields, tuple(_tax_row(row) for row in rows), totals)


def _fact(candidate: Candidate, value: str, confidence: float, source: Source) -> Fact:
    sure = max(0.05, min(0.99, confidence)) * (0.5 + 0.5 * candidate.confidence)
    return Fact(value, sure, candidate.page, candidate.box, source)


def _amounts(
    document: DocumentText, scored: Scored, fields: dict[str, Fact], source: Source
) -> Totals:
    indexes = [i for i, c in enumerate(scored.candidates) if c.kind == "amount" and not c.percent]
    amounts = [scored.candidates[i] for i in indexes]
    scores = {role: [scored.scores[role][i] for i in indexes] for role in AMOUNT_ROLES}
    everything = [c for c in scored.candidates if c.kind == "amount"]
    totals = choose_totals(amounts, scores, find_tax_rows(document, everything))
    sure = 0.99 if totals.adds_up else None
    for name, choice in (
        ("net_total", totals.net),
        ("tax_total", totals.tax),
        ("gross_total", totals.gross),
    ):
        if choice:
            fields[name] = _amount_fact(choice, sure, source)
    for name in ("prepaid", "payable"):
        best = scored.best(name, _USUAL_LEAST)
        if best is not None and scored.candidates[best].number is not None:
            candidate = scored.candidates[best]
            number = abs(candidate.number or Decimal(0))
            score = scored.scores[name][best]
            fields[name] = _fact(candidate, plain(number), 0.9 * score, source)
    return totals


def _amount_fact(choice: Choice, sure: float | None, source: Source) -> Fact:
    confidence = sure if sure is not None else 0.25 + 0.6 * max(0.0, min(1.0, choice.score))
    if choice.candidate is None:
        return Fact(plain(choice.value), 0.8 * confidence, source="derived")
    return _fact(choice.candidate, plain(choice.value), confidence, source)


def _single_row(totals: Totals) -> tuple[TaxRowCandidate, ...]:
    """A breakdown of one row where net and tax make a usual rate."""
    if not (totals.net and totals.tax and totals.tax.value and totals.net.value):
        return ()
    exact = totals.tax.value / totals.net.value * 100
    rate = exact.quantize(Decimal("0.1"))
    row = TaxRowCandidate(rate, totals.net.value, totals.tax.value, 0)
    return (row,) if row.fits(totals.net.value) and totals.adds_up else ()


def _tax_row(row: TaxRowCandidate) -> TaxRow:
    base = plain(row.base) if row.base is not None else None
    return TaxRow("S" if row.rate else None, plain(row.rate), base, plain(row.tax))


def _dates(scored: Scored, fields: dict[str, Fact], source: Source) -> None:
    for name in ("issue_date", "due_date", "delivery_date"):
        best = scored.best(name, _USUAL_LEAST if name != "issue_date" else 0.2)
        if best is not None:
            candidate = scored.candidates[best]
            score = scored.scores[name][best]
            fields[name] = _fact(candidate, candidate.value, 0.3 + 0.6 * score, source)
    if "issue_date" not in fields:
        dates = [c for c in scored.candidates if c.kind == "date"]
        values = {c.value for c in dates}
        if len(values) == 1:
            fields["issue_date"] = _fact(dates[0], dates[0].value, 0.6, source)
    best = scored.best("period", 0.4)
    if best is not None:
        _period(scored, best, fields, source)


def _period(scored: Scored, best: int, fields: dict[str, Fact], source: Source) -> None:
    """Start and end: two dates on one line, the first of them the better scored."""
    first = scored.candidates[best]
    on_line = [
        c for c in scored.candidates if c.kind == "date" and c.line == first.line
    ]
    pair = sorted(
        (c for c in on_line if abs(on_line.index(c) - on_line.index(first)) <= 1),
        key=lambda c: c.value,
    )[:2]
    if len(pair) == 2 and pair[0].value != pair[1].value:
        score = 0.3 + 0.6 * scored.scores["period"][best]
        fields["period_start"] = _fact(pair[0], pair[0].value, score, source)
        fields["period_end"] = _fact(pair[1], pair[1].value, score, source)


def _codes(scored: Scored, fields: dict[str, Fact], source: Source) -> None:
    for name in CODE_FIELDS:
        best = scored.best(name, _LEAST.get(name, _USUAL_LEAST))
        if best is not None:
            candidate = scored.candidates[best]
            score = scored.scores[name][best]
            fields[name] = _fact(candidate, candidate.text.strip("#"), 0.3 + 0.6 * score, source)


def _identifiers(
    document: DocumentText, scored: Scored, fields: dict[str, Fact], source: Source
) -> None:
    ibans = [c for c in scored.candidates if c.kind == "iban"]
    _identifier("seller_iban", ibans, fields, source)
    _identifier("seller_bic", [c for c in scored.candidates if c.kind == "bic"], fields, source)
    vat_ids = [c for c in scored.candidates if c.kind == "vat_id"]
    buyers = [c for c in vat_ids if _labelled(document, c, "buyer_vat_label", "buyer_label")]
    sellers = [c for c in vat_ids if c not in buyers]
    _identifier("seller_vat_id", sellers, fields, source)
    seller = fields.get("seller_vat_id")
    others = buyers or [c for c in sellers if seller and c.value != seller.value]
    _identifier("buyer_vat_id", others, fields, source)
    numbers = [c for c in scored.candidates if c.kind == "tax_number"]
    _identifier("seller_tax_number", numbers, fields, source)


def _labelled(document: DocumentText, candidate: Candidate, *concepts: str) -> bool:
    line = document.lines[candidate.line]
    return any(
        label.concept in concepts and label.end <= candidate.start for label in line.labels
    )


def _identifier(
    name: str, candidates: Iterable[Candidate], fields: dict[str, Fact], source: Source
) -> None:
    """The first valid one, or the first."""
    found = sorted(candidates, key=lambda c: not c.valid)
    if found:
        sure = 0.95 if found[0].valid else 0.6
        fields[name] = _fact(found[0], found[0].value, sure, source)


def _party(role: str, party: Party | None, fields: dict[str, Fact], source: Source) -> None:
    if not party:
        return
    name = Fact(party.name, party.score, party.page, party.name_box, source)
    fields[f"{role}_name"] = name
    if party.address:
        fields[f"{role}_address"] = replace(
            name,
            value=party.address,
            box=party.address_box,
            confidence=party.address_score or 0.8 * party.score,
        )


_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "zł": "PLN"}
_CODES = ("EUR", "USD", "CHF", "GBP", "PLN", "CZK", "DKK", "SEK", "NOK", "HUF", "MYR", "INR")


def _currency(document: DocumentText, fields: dict[str, Fact], source: Source) -> None:
    """The currency named most often, by code or sign."""
    counts: Counter[str] = Counter()
    for line in document.lines:
        for word in line.words:
            bare = word.text.strip("()[]:.,/*0123456789")
            if bare in _CODES:
                counts[bare] += 2
            elif bare in {"RM", "Rs", "Rs."}:
                counts["MYR" if bare == "RM" else "INR"] += 2
            for sign, code in _SIGNS.items():
                counts[code] += sign in word.text
    counts += Counter()
    if counts:
        code, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        fields["currency"] = Fact(code, 0.5 + 0.48 * count / sum(counts.values()), source=source)


