"""The archive: content-addressed, whole files only, checked when read."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contor.adapters.file_archive import FileArchive
from contor.errors import Failure


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=2000))
def test_what_is_put_comes_back(tmp_path: Path, content: bytes) -> None:
    archive = FileArchive(tmp_path / "archive")
    sha256 = archive.put(content, "application/octet-stream")
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert archive.put(content, "text/plain") == sha256
    assert archive.exists(sha256)
    assert archive.get(sha256) == content


def test_files_lie_in_two_levels_read_only_and_nothing_else_is_left(tmp_path: Path) -> None:
    sha256 = FileArchive(tmp_path).put(b"x", "text/plain")
    [path] = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert path == tmp_path / sha256[:2] / sha256[2:4] / sha256
    assert path.stat().st_mode & 0o222 == 0


def test_missing_altered_and_misnamed_files_are_failures(tmp_path: Path) -> None:
    archive = FileArchive(tmp_path)
    sha256 = archive.put(b"x", "text/plain")
    path = tmp_path / sha256[:2] / sha256[2:4] / sha256
    path.chmod(0o640)
    path.write_bytes(b"y")
    with pytest.raises(Failure, match="archive_file_altered"):
        archive.get(sha256)
    assert archive.put(b"x", "text/plain") == sha256
    assert archive.get(sha256) == b"x"
    with pytest.raises(Failure, match="archive_file_missing"):
        archive.get("0" * 64)
    assert not archive.exists("0" * 64)
    for name in ("../../etc/passwd", "A" * 64, ""):
        with pytest.raises(Failure, match="archive_name_wrong"):
            archive.get(name)


def test_a_folder_that_cannot_be_written_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Failure, match="archive_not_writable") as failed:
        FileArchive(tmp_path / "file").put(b"x", "text/plain")
    assert failed.value.retryable
