"""``contor screen`` and ``contor link``: parties that look wrong, records that belong together."""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Sequence

import click

from contor.cli.manners import FiniteRange, Report, json_line, shared_options, text_in, text_out
from contor.errors import Refusal
from contor.parties.anomalies import screen as screen_parties
from contor.parties.party import Party, read_parties, refusal_of_row


def _parties(path: str, report: Report) -> tuple[list[Party], list[dict[str, object]]]:
    """The parties of a table, and a record for each row refused."""
    parties: list[Party] = []
    refused: list[dict[str, object]] = []
    with text_in(path) as stream:
        for row in read_parties(stream):
            if isinstance(row, Party):
                parties.append(row)
                continue
            report.refuse(f"{path}:{row.row}", row.refusal)
            why = {"code": row.refusal.code, "message": row.refusal.message}
            refused.append({"id": row.id, "file": path, "row": row.row, "refusal": why})
    return parties, refused


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
    now, refused = _parties(parties, report)
    before, refused_before = _parties(known, report) if known else ([], [])
    findings = screen_parties(now, before)
    with text_out(output) as out:
        for finding in findings:
            out.write(json_line(finding.record()))
        out.writelines(map(json_line, refused + refused_before))
    codes = Counter(finding.code for finding in findings)
    report.summary = {
        "parties": len(now),
        "findings": len(findings),
        "codes": dict(sorted(codes.items())),
        "refused": report.refusals,
        "seconds": round(time.perf_counter() - started, 3),
    }
    report.note(f"{len(findings)} findings on {len(now)} parties.")


class _Table:
    """A table of records, its first column the id; rows without one are refused and kept."""

    def __init__(self, path: str, report: Report) -> None:
        self.rows: list[dict[str, str]] = []
        self.refused: list[tuple[str, Refusal]] = []
        with text_in(path) as stream:
            reader = csv.DictReader(stream)
            self.names = list(reader.fieldnames or [])
            if not self.names:
                raise Refusal("table_empty", "The table has no header.", "Give a CSV with one.")
            first = self.names[0]
            for row in reader:
                refusal = refusal_of_row(row, first)
                if refusal:
                    report.refuse(f"{path}:{reader.line_num}", refusal)
                    self.refused.append((row[first] or "", refusal))
                    continue
                cells = {k: v or "" for k, v in row.items() if k and k != first}
                self.rows.append({"id": row[first], **cells})


def _labels(path: str, report: Report) -> dict[tuple[str, str], int]:
    """Pairs known to belong together (1) or not (0); other labels are refused."""
    known: dict[tuple[str, str], int] = {}
    with text_in(path) as stream:
        reader = csv.DictReader(stream)
        missing = {"left_id", "right_id", "label"} - set(reader.fieldnames or ())
        if missing:
            raise Refusal(
                "columns_missing",
                "The table of labels lacks the columns {columns}.",
                "Give left_id, right_id and label.",
                columns=", ".join(sorted(missing)),
            )
        for row in reader:
            label = (row["label"] or "").strip()
            if label in {"0", "1"}:
                known[row["left_id"], row["right_id"]] = int(label)
            else:
                report.refuse(
                    f"{path}:{reader.line_num}",
                    Refusal(
                        "label_unknown",
                        "“{label}” is no label.",
                        "Write 1 for a pair that belongs together and 0 for one that does not.",
                        label=label[:80],
                    ),
                )
    return known


def _refused_rows(left: _Table, right: _Table | None) -> list[tuple[str, str, str, str]]:
    """The rows refused, as rows of the table of links; without any it has no such column."""
    return [(key, "", "", str(refusal)) for key, refusal in left.refused] + [
        ("", key, "", str(refusal)) for key, refusal in (right.refused if right else ())
    ]


def _columns(on: str | None, tables: Sequence[_Table]) -> list[str] | None:
    """The columns named by ``--on``, which every table must have."""
    if on is None:
        return None
    columns = [name.strip() for name in on.split(",") if name.strip()]
    lost = [name for name in columns if any(name not in table.names for table in tables)]
    if lost:
        raise click.BadParameter(f"a table lacks the columns {', '.join(lost)}", param_hint="--on")
    return columns


@click.command()
@click.argument("left")
@click.argument("right", required=False)
@click.option("--on", help="Comma list of the columns to compare.")
@click.option("--labels", help="CSV left_id,right_id,label (0 or 1) to learn from.")
@click.option("--many", is_flag=True, help="Keep every pair, not one to one.")
@click.option(
    "--threshold", type=FiniteRange(0, 1), default=0.5, show_default=True, help="Least score."
)
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
    lefts = _Table(left, report)
    rights = _Table(right, report) if right else None
    tables = [lefts, rights] if rights else [lefts]
    columns = _columns(on, tables)
    known = _labels(labels, report) if labels else None
    links = link_records(
        lefts.rows,
        rights.rows if rights else None,
        columns,
        known,
        one_to_one=not many,
        threshold=threshold,
    )
    with text_out(output) as out:
        writer = csv.writer(out, lineterminator="\n")
        refused = _refused_rows(lefts, rights)
        writer.writerow(("left_id", "right_id", "score", *(["refusal"] if refused else [])))
        writer.writerows(
            (a, b, f"{score:.4f}", *([""] if refused else [])) for a, b, score in links
        )
        writer.writerows(refused)
    report.summary = {
        "left": len(lefts.rows),
        "right": len((rights or lefts).rows),
        "links": len(links),
        "refused": report.refusals,
        "seconds": round(time.perf_counter() - started, 3),
    }
    report.note(f"{len(links)} links.")
