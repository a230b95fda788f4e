"""Between bank rows and records, and the natural key that recognises a line again."""

from __future__ import annotations

import hashlib
from typing import Any, cast

from contor.adapters.db.tables.bank import BankLineRow, BankStatementRow
from contor.ledger.hash_chain import canonical_json
from contor.money import Money
from contor.ports.store_bank import BankLineRecord, LineState, StatementRecord


def natural_key(line: BankLineRecord) -> str:
    """SHA-256 of what the bank says about the line, spaces aside: equal lines have equal keys."""
    facts = [
        line.account_iban,
        line.booking_date,
        line.value_date,
        line.amount,
        "".join(line.counterparty_name.split()),
        "".join(line.counterparty_iban.split()),
        "".join(line.remittance.split()),
        line.end_to_end_id,
        line.mandate_id,
        line.return_reason,
        line.bank_reference,
    ]
    return hashlib.sha256(canonical_json(facts).encode()).hexdigest()


def line_values(key: str, line: BankLineRecord) -> dict[str, Any]:
    """The row of a line."""
    return {
        "statement_id": line.statement_id,
        "natural_key": key,
        "occurrence": line.occurrence,
        "account_iban": line.account_iban,
        "booking_date": line.booking_date,
        "value_date": line.value_date,
        "amount_minor": line.amount.minor,
        "currency": line.amount.currency,
        "counterparty_name": line.counterparty_name,
        "counterparty_iban": line.counterparty_iban,
        "remittance": line.remittance,
        "end_to_end_id": line.end_to_end_id,
        "mandate_id": line.mandate_id,
        "creditor_id": line.creditor_id,
        "transaction_code": line.transaction_code,
        "return_reason": line.return_reason,
        "bank_reference": line.bank_reference,
    }


def line_from(row: BankLineRow, state: str) -> BankLineRecord:
    """The record of a row."""
    return BankLineRecord(
        id=row.id,
        statement_id=row.statement_id,
        occurrence=row.occurrence,
        account_iban=row.account_iban,
        booking_date=row.booking_date,
        value_date=row.value_date,
        amount=Money(row.amount_minor, row.currency),
        counterparty_name=row.counterparty_name,
        counterparty_iban=row.counterparty_iban,
        remittance=row.remittance,
        end_to_end_id=row.end_to_end_id,
        mandate_id=row.mandate_id,
        creditor_id=row.creditor_id,
        transaction_code=row.transaction_code,
        return_reason=row.return_reason,
        bank_reference=row.bank_reference,
        state=cast("LineState", state),
    )


def statement_row(statement: StatementRecord) -> BankStatementRow:
    """The row of a statement."""
    return BankStatementRow(
        account_iban=statement.account_iban,
        number=statement.number,
        currency=statement.currency,
        start_day=statement.start,
        end_day=statement.end,
        opening_minor=None if statement.opening is None else statement.opening.minor,
        closing_minor=None if statement.closing is None else statement.closing.minor,
        sha256=statement.sha256,
        imported_at=statement.imported_at,
    )


def statement_from(row: BankStatementRow) -> StatementRecord:
    """The record of a row."""
    return StatementRecord(
        id=row.id,
        account_iban=row.account_iban,
        number=row.number,
        currency=row.currency,
        start=row.start_day,
        end=row.end_day,
        opening=_money(row.opening_minor, row.currency),
        closing=_money(row.closing_minor, row.currency),
        sha256=row.sha256,
        imported_at=row.imported_at,
    )


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
