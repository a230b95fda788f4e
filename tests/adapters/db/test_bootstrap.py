"""The wiring of the store: settings, secret, passwords, migration."""

from pathlib import Path

import pytest

from contor.bootstrap.store import (
    hash_password,
    is_migrated,
    migrate,
    open_archive,
    open_store,
    password_matches,
    read_settings,
    session_secret,
)
from contor.errors import Failure


def test_everything_lies_in_the_data_folder(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path / "var", database_url="", archive_dir=None)
    assert not is_migrated(settings)
    migrate(settings)
    migrate(settings)
    assert is_migrated(settings)
    store = open_store(settings)
    with store.administration() as admin:
        assert admin.tenants.all() == []
    store.dispose()
    sha256 = open_archive(settings).put(b"x", "text/plain")
    assert (tmp_path / "var" / "archive" / sha256[:2] / sha256[2:4] / sha256).exists()


def test_the_environment_and_overrides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTOR_DATABASE_URL", "postgresql+psycopg://db/contor")
    assert read_settings().database == "postgresql+psycopg://db/contor"
    assert read_settings(database_url="").database == "sqlite:///var/contor.sqlite3"


def test_an_empty_setting_is_none_and_an_unusable_one_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("CONTOR_ENCODER", "CONTOR_READERS", "CONTOR_TIME_ZONE", "CONTOR_ARCHIVE_DIR"):
        monkeypatch.setenv(name, "")
    settings = read_settings()
    assert (settings.encoder, settings.readers) == ("static", 2)
    assert (settings.time_zone, settings.archive_dir) == ("Europe/Berlin", None)
    monkeypatch.setenv("CONTOR_READERS", "many")
    monkeypatch.setenv("CONTOR_TIME_ZONE", "Mars/Base")
    with pytest.raises(Failure, match="setting_unusable") as told:
        read_settings()
    assert "CONTOR_READERS is 'many'" in told.value.message
    assert "CONTOR_TIME_ZONE is 'Mars/Base': Value error, no such time zone" in told.value.message


def test_a_database_not_migrated_and_a_folder_in_the_way_are_failures(tmp_path: Path) -> None:
    store = open_store(read_settings(data_dir=tmp_path, database_url=""))
    with pytest.raises(Failure, match="database_not_migrated"), store.unit_of_work(1):
        pass
    store.dispose()
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Failure, match="data_folder_not_writable"):
        migrate(read_settings(data_dir=tmp_path / "file", database_url=""))


def test_a_file_that_is_no_database_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "contor.sqlite3").write_bytes(b"no database" * 100)
    store = open_store(read_settings(data_dir=tmp_path, database_url=""))
    with pytest.raises(Failure, match="database_unavailable"), store.unit_of_work(1):
        pass
    store.dispose()


def test_the_secret_is_made_once_and_only_for_us(tmp_path: Path) -> None:
    settings = read_settings(data_dir=tmp_path, secret="")
    secret = session_secret(settings)
    assert len(secret) >= 48
    assert session_secret(settings) == secret
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
    assert session_secret(read_settings(data_dir=tmp_path, secret="given")) == "given"


def test_passwords_are_kept_as_argon2_hashes() -> None:
    kept = hash_password("Wurst & Käse")
    assert kept.startswith("$argon2id$")
    assert password_matches("Wurst & Käse", kept)
    assert not password_matches("wurst & käse", kept)
