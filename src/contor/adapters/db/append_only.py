"""Triggers that refuse to change or remove what was appended, in SQLite and PostgreSQL."""

from __future__ import annotations

APPEND_ONLY = (
    "journal_entries",
    "journal_lines",
    "open_items",
    "clearings",
    "invoices",
    "void_numbers",
    "decisions",
    "labels",
    "booking_rules",
    "archived_files",
    "documents",
    "document_keys",
    "document_readings",
    "supplier_layouts",
    "supplier_layout_keys",
    "findings",
    "suggestions",
    "bank_statements",
    "bank_lines",
    "match_proposals",
    "contract_versions",
    "usage_events",
    "tenant_settings",
    "state_events",
)

_FUNCTION = """
CREATE OR REPLACE FUNCTION contor_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append only: % of % is refused', TG_OP, TG_TABLE_NAME;
END $$
"""


def create_triggers(dialect: str, tables: tuple[str, ...] = APPEND_ONLY) -> list[str]:
    """The statements that make the tables append-only."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'append only: {verb} of {table} is refused'); END"
            for table in tables
            for verb in ("UPDATE", "DELETE")
        ]
    statements = [_FUNCTION]
    for_each_row = "FOR EACH ROW EXECUTE FUNCTION contor_refuse_change()"
    for_statement = "FOR EACH STATEMENT EXECUTE FUNCTION contor_refuse_change()"
    for table in tables:
        statements += [
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} {for_each_row}",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} {for_statement}",
        ]
    return statements


def drop_triggers(dialect: str, tables: tuple[str, ...] = APPEND_ONLY) -> list[str]:
    """The statements that take the triggers away (migrations back, and tests that tamper)."""
    if dialect == "sqlite":
        return [
            f"DROP TRIGGER {table}_no_{verb}" for table in tables for verb in ("update", "delete")
        ]
    return [
        f"DROP TRIGGER {table}_no_{what} ON {table}"
        for table in tables
        for what in ("change", "truncate")
    ]
