"""Who is signed in: a signed cookie, nothing kept on the server.

The cookie holds ids and a fingerprint of the password hash, never the password: changing the
password ends every session of the person.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace

from itsdangerous import BadData, URLSafeTimedSerializer

COOKIE = "contor_session"
FLASH_COOKIE = "contor_flash"
_HOURS = 12
_MOST_PUT_OFF = 100


def fingerprint(password_hash: str) -> str:
    """Sixteen hex digits that change with the password hash."""
    return hashlib.sha256(password_hash.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's session; ``user_id`` 0 is somebody who has not signed in yet."""

    user_id: int = 0
    tenant_id: int = 0
    language: str = ""
    proof: str = ""
    put_off: tuple[int, ...] = ()
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def signed_in(self, user_id: int, tenant_id: int, language: str, proof: str) -> Session:
        """The session after signing in: everything new, the CSRF token too."""
        return Session(user_id, tenant_id, language, proof)

    def speaking(self, language: str) -> Session:
        """The same session in another language."""
        return replace(self, language=language)

    def putting_off(self, items: Iterable[int]) -> Session:
        """The same session, with the items looked at and not decided (the last hundred)."""
        return replace(self, put_off=tuple(items)[-_MOST_PUT_OFF:])


class SessionSigner:
    """Signs and checks the cookies of the desk and the tokens of the machine door."""

    def __init__(self, secret: str) -> None:
        if len(secret) < 16:
            message = "the secret that signs sessions has at least 16 characters"
            raise ValueError(message)
        options = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        self._sessions = URLSafeTimedSerializer(secret, salt="session", signer_kwargs=options)
        self._tokens = URLSafeTimedSerializer(secret, salt="token", signer_kwargs=options)
        self._flashes = URLSafeTimedSerializer(secret, salt="flash", signer_kwargs=options)

    def seal(self, session: Session) -> str:
        """The cookie of a session."""
        return str(self._sessions.dumps(asdict(session)))

    def unseal(self, cookie: str | None) -> Session | None:
        """The session of a cookie; None where it is missing, altered or too old."""
        return _load(self._sessions, cookie, _HOURS * 3600)

    def seal_token(self, session: Session) -> str:
        """The bearer token of a session, for programs."""
        return str(self._tokens.dumps(asdict(session)))

    def unseal_token(self, token: str | None) -> Session | None:
        """The session of a bearer token."""
        return _load(self._tokens, token, _HOURS * 3600)

    def seal_flash(self, message: dict[str, str]) -> str:
        """A message for the next page."""
        return str(self._flashes.dumps(message))

    def unseal_flash(self, cookie: str | None) -> dict[str, str] | None:
        """The message left by the page before; it lives a minute."""
        if not cookie:
            return None
        try:
            content = self._flashes.loads(cookie, max_age=60)
        except BadData:
            return None
        return {str(key): str(value) for key, value in content.items()}


def _load(serializer: URLSafeTimedSerializer, text: str | None, seconds: int) -> Session | None:
    if not text:
        return None
    try:
        content = serializer.loads(text, max_age=seconds)
        return Session(**{**content, "put_off": tuple(content["put_off"])})
    except (BadData, TypeError, KeyError):
        return None
