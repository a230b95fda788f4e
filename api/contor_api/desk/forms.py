"""Posted forms: texts out of them, never files where text is expected."""

from __future__ import annotations

from starlette.datastructures import FormData

_LONGEST = 10_000


def text(form: FormData, name: str) -> str:
    """One text, trimmed; empty where it is missing or a file."""
    value = form.get(name)
    return _plain(value) if isinstance(value, str) else ""


def texts(form: FormData, name: str) -> list[str]:
    """Every text of a repeated field, in order."""
    return [_plain(value) for value in form.getlist(name) if isinstance(value, str)]


def _plain(value: str) -> str:
    """Without blanks at its ends, and without NUL, which no database keeps in a text."""
    return value.replace("\0", "").strip()[:_LONGEST]
