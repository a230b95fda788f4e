"""Suggest where money goes that no open item explains: account, cost centre, tax code of a bank line."""

from __future__ import annotations

from typing import Any

from contor.ledger.rate_change import BOTH
from contor.money import Money
from contor.ports.store import UnitOfWork
from contor.ports.store_bank import BankLineRecord
from contor.ports.workplace import Assigner
from contor.review.consistency import made_consistent
from contor.review.document_facts import PostingLine
from contor.workflows.suggest_lines import content_of


def suggest_bank_line(uow: UnitOfWork, assigner: Assigner, line: BankLineRecord) -> dict[str, Any]:
    """The content of a suggestion; nothing is stored here. Nothing of it goes alone."""
    (found,) = assigner.suggest([bank_columns(line, line.amount)])
    codes = uow.tax_codes.all()
    day, chart = line.booking_date, uow.accounts.chart()
    choice = made_consistent(found, chart, codes, day, directions=BOTH)
    text = line.remittance or line.transaction_code
    whole = PostingLine(text, abs(line.amount), "", includes_tax=True)
    return {"lines": [content_of(whole, choice)], "entry": None, "supplier": None}


def bank_columns(line: BankLineRecord, amount: Money) -> dict[str, str]:
    """A bank line (or the part ``amount`` of it) as a line of a coded ledger.

    Money out counts positive, as a supplier's invoice does; money in is negative.
    """
    return {
        "date": line.booking_date.isoformat(),
        "supplier": line.counterparty_name,
        "supplier_id": "",
        "description": line.remittance or line.transaction_code,
        "amount": str((-amount).amount),
        "currency": amount.currency,
        "vat_id": "",
        "iban": line.counterparty_iban,
        "tax_rate": "",
        "doc_no": "",
        "tax_category": "",
        "accounting_reference": "",
    }
