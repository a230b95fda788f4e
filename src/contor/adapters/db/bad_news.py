"""What the database says when it cannot, as refusals and failures with advice."""

from __future__ import annotations

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from contor.errors import Failure, Refusal

# How SQLite and PostgreSQL say that a table is not there.
_NO_TABLE = ("no such table", "no such column", "does not exist")


def bad_news(error: DBAPIError | OverflowError) -> Exception:
    """The refusal or failure to raise instead of the database's own error."""
    if isinstance(error, OverflowError | DataError):
        return Refusal(
            "value_not_storable",
            "The database cannot keep a value: {reason}.",
            "Look for a very long text or a number out of all proportion.",
            reason=str(getattr(error, "orig", error)),
        )
    reason = " ".join(str(error.orig).split())
    if "append only" in reason:
        return Failure(
            "append_only",
            f"What was appended is never changed: {reason}.",
            "Append a correction instead.",
        )
    if isinstance(error, IntegrityError):
        return Failure(
            "written_at_once",
            f"Somebody else wrote the same at the same time: {reason}.",
            "Try again.",
            retryable=True,
        )
    if any(words in reason for words in _NO_TABLE):
        return Failure(
            "database_not_migrated",
            f"The database does not have the present form: {reason}.",
            "Run contor init, which brings it to the present form.",
        )
    return Failure(
        "database_unavailable",
        f"The database did not answer: {reason}.",
        "Try again; if it stays, look at the disk and the database server.",
        retryable=True,
    )
