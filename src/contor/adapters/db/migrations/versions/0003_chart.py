"""Accounts, cost centres, tax codes, fiscal periods."""

import sqlalchemy as sa
from alembic import op

from contor.adapters.db import column_types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_accounts_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_accounts_tenant_id_number")),
    )
    op.create_table(
        "cost_centres",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_cost_centres_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_centres")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_cost_centres_tenant_id_code")),
    )
    op.create_table(
        "fiscal_periods",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("start_day", sa.Date(), nullable=False),
        sa.Column("end_day", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_fiscal_periods_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fiscal_periods")),
        sa.UniqueConstraint("tenant_id", "name", name=op.f("uq_fiscal_periods_tenant_id_name")),
    )
    op.create_table(
        "tax_codes",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rate", column_types.ExactDecimal(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("tax_account", sa.Text(), nullable=False),
        sa.Column("counter_account", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_tax_codes_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_codes")),
        sa.UniqueConstraint(
            "tenant_id", "code", "valid_from", name=op.f("uq_tax_codes_tenant_id_code_valid_from")
        ),
    )


def downgrade() -> None:
    op.drop_table("tax_codes")
    op.drop_table("fiscal_periods")
    op.drop_table("cost_centres")
    op.drop_table("accounts")
