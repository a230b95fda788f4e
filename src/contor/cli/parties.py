"""``contor screen`` and ``contor link``: parties that look wrong, records that belong together."""

from __future__ import annotations

import csv
import time
from collections import Counter

import click

from contor.cli.manners import Report, json_line, shared_options, text_in, text_out
from contor.errors import Refusal
from contor.parties.anomalies import screen as screen_parties
from contor.parties.party import read_parties


@click.command()
@click.argument("parties")
@click.option("--known", help="Parties as they were on file before.")
@click.option("-o", "output", help="Write the findings to this file.")
@shared_options
def screen(parties: str, known: str | None, output: str | None, report: Report) -> None:
    """Flag addresses, VAT-IDs and bank accounts that look wrong.

    Example: contor screen parties.csv --known last-month.csv -o findings.jsonl
    """
    started = time.perf_counter()
    with text_in(parties) as stream:
        now = list(read_parties(stream))
    before = []
    if known:
        with text_in(known) as stream:
            before = list(read_parties(stream))
    findings = screen_parties(now, before)
    with text_out(output) as out:
        for finding in findings:
            out.write(json_line(finding.record()))
    codes = Counter(finding.code for finding in findings)
    report.summary = {
        "parties": len(now),
        "findings": len(findings),
        "codes": dict(sorted(codes.items())),
        "seconds": round(time.perf_counter() - started, 3),
    }
    report.note(f"{len(findings)} findings on {len(now)} parties.")


def _table(path: str) -> list[dict[str, str]]:
    """The rows of a table of records; the first column is the id."""
    with text_in(path) as stream:
        reader = csv.DictReader(stream)
        names = reader.fieldnames or []
        if not names:
            raise Refusal("table_empty", "{path} has no header.", "Give a CSV.", path=path)
        first = names[0]
        return [
            {"id": row[first] or "", **{k: v or "" for k, v in row.items() if k and k != first}}
            for row in reader
        ]


def _labels(path: str) -> dict[tuple[str, str], int]:
    with text_in(path) as stream:
        return {
            (row["left_id"], row["right_id"]): int(row["label"]) for row in csv.DictReader(stream)
        }


@click.command()
@click.argument("left")
@click.argument("right", required=False)
@click.option("--on", help="Comma list of the columns to compare.")
@click.option("--labels", help="CSV left_id,right_id,label (0 or 1) to learn from.")
@click.option("--many", is_flag=True, help="Keep every pair, not one to one.")
@click.option("--threshold", type=float, default=0.5, show_default=True, help="Least score.")
@click.option("-o", "output", help="Write the links to this file.")
@shared_options
def link(
    left: str,
    right: str | None,
    on: str | None,
    labels: str | None,
    many: bool,
    threshold: float,
    output: str | None,
    report: Report,
) -> None:
    """Match the records of two tables, or of one table with itself.

    Example: contor link customers.csv crm.csv --on name,city -o links.csv
    """
    from contor.parties.linkage import link_records

    started = time.perf_counter()
    lefts = _table(left)
    rights = _table(right) if right else None
    columns = [name.strip() for name in on.split(",") if name.strip()] if on else None
    known = _labels(labels) if labels else None
    links = link_records(lefts, rights, columns, known, one_to_one=not many, threshold=threshold)
    with text_out(output) as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("left_id", "right_id", "score"))
        writer.writerows((a, b, f"{score:.4f}") for a, b, score in links)
    report.summary = {
        "left": len(lefts),
        "right": len(lefts if rights is None else rights),
        "links": len(links),
        "seconds": round(time.perf_counter() - started, 3),
    }
    report.note(f"{len(links)} links.")
