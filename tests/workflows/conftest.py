"""Databases for workflow tests."""

from __future__ import annotations

from tests.support.databases import (
    own_database,
    postgres_server,
    postgres_template,
    sqlite_template,
)

__all__ = ["own_database", "postgres_server", "postgres_template", "sqlite_template"]
