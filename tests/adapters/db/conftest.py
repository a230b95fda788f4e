from tests.support.databases import (
    books,
    database,
    postgres_server,
    postgres_template,
    sqlite_template,
)

__all__ = ["books", "database", "postgres_server", "postgres_template", "sqlite_template"]
