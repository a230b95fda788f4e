"""``contor bank-lines``: statements of any format into one table of bank lines."""

from __future__ import annotations

import gzip
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from contor.banking.duplicates import number_lines
from contor.banking.reading import parse_statements
from contor.banking.statement import Reading, Refused, Statement, check_balances
from contor.banking.table import (
    COLUMNS,
    STATEMENT_COLUMNS,
    line_record,
    refusal_record,
    statement_record,
    write_records,
)
from contor.cli.manners import Report, shared_options, text_out
from contor.errors import Refusal


def _content_of(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    content = Path(path).read_bytes()
    if path.endswith(".gz") or content.startswith(b"\x1f\x8b"):
        try:
            return gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            raise Refusal(
                "statement_broken", "The packed file is broken.", "Download it again."
            ) from None
    return content


def _files_of(paths: tuple[str, ...]) -> Iterator[str]:
    """The files named, and those inside the folders named, in the order of their names."""
    for path in paths:
        if path != "-" and Path(path).is_dir():
            yield from sorted(str(found) for found in Path(path).rglob("*") if found.is_file())
        else:
            yield path


def _read(path: str, report: Report) -> Reading:
    """Read one file; refusals are told and kept, findings are told."""
    try:
        reading = parse_statements(_content_of(path))
    except Refusal as refusal:
        reading = Reading("", refused=(Refused(0, refusal),))
    except FileNotFoundError:
        missing = Refusal("file_missing", "There is no such file.", "Check the path.")
        reading = Reading("", refused=(Refused(0, missing),))
    except PermissionError:
        closed = Refusal("file_closed", "The file may not be read.", "Ask for the right to.")
        reading = Reading("", refused=(Refused(0, closed),))
    for refused in reading.refused:
        report.refuse(f"{path}:{refused.row}" if refused.row else path, refused.refusal)
    for finding in reading.findings:
        report.note(f"{path}: {finding.code}: {finding.message}")
    return reading


def _note_balances(path: str, statements: tuple[Statement, ...], report: Report) -> int:
    broken = 0
    for statement in statements:
        if check_balances(statement).balanced is False:
            broken += 1
            report.note(
                f"{path}: unbalanced: statement {statement.id or statement.account_iban}: opening "
                "and lines do not give closing. Lines may be missing; ask the bank."
            )
    return broken


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("-o", "output", help="Write the lines to this file.")
@click.option("--statements", help="Write one row a statement, with its balance check, here.")
@shared_options
def bank_lines(
    files: tuple[str, ...], output: str | None, statements: str | None, report: Report
) -> None:
    """Read bank statements of any format into one table.

    CAMT.052/053/054, MT940/MT942, OFX, QIF, bank CSV, PayPal and Stripe exports.

    Example: contor bank-lines statement.xml umsaetze.csv -o lines.csv --statements checks.csv
    """
    started = time.perf_counter()
    lines: list[dict[str, str]] = []
    checks: list[dict[str, str]] = []
    first_of: dict[str, str] = {}
    repeats: Counter[str] = Counter()
    unbalanced = 0
    paths = list(_files_of(files))
    for path in report.progress(paths, "Reading statements"):
        reading = _read(path, report)
        seen_before = dict(first_of)
        for line in number_lines(reading.lines):
            original = seen_before.get(line.id, "")
            if original:
                repeats[line.id] += 1
                line = replace(line, id=f"{line.id}~{repeats[line.id] + 1}")  # noqa: PLW2901
            first_of.setdefault(line.id, line.id)
            lines.append(line_record(line, path, original))
        lines.extend(refusal_record(refused, path) for refused in reading.refused)
        checks.extend(statement_record(s, path, reading.format) for s in reading.statements)
        unbalanced += _note_balances(path, reading.statements, report)
    with text_out(output) as out:
        write_records(out, COLUMNS, lines)
    if statements:
        with text_out(statements) as out:
            write_records(out, STATEMENT_COLUMNS, checks)
    read = sum(1 for line in lines if not line.get("refusal"))
    report.summary = {
        "files": len(paths),
        "statements": len(checks),
        "lines": read,
        "duplicates": sum(repeats.values()),
        "unbalanced": unbalanced,
        "refused": report.refusals,
        "seconds": round(time.perf_counter() - started, 3),
    }
    report.note(
        f"{read} lines of {len(checks)} statements; {sum(repeats.values())} duplicates, "
        f"{unbalanced} unbalanced, {report.refusals} refused."
    )
