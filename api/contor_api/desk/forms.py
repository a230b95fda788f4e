"""Posted forms: texts out of them, never files where text is expected."""

from __future__ import annotations

from starlette.datastructures import FormData

_LONGEST = 10_000


def text(form: FormData, name: str) -> str:
    """One text, trimmed; empty where it is missing or a file."""
    value = form.get(name)
    return value.strip()[:_LONGEST] if isinstance(value, str) else ""


def texts(form: FormData, name: str) -> list[str]:
    """Every text of a repeated field, in order."""
    return [value.strip()[:_LONGEST] for value in form.getlist(name) if isinstance(value, str)]
