"""The invoice lines under one VAT rate as parts that can be booked apart, exact to the cent.

Only where the lines account for what is booked: an e-invoice's lines may differ from the base of
their rate by the allowances and charges of the whole document (BG-20, BG-21), which every line
bears by its share; lines read from a page must add up, but for the cents of rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from contor.documents.reading import LineItem, Reading
from contor.money import Money
from contor.review.document_facts import (
    PostingLine,
    amount_of,
    currency_of,
    plain_rate,
    text_at,
)

_ROUNDING_CENTS = 5
_LONGEST_TEXT = 300


def parts_of(
    reading: Reading, whole: PostingLine, wholes: Sequence[PostingLine]
) -> tuple[PostingLine, ...]:
    """One part an invoice line of ``whole`` (one of ``wholes``); empty where they do not add up.

    The parts' net amounts sum to that of the whole.
    """
    mine = [
        (place, line)
        for place, line in enumerate(reading.lines)
        if len(wholes) == 1 or _belongs(line, whole)
    ]
    currency = currency_of(reading, whole.net.currency)
    nets = [amount_of(line.net, currency) for _, line in mine]
    known = [net for net in nets if net is not None]
    if len(mine) < 2 or len(known) < len(nets) or whole.includes_tax:
        return ()
    if sum(net.minor for net in known) < 0:  # a credit note that writes its lines with a minus
        known = [-net for net in known]
    fitted = _fitted(known, whole.net, exact=reading.route != "einvoice")
    return tuple(
        replace(
            whole,
            text=line.text,
            net=net,
            category=line.category or whole.category,
            reference=line.accounting_reference or whole.reference,
            items=(place,),
            item_nets=(net,),
        )
        for (place, line), net in zip(mine, fitted, strict=False)
    )


def joined(reading: Reading, parts: Sequence[PostingLine]) -> PostingLine:
    """Parts that are booked alike as one posting line."""
    net = Money(sum(part.net.minor for part in parts), parts[0].net.currency)
    texts = dict.fromkeys(part.text for part in parts if part.text)
    return replace(
        parts[0],
        text=" · ".join(texts)[:_LONGEST_TEXT] or text_at(reading, parts[0].rate),
        net=net,
        items=tuple(place for part in parts for place in part.items),
        item_nets=tuple(net for part in parts for net in part.item_nets),
    )


def _belongs(line: LineItem, whole: PostingLine) -> bool:
    if line.rate is None or Decimal(line.rate) != Decimal(plain_rate(whole.rate) or 0):
        return False
    return not (line.category and whole.category) or line.category == whole.category


def _fitted(nets: Sequence[Money], total: Money, *, exact: bool) -> list[Money]:
    """The nets with the difference to the total shared out; nothing where it is no such thing."""
    minors = [net.minor for net in nets]
    difference = total.minor - sum(minors)
    if exact and abs(difference) > min(len(nets), _ROUNDING_CENTS):
        return []
    if not any(minors) or abs(difference) >= sum(map(abs, minors)):
        return []
    shares = Money(difference, total.currency).allocate([abs(minor) for minor in minors])
    return [net + share for net, share in zip(nets, shares, strict=True)]
