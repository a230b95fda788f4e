"""Quantity and unit price of an invoice line, told by quantity × price = total and by the columns."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from contor.documents.candidates import Candidate
from contor.documents.document_text import DocumentText
from contor.documents.items.headers import Header

_CENT = Decimal("0.015")
_PRICED_FOR = frozenset({Decimal(10), Decimal(100), Decimal(1000)})
_REACH = 25.0
Factors = tuple[Candidate | None, Candidate | None]


def is_share(document: DocumentText, figure: Candidate) -> bool:
    """Whether a figure is per cent; *12 kg* and *500 GB* are quantities."""
    return document.lines[figure.line].text[figure.end :].lstrip()[:1] == "%"


def factors(
    header: Header,
    figures: Sequence[Candidate],
    total: Decimal,
    shares: Sequence[Candidate] = (),
) -> Factors:
    """Those whose product is the total, of several those in their columns; else the columns'."""
    best: tuple[int, Candidate, Candidate] | None = None
    for quantity in figures:
        for price in figures:
            if quantity is price or quantity.number is None or price.number is None:
                continue
            whole = abs(quantity.number * price.number)  # a credited line has its minus last
            if not total or abs(whole - abs(total)) > _CENT:
                continue
            columns = column_of(header, quantity), column_of(header, price)
            ordered = _in_order(header, quantity, price)
            if ordered is False or (ordered is None and columns[0] == "unit_price"):
                continue
            fits = (columns[0] == "quantity") + (columns[1] == "unit_price")
            if best is None or fits > best[0]:
                best = (fits, quantity, price)
    if best:
        return best[1], best[2]
    found = _reduced(header, figures, shares, total)
    return found or (
        in_column(header, figures, "quantity"),
        in_column(header, figures, "unit_price"),
    )


def _in_order(header: Header, quantity: Candidate, price: Candidate) -> bool | None:
    """Whether two figures stand in the order of their columns' labels; None where one has none.

    Figures set flush right may lie nearer to the label of the next column than to their own.
    """
    heads = header.columns.get("quantity"), header.columns.get("unit_price")
    if heads[0] is None or heads[1] is None:
        return None
    return (heads[0][0] < heads[1][0]) == (quantity.box[0] < price.box[0])


def _reduced(
    header: Header, figures: Sequence[Candidate], shares: Sequence[Candidate], total: Decimal
) -> Factors | None:
    """Quantity and price, first and second, that make the total less a discount or for 100 pieces.

    *12 × 18,90 less 15 %*, *300 m at 412,50 for 100*: the third figure says which.
    """
    for index, quantity in enumerate(figures):
        if quantity.number is None or column_of(header, quantity) == "unit_price":
            continue
        for price in figures[index + 1 :]:
            whole = quantity.number * (price.number or 0)
            for third in (*figures, *shares):
                if third in (quantity, price) or not third.number or not whole:
                    continue
                less = whole * (1 - third.number / 100)
                each = whole / third.number if third.number in _PRICED_FOR else less
                if min(abs(less - total), abs(each - total)) <= _CENT:
                    return quantity, price
    return None


def is_discount(
    quantity: Candidate | None, price: Candidate | None, share: Candidate, total: Decimal
) -> bool:
    """Whether quantity × price less a share is the total: then the share is no rate of tax."""
    if quantity is None or price is None or not share.number or not total:
        return False
    whole = (quantity.number or Decimal(0)) * (price.number or Decimal(0))
    return abs(abs(whole) * (1 - share.number / 100) - abs(total)) <= _CENT


def in_column(header: Header, figures: Sequence[Candidate], name: str) -> Candidate | None:
    """The first figure of a column."""
    return next((figure for figure in figures if column_of(header, figure) == name), None)


def column_of(header: Header, candidate: Candidate) -> str | None:
    """The column whose label overlaps the value most, or lies nearest to it."""
    left, _, right, _ = candidate.box
    best, least = None, _REACH
    for name, (x0, x1) in header.columns.items():
        distance = max(x0, left) - min(x1, right)
        if distance < least:
            best, least = name, distance
    return best
