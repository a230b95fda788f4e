"""Contracts, usage, drafts, invoices, number series."""

import sqlalchemy as sa
from alembic import op

from contor.adapters.db import column_types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contract_versions",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("customer_number", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_at", column_types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_contract_versions_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_versions")),
        sa.UniqueConstraint(
            "tenant_id",
            "number",
            "version",
            name=op.f("uq_contract_versions_tenant_id_number_version"),
        ),
    )
    op.create_table(
        "invoice_drafts",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("content", column_types.JsonText(), nullable=False),
        sa.Column("created_at", column_types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_invoice_drafts_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_drafts")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_invoice_drafts_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_invoice_drafts_tenant_id_key")),
    )
    op.create_table(
        "invoices",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("customer_number", sa.Text(), nullable=False),
        sa.Column("issue_date", sa.Date(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("content", column_types.JsonText(), nullable=False),
        sa.Column("entry_number", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.BigInteger(), nullable=True),
        sa.Column("corrects", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("issued_at", column_types.Instant(), nullable=False),
        sa.Column("chain_index", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_invoices_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoices")),
        sa.UniqueConstraint(
            "tenant_id", "chain_index", name=op.f("uq_invoices_tenant_id_chain_index")
        ),
        sa.UniqueConstraint("tenant_id", "draft_id", name=op.f("uq_invoices_tenant_id_draft_id")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_invoices_tenant_id_number")),
        sa.UniqueConstraint(
            "tenant_id", "series", "sequence", name=op.f("uq_invoices_tenant_id_series_sequence")
        ),
    )
    op.create_index(
        op.f("ix_invoices_tenant_id_customer_number"),
        "invoices",
        ["tenant_id", "customer_number"],
        unique=False,
    )
    op.create_table(
        "number_series",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_number_series_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint("tenant_id", "series", name=op.f("uq_number_series_tenant_id_series")),
    )
    op.create_table(
        "usage_events",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("happened_at", column_types.Instant(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("meter", sa.Text(), nullable=False),
        sa.Column("quantity", column_types.ExactDecimal(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_usage_events_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_usage_events")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_usage_events_tenant_id_key")),
    )
    op.create_index(
        op.f("ix_usage_events_tenant_id_contract_happened_at"),
        "usage_events",
        ["tenant_id", "contract", "happened_at"],
        unique=False,
    )
    op.create_table(
        "void_numbers",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("voided_at", column_types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_void_numbers_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_void_numbers")),
        sa.UniqueConstraint(
            "tenant_id", "series", "number", name=op.f("uq_void_numbers_tenant_id_series_number")
        ),
    )


def downgrade() -> None:
    op.drop_table("void_numbers")
    op.drop_index(op.f("ix_usage_events_tenant_id_contract_happened_at"), table_name="usage_events")
    op.drop_table("usage_events")
    op.drop_table("number_series")
    op.drop_index(op.f("ix_invoices_tenant_id_customer_number"), table_name="invoices")
    op.drop_table("invoices")
    op.drop_table("invoice_drafts")
    op.drop_table("contract_versions")
