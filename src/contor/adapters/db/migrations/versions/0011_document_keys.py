"""Natural keys of documents."""

import sqlalchemy as sa
from alembic import op

from contor.adapters.db import column_types
from contor.adapters.db.append_only import create_triggers, drop_triggers

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = ("document_keys",)


def upgrade() -> None:
    op.create_table(
        "document_keys",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_document_keys_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["documents.tenant_id", "documents.id"],
            name=op.f("fk_document_keys_tenant_id_document_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_keys")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_document_keys_tenant_id_key")),
    )
    for statement in create_triggers(op.get_bind().dialect.name, TABLES):
        op.execute(statement)


def downgrade() -> None:
    for statement in drop_triggers(op.get_bind().dialect.name, TABLES):
        op.execute(statement)
    op.drop_table("document_keys")
