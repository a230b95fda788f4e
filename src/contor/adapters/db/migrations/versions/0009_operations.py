"""Archive index, outbox, runs, settings, states, chain tails."""

import sqlalchemy as sa
from alembic import op

from contor.adapters.db import column_types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archived_files",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("archived_at", column_types.Instant(), nullable=False),
        sa.Column("chain_index", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_archived_files_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archived_files")),
        sa.UniqueConstraint(
            "tenant_id", "chain_index", name=op.f("uq_archived_files_tenant_id_chain_index")
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "sha256",
            "kind",
            "subject",
            name=op.f("uq_archived_files_tenant_id_sha256_kind_subject"),
        ),
    )
    op.create_index(
        op.f("ix_archived_files_tenant_id_subject"),
        "archived_files",
        ["tenant_id", "subject"],
        unique=False,
    )
    op.create_table(
        "chain_tails",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_chain_tails_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_tails")),
        sa.UniqueConstraint("tenant_id", "chain", name=op.f("uq_chain_tails_tenant_id_chain")),
    )
    op.create_table(
        "current_states",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", column_types.Instant(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("content", column_types.JsonText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_current_states_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_current_states")),
        sa.UniqueConstraint(
            "tenant_id",
            "subject_kind",
            "subject_id",
            name=op.f("uq_current_states_tenant_id_subject_kind_subject_id"),
        ),
    )
    op.create_index(
        op.f("ix_current_states_tenant_id_subject_kind_state_subject_id"),
        "current_states",
        ["tenant_id", "subject_kind", "state", "subject_id"],
        unique=False,
    )
    op.create_table(
        "outbox_messages",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", column_types.JsonText(), nullable=False),
        sa.Column("created_at", column_types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_outbox_messages_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_outbox_messages_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_outbox_messages_tenant_id_key")),
    )
    op.create_table(
        "runs",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("started_at", column_types.Instant(), nullable=False),
        sa.Column("parameters", column_types.JsonText(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_runs_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_runs_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "run_id", name=op.f("uq_runs_tenant_id_run_id")),
    )
    op.create_table(
        "state_events",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", column_types.Instant(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("content", column_types.JsonText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_state_events_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_events")),
    )
    op.create_index(
        op.f("ix_state_events_tenant_id_subject_kind_subject_id"),
        "state_events",
        ["tenant_id", "subject_kind", "subject_id"],
        unique=False,
    )
    op.create_table(
        "tenant_settings",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("content", column_types.JsonText(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("created_at", column_types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_tenant_settings_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant_settings")),
        sa.UniqueConstraint(
            "tenant_id", "name", "version", name=op.f("uq_tenant_settings_tenant_id_name_version")
        ),
    )


def downgrade() -> None:
    op.drop_table("tenant_settings")
    op.drop_index(
        op.f("ix_state_events_tenant_id_subject_kind_subject_id"), table_name="state_events"
    )
    op.drop_table("state_events")
    op.drop_table("runs")
    op.drop_table("outbox_messages")
    op.drop_index(
        op.f("ix_current_states_tenant_id_subject_kind_state_subject_id"),
        table_name="current_states",
    )
    op.drop_table("current_states")
    op.drop_table("chain_tails")
    op.drop_index(op.f("ix_archived_files_tenant_id_subject"), table_name="archived_files")
    op.drop_table("archived_files")
