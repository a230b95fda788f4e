"""Labels: what the models learn from a decided document, and what had been suggested beside it.

A document booked in one line a VAT rate is learnt as such. One that was split by its invoice lines
is learnt invoice line by invoice line, so that the next one can be split alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contor.account_assignment.wording import pattern
from contor.documents.reading import Reading
from contor.ledger.tax_code import TaxCode, find_tax_code
from contor.money import Money
from contor.review.decisions import PostingChoice
from contor.review.document_facts import PostingLine, amount_of, model_columns
from contor.review.said import columns_of

_MOST_A_LINE = 40
_CARRIED = ("vat_id", "iban", "tax_rate", "doc_no")


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """A line as it was decided: the columns of a coded ledger, its amount, codes and claim."""

    columns: Mapping[str, str]
    amount: Money
    choice: PostingChoice
    carried: Mapping[str, str]


def decided_lines(
    reading: Reading,
    choices: Sequence[PostingChoice],
    claims: Sequence[Mapping[str, Any]],
    codes: Sequence[TaxCode],
    supplier_number: str,
    received: date,
    on: date,
) -> list[DecidedLine]:
    """The lines to learn; ``claims`` are the suggested lines, ``on`` is the day of supply."""
    split = len({_codes(choice) for choice in choices}) > 1
    found = []
    for place, choice in enumerate(choices):
        claim = _claim_of(choice, place, claims, len(choices))
        rate = _rate(choice, codes, on)
        for line in _lines(reading, choice, rate, by_item=split):
            columns = model_columns(reading, line, supplier_number, received)
            carried = {name: columns[name] for name in _CARRIED if columns[name]}
            said = columns_of(claim)
            found.append(
                DecidedLine(columns, line.gross, replace(choice, text=line.text), carried | said)
            )
    return found


def _lines(
    reading: Reading, choice: PostingChoice, rate: str, *, by_item: bool
) -> Iterator[PostingLine]:
    assert choice.net is not None
    items = [reading.lines[place] for place in choice.items if place < len(reading.lines)]
    if not by_item or not items:
        yield PostingLine(choice.text, choice.net, rate)
        return
    seen: set[str] = set()
    for item in items:
        kind = pattern(item.text)
        net = amount_of(item.net, choice.net.currency)
        if net is not None and kind not in seen and len(seen) < _MOST_A_LINE:
            seen.add(kind)
            yield PostingLine(item.text, net, rate)


def _codes(choice: PostingChoice) -> tuple[str, str]:
    return choice.account, choice.cost_centre


def _claim_of(
    choice: PostingChoice, place: int, claims: Sequence[Mapping[str, Any]], count: int
) -> Mapping[str, Any] | None:
    """The suggested line that a choice answers: the one it came from, else the one in its place."""
    if choice.line is not None and choice.line < len(claims):
        return claims[choice.line]
    return claims[place] if len(claims) == count else None


def _rate(choice: PostingChoice, codes: Sequence[TaxCode], on: date) -> str:
    """The rate a posting carries on the document; none where the recipient owes the tax."""
    code = find_tax_code(codes, choice.tax_code, on) if choice.tax_code else None
    charged = code and code.rate and not code.counter_account
    return format(code.rate.normalize(), "f") if code and charged else ""
