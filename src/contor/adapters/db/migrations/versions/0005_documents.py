"""Documents, readings, findings, suggestions."""

import sqlalchemy as sa
from alembic import op

from contor.adapters.db import column_types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("received_at", column_types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_documents_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("tenant_id", "id", name=op.f("uq_documents_tenant_id_id")),
        sa.UniqueConstraint("tenant_id", "sha256", name=op.f("uq_documents_tenant_id_sha256")),
    )
    op.create_table(
        "findings",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("fields", column_types.JsonText(), nullable=False),
        sa.Column("found_at", column_types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_findings_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index(
        op.f("ix_findings_tenant_id_subject_kind_subject_id"),
        "findings",
        ["tenant_id", "subject_kind", "subject_id"],
        unique=False,
    )
    op.create_table(
        "suggestions",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("content", column_types.JsonText(), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=False),
        sa.Column("suggested_at", column_types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_suggestions_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
    )
    op.create_index(
        op.f("ix_suggestions_tenant_id_subject_kind_subject_id_id"),
        "suggestions",
        ["tenant_id", "subject_kind", "subject_id", "id"],
        unique=False,
    )
    op.create_table(
        "document_readings",
        sa.Column("id", column_types.Key, autoincrement=True, nullable=False),
        sa.Column("tenant_id", column_types.Key, nullable=False),
        sa.Column("document_id", sa.BigInteger(), nullable=False),
        sa.Column("content", column_types.JsonText(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("read_at", column_types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "document_id"],
            ["documents.tenant_id", "documents.id"],
            name=op.f("fk_document_readings_tenant_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_document_readings_tenant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_readings")),
    )
    op.create_index(
        op.f("ix_document_readings_tenant_id_document_id_id"),
        "document_readings",
        ["tenant_id", "document_id", "id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_document_readings_tenant_id_document_id_id"), table_name="document_readings"
    )
    op.drop_table("document_readings")
    op.drop_index(
        op.f("ix_suggestions_tenant_id_subject_kind_subject_id_id"), table_name="suggestions"
    )
    op.drop_table("suggestions")
    op.drop_index(op.f("ix_findings_tenant_id_subject_kind_subject_id"), table_name="findings")
    op.drop_table("findings")
    op.drop_table("documents")
