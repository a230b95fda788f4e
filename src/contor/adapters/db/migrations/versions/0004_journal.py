"""Journal and open items."""

import sqlalchemy as sa
from alembic import op

from contor.adapters.db import column_types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "journal_entries",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("fiscal_year", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("booking_date", sa.Date(), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_use", sa.BigInteger(), nullable=False),
        sa.Column("reverses", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("posted_at", column_types.Instant(), nullable=False),
        sa.Column("chain_index", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_journal_entries_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entries")),
        sa.UniqueConstraint(
            "tenant_id", "chain_index", name=op.f("uq_journal_entries_tenant_id_chain_index")
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "fiscal_year",
            "sequence",
            name=op.f("uq_journal_entries_tenant_id_fiscal_year_sequence"),
        ),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_journal_entries_tenant_id_id")),
        sa.UniqueConstraint(
            "tenant_id", "number", name=op.f("uq_journal_entries_tenant_id_number")
        ),
        sa.UniqueConstraint(
            "tenant_id", "reverses", name=op.f("uq_journal_entries_tenant_id_reverses")
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "source",
            "source_use",
            name=op.f("uq_journal_entries_tenant_id_source_source_use"),
        ),
    )
    op.create_index(
        op.f("ix_journal_entries_tenant_id_booking_date"),
        "journal_entries",
        ["tenant_id", "booking_date"],
        unique=False,
    )
    op.create_table(
        "open_items",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("party_number", sa.Text(), nullable=False),
        sa.Column("party_name", sa.Text(), nullable=False),
        sa.Column("issue_date", sa.Date(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("discount_terms", sa.Text(), nullable=False),
        sa.Column("tax_shares", column_types.JsonText(), nullable=False),
        sa.Column("order_reference", sa.Text(), nullable=False),
        sa.Column("contract_reference", sa.Text(), nullable=False),
        sa.Column("mandate_id", sa.Text(), nullable=False),
        sa.Column("end_to_end_id", sa.Text(), nullable=False),
        sa.Column("entry_number", sa.Text(), nullable=False),
        sa.Column("opened_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_open_items_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_items")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_open_items_tenant_id_id")),
        sa.UniqueConstraint(
            "tenant_id",
            "kind",
            "party_number",
            "number",
            name=op.f("uq_open_items_tenant_id_kind_party_number_number"),
        ),
    )
    op.create_index(
        op.f("ix_open_items_tenant_id_due_date"),
        "open_items",
        ["tenant_id", "due_date"],
        unique=False,
    )
    op.create_index(
        op.f("ix_open_items_tenant_id_number"), "open_items", ["tenant_id", "number"], unique=False
    )
    op.create_table(
        "clearings",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("cleared_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=True),
        sa.Column("fee_minor", sa.BigInteger(), nullable=True),
        sa.Column("write_off_minor", sa.BigInteger(), nullable=True),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("payment", sa.Text(), nullable=False),
        sa.Column("entry_number", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("cleared_at", column_types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "item_id"],
            ["open_items.tenant_id", "open_items.id"],
            name=op.f("fk_clearings_tenant_id_item_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_clearings_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearings")),
    )
    op.create_index(op.f("ix_clearings_payment"), "clearings", ["payment"], unique=False)
    op.create_index(
        op.f("ix_clearings_tenant_id_item_id"), "clearings", ["tenant_id", "item_id"], unique=False
    )
    op.create_table(
        "journal_lines",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cost_centre", sa.Text(), nullable=False),
        sa.Column("tax_code", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "entry_id"],
            ["journal_entries.tenant_id", "journal_entries.id"],
            name=op.f("fk_journal_lines_tenant_id_entry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_journal_lines_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_lines")),
        sa.UniqueConstraint(
            "tenant_id",
            "entry_id",
            "position",
            name=op.f("uq_journal_lines_tenant_id_entry_id_position"),
        ),
    )
    op.create_index(
        op.f("ix_journal_lines_tenant_id_account"),
        "journal_lines",
        ["tenant_id", "account"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_journal_lines_tenant_id_account"), table_name="journal_lines")
    op.drop_table("journal_lines")
    op.drop_index(op.f("ix_clearings_tenant_id_item_id"), table_name="clearings")
    op.drop_index(op.f("ix_clearings_payment"), table_name="clearings")
    op.drop_table("clearings")
    op.drop_index(op.f("ix_open_items_tenant_id_number"), table_name="open_items")
    op.drop_index(op.f("ix_open_items_tenant_id_due_date"), table_name="open_items")
    op.drop_table("open_items")
    op.drop_index(op.f("ix_journal_entries_tenant_id_booking_date"), table_name="journal_entries")
    op.drop_table("journal_entries")
