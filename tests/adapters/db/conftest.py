from tests.support.databases import (
    books,
    database,
    own_books,
    own_database,
    postgres_server,
    postgres_shared,
    postgres_template,
    sqlite_template,
)

__all__ = [
    "books",
    "database",
    "own_books",
    "own_database",
    "postgres_server",
    "postgres_shared",
    "postgres_template",
    "sqlite_template",
]
