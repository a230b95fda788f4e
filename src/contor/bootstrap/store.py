"""Wires the store and the archive: settings in, the ports' objects out.

>>> from tempfile import TemporaryDirectory
>>> with TemporaryDirectory() as folder:
...     settings = read_settings(data_dir=folder)
...     migrate(settings)
...     store = open_store(settings)
...     with store.administration() as admin:
...         print(admin.tenants.all())
...     store.dispose()
[]
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from pydantic import ValidationError

from contor.errors import Failure
from contor.ports.archive import Archive
from contor.ports.store import Store
from contor.settings import Settings


def read_settings(**overrides: Any) -> Settings:
    """The settings of the environment, with overrides (tests, command-line options).

    Raises:
        Failure: ``setting_unusable``, with the name of each.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        wrong = [
            f"CONTOR_{'_'.join(map(str, one['loc'])).upper()} is {one['input']!r}: {one['msg']}"
            for one in error.errors()
        ]
        raise Failure(
            "setting_unusable",
            f"A setting cannot be used. {'; '.join(wrong)}.",
            "Correct it in the environment or in the file .env; README.md lists what there is.",
        ) from error


def migrate(settings: Settings) -> None:
    """Bring the database to the present form; an embedded one is made where there is none."""
    from contor.adapters.db.engine import open_engine
    from contor.adapters.db.migrate import upgrade

    _make_folder(settings)
    engine = open_engine(settings.database)
    try:
        upgrade(engine)
    finally:
        engine.dispose()


def open_store(settings: Settings) -> Store:
    """The store; the database must have been migrated."""
    from contor.adapters.db.engine import open_engine
    from contor.adapters.db.unit_of_work import SqlStore

    _make_folder(settings)
    return SqlStore(open_engine(settings.database))


def open_archive(settings: Settings) -> Archive:
    """The archive of files received and issued."""
    from contor.adapters.file_archive import FileArchive

    return FileArchive(settings.archive)


def is_migrated(settings: Settings) -> bool:
    """Whether the database is there and has the present form."""
    from contor.adapters.db.engine import open_engine
    from contor.adapters.db.migrate import is_current

    if not settings.database_url and not (settings.data_dir / "contor.sqlite3").exists():
        return False
    engine = open_engine(settings.database)
    try:
        return is_current(engine)
    finally:
        engine.dispose()


def session_secret(settings: Settings) -> str:
    """The secret that signs sessions: from the settings, else made once and kept (mode 600)."""
    given = settings.secret.get_secret_value()
    if given:
        return given
    path = settings.data_dir / "secret"
    if not path.exists():
        _make_folder(settings)
        _keep_secret(path)
    return path.read_text(encoding="ascii")


def hash_password(password: str) -> str:
    """The Argon2id hash to keep of a password."""
    from pwdlib import PasswordHash

    return PasswordHash.recommended().hash(password)


def password_matches(password: str, password_hash: str) -> bool:
    """Whether the password is the one that was hashed."""
    from pwdlib import PasswordHash

    return PasswordHash.recommended().verify(password, password_hash)


def _keep_secret(path: Path) -> None:
    """Write a new secret; of two processes that begin together, the first one's holds."""
    handle, name = mkstemp(dir=path.parent, prefix=".secret-")
    os.close(handle)
    temporary = Path(name)
    temporary.write_text(secrets.token_urlsafe(48), encoding="ascii")
    with suppress(FileExistsError):
        path.hardlink_to(temporary)
    temporary.unlink()


def _make_folder(settings: Settings) -> None:
    try:
        Path(settings.data_dir).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(
            "data_folder_not_writable",
            f"The data folder {settings.data_dir} cannot be made: {error.strerror}.",
            "Choose another folder by CONTOR_DATA_DIR, or change its rights.",
        ) from error
