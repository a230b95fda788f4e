"""A tenant's exact rules; what an account demands of cost centre and tax code."""

import sqlalchemy as sa
from alembic import op

from contor.adapters.db import column_types
from contor.adapters.db.append_only import create_triggers, drop_triggers

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = ("booking_rules",)
_TEXTS = (
    "supplier_id",
    "supplier",
    "vat_id",
    "iban",
    "words",
    "account",
    "cost_centre",
    "tax_code",
)


def upgrade() -> None:
    op.create_table(
        "booking_rules",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_at", column_types.Instant, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_booking_rules_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_rules")),
        sa.UniqueConstraint(
            "tenant_id", "number", "version", name=op.f("uq_booking_rules_tenant_id_number_version")
        ),
    )
    for statement in create_triggers(op.get_bind().dialect.name, TABLES):
        op.execute(statement)
    for name in ("cost_centre_use", "only_tax_code"):
        op.add_column("accounts", sa.Column(name, sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    for name in ("only_tax_code", "cost_centre_use"):
        op.drop_column("accounts", name)
    for statement in drop_triggers(op.get_bind().dialect.name, TABLES):
        op.execute(statement)
    op.drop_table("booking_rules")
