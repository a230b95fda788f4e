"""Write the demo company to a folder: ``--out FOLDER [--seed N]``."""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from pathlib import Path

from contor_training.synthetic.demo_company import SEED, ledger


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV table with a head, comma separated, lines ended by a newline."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue()


def main() -> None:
    """Write every file of the demo company."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--seed", default=SEED, type=int)
    arguments = parser.parse_args()
    folder: Path = arguments.out
    folder.mkdir(parents=True, exist_ok=True)
    columns = [field.name for field in fields(ledger.Line)]
    rows = [astuple(line) for line in ledger.lines(arguments.seed)]
    (folder / "ledger.csv").write_text(csv_text(columns, rows), encoding="utf-8")


if __name__ == "__main__":
    main()
