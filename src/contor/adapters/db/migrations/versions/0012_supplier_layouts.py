"""Layouts learnt from confirmed documents."""

import sqlalchemy as sa
from alembic import op

from contor.adapters.db import column_types
from contor.adapters.db.append_only import create_triggers, drop_triggers

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = ("supplier_layouts", "supplier_layout_keys")


def upgrade() -> None:
    op.create_table(
        "supplier_layouts",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("supplier", sa.Text(), nullable=False),
        sa.Column("content", column_types.JsonText(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("learnt_at", column_types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_supplier_layouts_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["documents.tenant_id", "documents.id"],
            name=op.f("fk_supplier_layouts_tenant_id_document_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier_layouts")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_supplier_layouts_tenant_id_id")),
    )
    op.create_table(
        "supplier_layout_keys",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("layout_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_supplier_layout_keys_tenant_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "layout_id"],
            ["supplier_layouts.tenant_id", "supplier_layouts.id"],
            name=op.f("fk_supplier_layout_keys_tenant_id_layout_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier_layout_keys")),
    )
    op.create_index(
        op.f("ix_supplier_layout_keys_tenant_id_key_layout_id"),
        "supplier_layout_keys",
        ["tenant_id", "key", "layout_id"],
    )
    for statement in create_triggers(op.get_bind().dialect.name, TABLES):
        op.execute(statement)


def downgrade() -> None:
    for statement in drop_triggers(op.get_bind().dialect.name, TABLES):
        op.execute(statement)
    op.drop_table("supplier_layout_keys")
    op.drop_table("supplier_layouts")
