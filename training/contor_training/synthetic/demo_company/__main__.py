"""Write the demo company to a folder: ``--out FOLDER [--statements FOLDER] [--seed N]``."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from contor_training.synthetic.demo_company import (
    SEED,
    camt053,
    contracts,
    incoming,
    ledger,
    mt940,
    open_items,
    parties,
    savings_bank_csv,
    statements,
)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV table with a head, comma separated, lines ended by a newline."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue()


def _write_tables(folder: Path, seed: int) -> None:
    known, truth = parties.parties(seed)
    tables: tuple[tuple[str, type, Iterable[Any]], ...] = (
        ("ledger.csv", ledger.Line, ledger.lines(seed)),
        ("open_items.csv", open_items.OpenItem, open_items.open_items(seed)),
        ("parties.csv", parties.PartyRow, known),
    )
    for name, kind, rows in tables:
        columns = [field.name for field in fields(kind)]
        text = csv_text(columns, [astuple(row) for row in rows])
        (folder / name).write_text(text, encoding="utf-8")
    text = json.dumps({"mistakes": truth}, ensure_ascii=False, indent=1) + "\n"
    (folder / "parties.expected.json").write_text(text, encoding="utf-8")
    head = ("id", "timestamp", "contract", "meter", "quantity")
    (folder / "usage.csv").write_text(csv_text(head, contracts.usage(seed)), encoding="utf-8")


def _write_contracts(folder: Path, seed: int) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "catalogue.yaml").write_text(contracts.catalogue(seed), encoding="utf-8")
    for name, text in contracts.contracts(seed).items():
        (folder / name).write_text(text, encoding="utf-8")


def _write_statements(folder: Path, seed: int) -> None:
    main_account, second, third = statements.accounts(seed)
    files = {
        "camt053-2026-10.xml": (main_account, camt053.write(main_account).encode()),
        "mt940-2026-10.sta": (second, mt940.write(second).encode("ascii", errors="replace")),
        "sparkasse-2026-10.csv": (third, savings_bank_csv.write(third)),
    }
    for name, (account, content) in files.items():
        (folder / name).write_bytes(content)
        twin = statements.expected(account)
        if account is third:  # the export says nothing about balances, and the newest line is first
            lines = twin["lines"]
            assert isinstance(lines, list)
            twin |= {"opening": None, "closing": None, "lines": lines[::-1]}
        text = json.dumps(twin, ensure_ascii=False, indent=1) + "\n"
        (folder / f"{name}.expected.json").write_text(text, encoding="utf-8")


def _write_documents(folder: Path, seed: int) -> None:
    for name, (content, twin) in incoming.documents(seed).items():
        (folder / name).write_bytes(content)
        text = json.dumps(twin, ensure_ascii=False, indent=2) + "\n"
        (folder / f"{name}.expected.json").write_text(text, encoding="utf-8")


def main() -> None:
    """Write every file of the demo company; documents and statements go beside ``--out``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--statements", type=Path, help="default: beside --out")
    parser.add_argument("--seed", default=SEED, type=int)
    arguments = parser.parse_args()
    folder: Path = arguments.out
    bank: Path = arguments.statements or folder.parent / "statements"
    post = folder.parent / "documents" / "demo-suppliers"
    for each in (folder, bank, post):
        each.mkdir(parents=True, exist_ok=True)
    _write_tables(folder, arguments.seed)
    _write_contracts(folder / "contracts", arguments.seed)
    _write_statements(bank, arguments.seed)
    _write_documents(post, arguments.seed)


if __name__ == "__main__":
    main()
