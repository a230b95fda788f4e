"""A watched folder: files are taken when they rest, moved aside, never lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from contor.adapters.watched_folder import MOST_BYTES, WatchedFolder
from contor.errors import Failure, Refusal


def names(watched: WatchedFolder, now: float) -> list[str]:
    return [path.name for path in watched.ready(now)]


def test_a_file_is_ready_when_its_size_rests(tmp_path: Path) -> None:
    watched = WatchedFolder(tmp_path, rest=2)
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF-1")
    assert names(watched, 0) == []
    assert names(watched, 1) == []
    file.write_bytes(b"%PDF-1.7 and more")
    assert names(watched, 2) == []
    assert names(watched, 3.9) == []
    assert names(watched, 4) == ["scan.pdf"]


def test_an_empty_file_is_given_more_time(tmp_path: Path) -> None:
    watched = WatchedFolder(tmp_path, rest=2)
    (tmp_path / "scan.pdf").touch()
    assert names(watched, 0) + names(watched, 10) == []
    assert names(watched, 20) == ["scan.pdf"]


def test_links_hidden_and_unfinished_files_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    (folder / ".cache").mkdir(parents=True)
    (tmp_path / "secret").write_text("x")
    (folder / "link.pdf").symlink_to(tmp_path / "secret")
    for name in (".hidden.pdf", "a.pdf.part", "b.crdownload", ".cache/c.pdf", "good.pdf"):
        (folder / name).write_text("x")
    watched = WatchedFolder(folder, rest=0)
    assert names(watched, 0) == ["good.pdf"]


def test_what_was_taken_is_moved_aside_and_never_over_another_file(tmp_path: Path) -> None:
    watched = WatchedFolder(tmp_path, rest=0)
    for content in ("first", "second", "third"):
        (tmp_path / "october").mkdir(exist_ok=True)
        (tmp_path / "october" / "a.pdf").write_text(content)
        watched.settle(watched.ready(0)[0])
        assert watched.ready(0) == []
    done = tmp_path / "done" / "october"
    assert {path.name: path.read_text() for path in done.iterdir()} == {
        "a.pdf": "first",
        "a (2).pdf": "second",
        "a (3).pdf": "third",
    }


def test_kept_files_are_remembered_until_they_change(tmp_path: Path) -> None:
    watched = WatchedFolder(tmp_path, rest=0, keep=True)
    file = tmp_path / "a.pdf"
    file.write_text("x")
    watched.settle(watched.ready(0)[0])
    assert watched.ready(1) == []
    file.write_text("changed")
    assert names(watched, 2) == ["a.pdf"]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.pdf"
    with file.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    with pytest.raises(Refusal, match="too_large"):
        WatchedFolder(tmp_path).read(file)


def test_a_folder_that_is_gone_and_a_file_that_is_gone_are_failures(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="folder_not_readable"):
        WatchedFolder(tmp_path / "gone").ready(0)
    with pytest.raises(Failure, match="file_not_readable"):
        WatchedFolder(tmp_path).read(tmp_path / "gone.pdf")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_a_retryable_failure(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("x")
    tmp_path.chmod(0o500)
    with pytest.raises(Failure, match="file_not_moved") as failed:
        WatchedFolder(tmp_path, rest=0).settle(tmp_path / "a.pdf")
    tmp_path.chmod(0o700)
    assert failed.value.retryable
