"""A cash discount taken corrects the tax by rate (§ 17 (1) UStG, agreed reduction afterwards).

The discount falls on each rate in proportion to its gross amount; the tax inside it is taken out,
and where the recipient owes the tax (reverse charge) both sides of it are corrected.

>>> from datetime import date
>>> from contor.ledger.tax_code import TaxCode
>>> share = TaxShare("U19", Decimal("19.00"), Money.of("2594.20", "EUR"))
>>> [part] = split_discount(Money.of("51.88", "EUR"), share.gross, [share])
>>> str(part.net), str(part.tax)
('43.60 EUR', '8.28 EUR')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contor.ledger.entry import JournalLine
from contor.ledger.open_items import OpenItem, TaxShare
from contor.ledger.tax_code import TaxCode, find_tax_code
from contor.money import Money


@dataclass(frozen=True, slots=True)
class DiscountPart:
    """The part of a discount under one tax code: ``net`` + ``tax`` = ``gross``."""

    tax_code: str
    rate: Decimal
    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        """The whole part."""
        return self.net + self.tax


def split_discount(
    discount: Money, gross: Money, shares: Sequence[TaxShare]
) -> tuple[DiscountPart, ...]:
    """The discount by tax code; what no share covers stands under the empty code without tax.

    Parts sum to the discount exactly (largest remainder, first come first).
    """
    parts = []
    for share, amount in _allocated(discount, gross, shares):
        rate = share.rate if share is not None else Decimal(0)
        tax = amount.times(rate / (100 + rate))
        code = share.tax_code if share is not None else ""
        parts.append(DiscountPart(code, rate, amount - tax, tax))
    return tuple(parts)


def discount_lines(
    discount: Money, item: OpenItem, account: str, tax_codes: Iterable[TaxCode]
) -> tuple[JournalLine, ...]:
    """The lines of a discount on ``account``, with its tax taken out of the tax accounts.

    ``discount`` is signed as it debits the account: positive where we granted it to a customer,
    negative where a supplier granted it to us. The tax codes of the item's own day hold.
    """
    rows = tuple(tax_codes)
    lines: list[JournalLine] = []
    for share, amount in _allocated(discount, item.gross, item.tax_shares):
        if share is None:
            lines.append(JournalLine(account, amount, item.number))
            continue
        code = find_tax_code(rows, share.tax_code, item.issue_date)
        lines += _share_lines(share, amount, item, account, code)
    return tuple(line for line in lines if line.amount)


def settling_amount(item: OpenItem, paid: date) -> Money:
    """The money that settles the item on the day: what is open less the discount then earned."""
    return item.open_amount - item.discount_on(paid)


def _allocated(
    discount: Money, gross: Money, shares: Sequence[TaxShare]
) -> list[tuple[TaxShare | None, Money]]:
    """Each share's part of the discount, and last what no share covers."""
    covered = sum(share.gross.minor for share in shares)
    weights = [share.gross.minor for share in shares] + [max(0, gross.minor - covered)]
    pairs = zip([*shares, None], discount.allocate(weights), strict=True)
    return [(share, amount) for share, amount in pairs if amount]


def _share_lines(
    share: TaxShare, amount: Money, item: OpenItem, account: str, code: TaxCode
) -> list[JournalLine]:
    if code.counter_account:
        tax = amount.times(share.rate / 100)
        return [
            JournalLine(account, amount, item.number, tax_code=code.code),
            JournalLine(code.tax_account, tax, item.number, tax_code=code.code),
            JournalLine(code.counter_account, -tax, item.number, tax_code=code.code),
        ]
    tax = amount.times(share.rate / (100 + share.rate))
    if not code.tax_account:
        tax = Money(0, amount.currency)
    return [
        JournalLine(account, amount - tax, item.number, tax_code=code.code),
        JournalLine(code.tax_account, tax, item.number, tax_code=code.code),
    ]
