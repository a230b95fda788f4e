"""Between open item rows and values."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from contor.adapters.db.tables.journal import ClearingRow, OpenItemRow
from contor.ledger.clearing import Clearing
from contor.ledger.discount_terms import format_discount_terms, parse_discount_terms
from contor.ledger.open_items import OpenItem, OpenItemKind, Side, TaxShare
from contor.money import Money


def item_row(item: OpenItem) -> OpenItemRow:
    """The row of a new item; ``opened_minor`` is what was open when it was taken over."""
    return OpenItemRow(
        kind=item.kind,
        side=item.side,
        number=item.number,
        party_number=item.party_number,
        party_name=item.party_name,
        issue_date=item.issue_date,
        due_date=item.due_date,
        gross_minor=item.gross.minor,
        currency=item.gross.currency,
        account=item.account,
        discount_terms=format_discount_terms(item.discount_terms),
        tax_shares=[[s.tax_code, str(s.rate), s.gross.minor] for s in item.tax_shares],
        order_reference=item.order_reference,
        contract_reference=item.contract_reference,
        mandate_id=item.mandate_id,
        end_to_end_id=item.end_to_end_id,
        entry_number=item.entry_number,
        opened_minor=item.open_amount.minor,
    )


def item_from(row: OpenItemRow, left: int) -> OpenItem:
    """The item with ``left`` minor units open."""
    return OpenItem(
        id=row.id,
        kind=cast("OpenItemKind", row.kind),
        side=cast("Side", row.side),
        number=row.number,
        party_number=row.party_number,
        party_name=row.party_name,
        issue_date=row.issue_date,
        due_date=row.due_date,
        gross=Money(row.gross_minor, row.currency),
        open_amount=Money(left, row.currency),
        account=row.account,
        discount_terms=parse_discount_terms(row.discount_terms),
        tax_shares=tuple(
            TaxShare(code, Decimal(rate), Money(minor, row.currency))
            for code, rate, minor in row.tax_shares
        ),
        order_reference=row.order_reference,
        contract_reference=row.contract_reference,
        mandate_id=row.mandate_id,
        end_to_end_id=row.end_to_end_id,
        entry_number=row.entry_number,
    )


def clearing_values(clearing: Clearing, actor: str, at: datetime) -> dict[str, Any]:
    """The row of a clearing."""
    return {
        "item_id": clearing.item_id,
        "cleared_on": clearing.on,
        "currency": clearing.amount.currency,
        "amount_minor": clearing.amount.minor,
        "discount_minor": _minor(clearing.discount),
        "fee_minor": _minor(clearing.fee),
        "write_off_minor": _minor(clearing.write_off),
        "total_minor": clearing.total.minor,
        "payment": clearing.payment,
        "entry_number": clearing.entry_number,
        "actor": actor,
        "cleared_at": at,
    }


def clearing_from(row: ClearingRow) -> Clearing:
    """The clearing of a row."""
    return Clearing(
        id=row.id,
        item_id=row.item_id,
        on=row.cleared_on,
        amount=Money(row.amount_minor, row.currency),
        discount=_money(row.discount_minor, row.currency),
        fee=_money(row.fee_minor, row.currency),
        write_off=_money(row.write_off_minor, row.currency),
        payment=row.payment,
        entry_number=row.entry_number,
    )


def _minor(money: Money | None) -> int | None:
    return None if money is None else money.minor


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
