"""Manners every command keeps with files that are missing, broken, foreign or huge."""

from __future__ import annotations

import errno
import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner

from contor.cli.program import program

HEADER = "id,name\n"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("latin.csv", "id,name\n1,Müller\n".encode("latin-1"), "not_utf8"),
        ("wide.csv", "id,name\n1,Müller\n".encode("utf-16"), "not_utf8"),
        ("cut.csv.gz", gzip.compress(b"id,name\n" + bytes(range(48, 90)) * 50, mtime=0)[:60], "archive_broken"),
        ("plain.csv.gz", b"id,name\n", "archive_broken"),
        ("missing.csv", None, "file_missing"),
        ("", None, "file_is_folder"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_text_is_refused_by_its_name(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = CliRunner().invoke(program, ["screen", str(path)])
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{path}: {code}: ")


def test_a_cell_of_two_million_letters_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(HEADER + "1," + "x" * 2_000_000 + "\n", encoding="utf-8")
    done = CliRunner().invoke(program, ["screen", str(path), "--quiet"])
    assert (done.exit_code, done.output) == (0, "")


def test_a_failing_disk_is_no_refusal(tmp_path: Path) -> None:
    path = tmp_path / "parties.csv"
    path.write_text(HEADER, encoding="utf-8")
    out = tmp_path / "missing" / "out.jsonl"
    done = CliRunner().invoke(program, ["screen", str(path), "-o", str(out)])
    assert done.exit_code == 3
    assert "Check that the path exists" in done.stderr


@pytest.mark.parametrize("command", ["bank-lines", "check-einvoice", "screen"])
def test_a_file_nobody_may_read_is_refused_beside_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    path = tmp_path / "closed"
    path.write_text("", encoding="utf-8")

    def closed(self: Path, *_arguments: object, **_options: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", closed)
    monkeypatch.setattr(Path, "read_bytes", closed)
    done = CliRunner().invoke(program, [command, str(path)])
    assert done.exit_code == 1, done.output
    assert done.stderr.startswith(f"{path}: file_closed: ")


def test_a_damaged_pack_of_a_statement_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "statement.sta.gz"
    packed = bytearray(gzip.compress(bytes(range(256)) * 40))
    packed[20:40] = b"\xff" * 20
    path.write_bytes(packed)
    done = CliRunner().invoke(program, ["bank-lines", str(path)])
    assert done.exit_code == 1, done.output
    assert "statement_broken" in done.stderr
