"""Customers and suppliers."""

import sqlalchemy as sa
from alembic import op

from contor.adapters.db import column_types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parties",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("tax_number", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("aliases", column_types.JsonText(), nullable=False),
        sa.Column("details", column_types.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_parties_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_parties_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_parties_tenant_id_number")),
    )
    op.create_table(
        "party_addresses",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "party_id"],
            ["parties.tenant_id", "parties.id"],
            name=op.f("fk_party_addresses_tenant_id_party_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_party_addresses_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_addresses")),
    )
    op.create_index(
        op.f("ix_party_addresses_party_id"), "party_addresses", ["party_id"], unique=False
    )
    op.create_table(
        "party_bank_accounts",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("bic", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Date(), nullable=True),
        sa.Column("last_seen", sa.Date(), nullable=True),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "party_id"],
            ["parties.tenant_id", "parties.id"],
            name=op.f("fk_party_bank_accounts_tenant_id_party_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_party_bank_accounts_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_bank_accounts")),
        sa.UniqueConstraint(
            "tenant_id",
            "party_id",
            "iban",
            name=op.f("uq_party_bank_accounts_tenant_id_party_id_iban"),
        ),
    )
    op.create_index(
        op.f("ix_party_bank_accounts_iban"), "party_bank_accounts", ["iban"], unique=False
    )
    op.create_table(
        "party_vat_ids",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("vat_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "party_id"],
            ["parties.tenant_id", "parties.id"],
            name=op.f("fk_party_vat_ids_tenant_id_party_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_party_vat_ids_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_vat_ids")),
    )
    op.create_index(op.f("ix_party_vat_ids_party_id"), "party_vat_ids", ["party_id"], unique=False)
    op.create_index(op.f("ix_party_vat_ids_vat_id"), "party_vat_ids", ["vat_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_party_vat_ids_vat_id"), table_name="party_vat_ids")
    op.drop_index(op.f("ix_party_vat_ids_party_id"), table_name="party_vat_ids")
    op.drop_table("party_vat_ids")
    op.drop_index(op.f("ix_party_bank_accounts_iban"), table_name="party_bank_accounts")
    op.drop_table("party_bank_accounts")
    op.drop_index(op.f("ix_party_addresses_party_id"), table_name="party_addresses")
    op.drop_table("party_addresses")
    op.drop_table("parties")
