"""Import a bank statement: every genuine line once, whatever overlaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from contor.banking.reading import parse_statements
from contor.banking.statement import BankLine, Statement, check_balances, period_of
from contor.errors import Refusal
from contor.money import Money
from contor.ports.store_bank import BankLineRecord, StatementRecord
from contor.ports.store_operations import ArchivedFile
from contor.ports.workplace import Workplace


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one file added: statements, new and known lines, rows that could not be read."""

    filename: str
    statements: int
    new_lines: int
    known_lines: int
    refused: tuple[tuple[int, str], ...]
    unbalanced: tuple[str, ...]


def import_statement(
    work: Workplace, tenant_id: int, content: bytes, filename: str
) -> ImportReport:
    """Archive the file and store its statements and new lines in one transaction.

    Pending lines are left for the statement that books them. A statement whose lines do not lead
    from the opening to the closing balance is imported and named in ``unbalanced``.

    Raises:
        Refusal: the codes of ``banking.reading.parse_statements``.
    """
    reading = parse_statements(content)
    at = work.clock()
    sha256 = work.archive.put(content, "application/octet-stream")
    new = known = 0
    unusable: list[tuple[int, str]] = []
    with work.store.unit_of_work(tenant_id) as uow:
        for statement in reading.statements:
            lines, refused = _line_records(statement)
            unusable += refused
            imported = uow.bank.add_statement(_statement_record(statement, sha256, at), lines)
            new += len(imported.new_lines)
            known += imported.known_lines
        uow.archive_index.add(
            ArchivedFile(
                sha256,
                len(content),
                "application/octet-stream",
                "statement",
                f"statement:{sha256[:12]}",
                at,
                filename.replace("\\", "/").rsplit("/", 1)[-1],
            )
        )
    return ImportReport(
        filename,
        len(reading.statements),
        new,
        known,
        (*((row.row, str(row.refusal)) for row in reading.refused), *unusable),
        tuple(
            statement.id
            for statement in reading.statements
            if check_balances(statement).balanced is False
        ),
    )


def _statement_record(statement: Statement, sha256: str, at: datetime) -> StatementRecord:
    start, end = period_of(statement.lines)
    currency = statement.currency or (statement.lines[0].currency if statement.lines else "EUR")
    return StatementRecord(
        statement.account_iban,
        statement.id,
        currency,
        statement.start or start,
        statement.end or end,
        Money.of(statement.opening, currency) if statement.opening is not None else None,
        Money.of(statement.closing, currency) if statement.closing is not None else None,
        sha256,
        at,
    )


def _line_records(
    statement: Statement,
) -> tuple[list[BankLineRecord], list[tuple[int, str]]]:
    """The booked lines, and those that cannot be: one bad line keeps no other out."""
    records: list[BankLineRecord] = []
    refused: list[tuple[int, str]] = []
    for number, line in enumerate(statement.lines, 1):
        if line.pending:
            continue
        try:
            records.append(_line_record(line, statement))
        except Refusal as refusal:
            refused.append((number, str(refusal)))
    return records, refused


def _line_record(line: BankLine, statement: Statement) -> BankLineRecord:
    try:
        amount = Money.of(line.amount, line.currency or statement.currency)
    except Refusal as refusal:
        raise Refusal(
            "bank_line_unusable",
            "A line of {day} cannot be booked: {why}",
            "Correct the file or enter the line by hand.",
            day=line.booking_date,
            why=refusal.message,
        ) from refusal
    return BankLineRecord(
        line.account_iban or statement.account_iban,
        line.booking_date,
        amount,
        line.value_date,
        line.counterparty_name,
        line.counterparty_iban,
        line.remittance,
        line.end_to_end_id,
        line.mandate_id,
        line.creditor_id,
        line.transaction_code,
        line.return_reason,
        line.bank_reference,
    )
