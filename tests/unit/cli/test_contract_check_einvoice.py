"""``contor check-einvoice``: the same input gives the same bytes, refused or not."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from contor.cli.program import program


def test_a_broken_pdf_is_refused_in_the_same_words_every_time(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")
    done = CliRunner().invoke(program, ["check-einvoice", str(path), "--quiet"])
    assert done.exit_code == 1
    assert "pdf_broken" in done.stdout
    assert "0x" not in done.stdout
