"""Our bank accounts, statements, lines and match proposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from contor.adapters.db.stores.bank_rows import (
    line_from,
    line_values,
    natural_key,
    statement_from,
    statement_row,
)
from contor.adapters.db.stores.states import States
from contor.adapters.db.tables.bank import (
    BankAccountRow,
    BankLineRow,
    BankStatementRow,
    MatchProposalRow,
)
from contor.adapters.db.tables.operations import CurrentStateRow
from contor.adapters.db.tenant_session import CHUNK, TenantSession
from contor.errors import Refusal
from contor.ports.store_bank import (
    BankLineRecord,
    ImportedStatement,
    LineState,
    OwnBankAccount,
    ProposalRecord,
    StatementRecord,
)


class SqlBankStore:
    """Bank accounts, statements and lines."""

    def __init__(self, db: TenantSession) -> None:
        self._db = db
        self.states_of = States(db, "bank_line")

    def save_account(self, account: OwnBankAccount) -> OwnBankAccount:
        """Insert, or replace the account of the same IBAN."""
        values = {
            "iban": account.iban,
            "name": account.name,
            "ledger_account": account.ledger_account,
            "currency": account.currency,
            "bic": account.bic,
            "provider": account.provider,
        }
        self._db.upsert(BankAccountRow, [values], ("iban",))
        saved = self.account(account.iban)
        assert saved is not None
        return saved

    def accounts(self) -> Sequence[OwnBankAccount]:
        """Our accounts by IBAN."""
        rows = self._db.all(self._db.rows(BankAccountRow).order_by(BankAccountRow.iban))
        return [_account(row) for row in rows]

    def account(self, iban: str) -> OwnBankAccount | None:
        """Our account of this IBAN, or None."""
        row = self._db.first(self._db.rows(BankAccountRow).where(BankAccountRow.iban == iban))
        return None if row is None else _account(row)

    def add_statement(
        self, statement: StatementRecord, lines: Sequence[BankLineRecord]
    ) -> ImportedStatement:
        """Append a statement and those of its lines that are not known yet."""
        row = self._db.append(statement_row(statement))
        counted: Counter[str] = Counter()
        keyed = []
        for line in lines:
            key = natural_key(line)
            counted[key] += 1
            keyed.append((key, replace(line, occurrence=counted[key], statement_id=row.id)))
        known = self._known(list(counted))
        new = [(key, line) for key, line in keyed if line.occurrence > known[key]]
        ids = self._db.append_returning_ids(
            BankLineRow, [line_values(key, line) for key, line in new]
        )
        self.states_of.begin(ids, "new", [statement.imported_at] * len(ids))
        stored = tuple(
            replace(line, id=line_id, state="new")
            for line_id, (_, line) in zip(ids, new, strict=True)
        )
        return ImportedStatement(statement_from(row), stored, len(lines) - len(new))

    def statements(self, account_iban: str | None = None) -> Sequence[StatementRecord]:
        """Statements in order of import."""
        statement = self._db.rows(BankStatementRow).order_by(BankStatementRow.id)
        if account_iban is not None:
            statement = statement.where(BankStatementRow.account_iban == account_iban)
        return [statement_from(row) for row in self._db.all(statement)]

    def get(self, line_id: int) -> BankLineRecord:
        """The line with its present state; refuses ``bank_line_unknown``."""
        row = self._db.by_id(BankLineRow, line_id)
        if row is None:
            raise Refusal(
                "bank_line_unknown",
                "There is no bank line {line}.",
                "Look it up in the list of bank lines.",
                line=line_id,
            )
        return line_from(row, self.states_of.of(row.id).state)

    def lines(
        self, state: LineState | None = None, *, limit: int | None = None
    ) -> Sequence[BankLineRecord]:
        """Lines by booking date, then order of arrival."""
        statement = self.states_of.joined(BankLineRow)
        if state is not None:
            statement = statement.where(CurrentStateRow.state == state)
        ordered = statement.order_by(BankLineRow.booking_date, BankLineRow.id).limit(limit)
        found = self._db.session.execute(ordered)
        return [line_from(row, current.state) for row, current in found]

    def set_state(self, line_id: int, state: LineState, at: datetime) -> BankLineRecord:
        """Append the new state."""
        self.get(line_id)
        self.states_of.change(line_id, state, at)
        return self.get(line_id)

    def add_proposals(self, proposals: Sequence[ProposalRecord]) -> int:
        """Append proposals in bulk; the number appended."""
        return self._db.append_many(
            MatchProposalRow,
            [
                {
                    "bank_line_id": p.bank_line_id,
                    "run_id": p.run_id,
                    "status": p.status,
                    "confidence": p.confidence,
                    "content": dict(p.content),
                    "proposed_at": p.proposed_at,
                }
                for p in proposals
            ],
        )

    def proposal(self, line_id: int) -> ProposalRecord | None:
        """The youngest proposal for the line, or None."""
        statement = self._db.rows(MatchProposalRow).where(MatchProposalRow.bank_line_id == line_id)
        row = self._db.first(statement.order_by(MatchProposalRow.id.desc()))
        return None if row is None else _proposal(row)

    def _known(self, keys: Sequence[str]) -> Counter[str]:
        """How often each natural key is stored already."""
        found: Counter[str] = Counter()
        for start in range(0, len(keys), CHUNK):
            statement = self._db.rows(BankLineRow).where(
                BankLineRow.natural_key.in_(keys[start : start + CHUNK])
            )
            columns = statement.with_only_columns(BankLineRow.natural_key)
            found.update(self._db.session.scalars(columns))
        return found


def _account(row: BankAccountRow) -> OwnBankAccount:
    return OwnBankAccount(
        iban=row.iban,
        name=row.name,
        ledger_account=row.ledger_account,
        currency=row.currency,
        bic=row.bic,
        provider=row.provider,
        id=row.id,
    )


def _proposal(row: MatchProposalRow) -> ProposalRecord:
    return ProposalRecord(
        id=row.id,
        bank_line_id=row.bank_line_id,
        run_id=row.run_id,
        status=row.status,
        confidence=row.confidence,
        content=row.content,
        proposed_at=row.proposed_at,
    )
