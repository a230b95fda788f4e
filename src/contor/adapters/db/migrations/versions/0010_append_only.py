"""Triggers that keep what was appended."""

from alembic import op

from contor.adapters.db.append_only import create_triggers, drop_triggers

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = (
    "journal_entries",
    "journal_lines",
    "open_items",
    "clearings",
    "invoices",
    "void_numbers",
    "decisions",
    "labels",
    "archived_files",
    "documents",
    "document_readings",
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


def upgrade() -> None:
    for statement in create_triggers(op.get_bind().dialect.name, TABLES):
        op.execute(statement)


def downgrade() -> None:
    for statement in drop_triggers(op.get_bind().dialect.name, TABLES):
        op.execute(statement)
