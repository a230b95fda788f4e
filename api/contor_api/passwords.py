"""Passwords: argon2id, checked in the same time whether the person exists or not."""

from __future__ import annotations

from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _decoy() -> str:
    return _hasher().hash("nobody has this password")


def password_fits(password: str, password_hash: str | None) -> bool:
    """Whether the password belongs to the hash; without a hash the same work, and no."""
    try:
        fits = _hasher().verify(password, password_hash or _decoy())
    except UnknownHashError:
        return False
    return fits and password_hash is not None
