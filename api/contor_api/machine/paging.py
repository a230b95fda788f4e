"""How much of a list programs get at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

Size = Annotated[int, Query(ge=1, le=500)]

WITHOUT_NUL = r"^[^\x00]*$"
"""The pattern of a text: no database keeps NUL in one."""
