"""``contor suggest`` and ``contor replay``: account assignment from file to file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from contor.cli.manners import FiniteRange, Report, shared_options, text_in, text_out
from contor.errors import Refusal

_REQUIRED = ("date", "supplier", "amount")
_NO_CODES = "no line has an account, cost centre or tax code"
SURPLUS = "surplus"
"""Holds the cells of a row that stand behind the last column."""


def read_ledger(path: str, *, required: Sequence[str] = _REQUIRED) -> list[dict[str, str]]:
    """The rows of a ledger CSV; a file without the columns of a ledger is refused.

    Cells behind the last column are kept as ``surplus`` of their row.
    """
    csv.field_size_limit(1 << 27)
    try:
        with text_in(path) as stream:
            counted = _Quotes(stream)
            reader = csv.DictReader(counted, restkey=SURPLUS, restval="")
            _check_header(path, list(reader.fieldnames or []), required)
            rows, last = [], 1
            for row in reader:
                more = [cell for cell in row.pop(SURPLUS, None) or () if cell]
                rows.append({**row, SURPLUS: ",".join(more)} if more else row)
                last, spread = reader.line_num, reader.line_num - last
            if rows and counted.odd and spread > 1:
                raise Refusal(
                    "quote_open",
                    "In {path} a quotation mark that opens before line {line} is never closed.",
                    "Close it, or write it twice where it belongs to the text.",
                    path=path,
                    line=last,
                )
            return rows
    except UnicodeDecodeError as error:
        raise Refusal(
            "not_utf8",
            "The file {path} is not UTF-8 text.",
            "Save it as CSV in UTF-8.",
            path=path,
        ) from error
    except csv.Error as error:
        raise Refusal(
            "not_csv",
            "The file {path} cannot be read as CSV: {error}.",
            "Save it as comma separated values with names in the first row.",
            path=path,
            error=str(error),
        ) from error


class _Quotes:
    """Passes lines on and knows whether the quotation marks so far are odd in number."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.odd = False

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.odd ^= line.count('"') % 2 == 1
            yield line


def _check_header(path: str, names: Sequence[str], required: Sequence[str]) -> None:
    missing = [name for name in required if name not in names]
    other = next((mark for mark in ";\t" if len(names) == 1 and mark in names[0]), "")
    if missing and other:
        raise Refusal(
            "columns_missing",
            "The columns of {path} are separated by {mark}, not by commas.",
            "Save it as comma separated values, amounts with a point.",
            path=path,
            mark="semicolons" if other == ";" else "tabs",
        )
    if missing and names:
        raise Refusal(
            "columns_missing",
            "The file {path} lacks the columns {columns}.",
            "Name the columns {required} in the first row, separated by commas.",
            path=path,
            columns=", ".join(missing),
            required=", ".join(required),
        )
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Refusal(
            "columns_repeated",
            "The file {path} has more than one column {columns}.",
            "Give each column a name of its own.",
            path=path,
            columns=", ".join(twice),
        )


def _chart(path: str | None) -> list[tuple[str, str]]:
    if path is None:
        return []
    rows = read_ledger(path, required=("number", "name"))
    return [(row["number"].strip(), row["name"].strip()) for row in rows if row["number"].strip()]


def _promise(_ctx: click.Context, _option: click.Parameter, value: float) -> float:
    if not 0.0 < value < 1.0:
        raise click.BadParameter("a share between 0 and 1, like 0.01")
    return value


def _days(_ctx: click.Context, _option: click.Parameter, value: str) -> int:
    number = value.removesuffix("d")
    if not number.isdigit() or not 1 <= int(number) <= 36_500:
        raise click.BadParameter("a number of days like 30d")
    return int(number)


@click.command()
@click.option("--history", required=True, metavar="LEDGER.csv", help="Coded lines to learn from.")
@click.option("--chart", metavar="CHART.csv", help="Chart of accounts: number,name.")
@click.option(
    "--rules", metavar="RULES.csv", help="Exact rules, as `contor rule list` writes them."
)
@click.option(
    "--error", default=0.01, show_default=True, callback=_promise, help="Promised error rate."
)
@click.option("-o", "--out", metavar="OUT.csv", help="Where to write; standard output otherwise.")
@click.argument("new", metavar="NEW.csv")
@shared_options
def suggest(
    history: str,
    chart: str | None,
    rules: str | None,
    error: float,
    out: str | None,
    new: str,
    report: Report,
) -> None:
    """Suggest account, cost centre and tax code for the lines of NEW.csv.

    Example: contor suggest --history ledger.csv --error 0.01 new.csv -o suggested.csv
    """
    from contor.bootstrap.assignment import suggest_rows

    if [history, new, chart, rules].count("-") > 1:
        raise click.UsageError("Only one file can be standard input.")
    rows = read_ledger(new)
    always = read_ledger(rules, required=()) if rules else []
    table = suggest_rows(read_ledger(history), rows, _chart(chart), error, always)
    for place, refusal in table.unlearnt:
        report.refuse(f"{history}:{place + 2}", refusal)
    for place, refusal in table.refusals:
        report.refuse(f"{new}:{place + 2}", refusal)
    _write(out, table.header, table.rows)
    report.summary.update(table.summary)
    report.note(
        f"{table.summary['lines']} lines, targets: {', '.join(table.summary['targets']) or 'none'}"
    )
    if table.summary["history"] and not table.summary["learnt"]:
        report.note(f"{history}: {_NO_CODES}; nothing was learnt from it.")
    if table.summary["far_ahead"]:
        report.note(
            f"{table.summary['far_ahead']} lines are dated far ahead of the others: "
            "none of them is on autopilot."
        )


@click.command()
@click.option("--every", default="30d", show_default=True, callback=_days, help="Stretch length.")
@click.option(
    "--warmup", default=0.2, show_default=True, type=FiniteRange(0, 1), help="Not scored."
)
@click.option(
    "--error", default=0.01, show_default=True, callback=_promise, help="Promised error rate."
)
@click.option("-o", "--out", metavar="PREDICTIONS.csv", help="Write the suggestions, too.")
@click.argument("ledger", metavar="LEDGER.csv")
@shared_options
def replay(
    every: int, warmup: float, error: float, out: str | None, ledger: str, report: Report
) -> None:
    """Walk a coded ledger through time and measure the suggestions.

    Example: contor replay ledger.csv --every 30d --warmup 0.2 --error 0.01
    """
    from contor.bootstrap.assignment import replay_rows

    result = replay_rows(
        read_ledger(ledger),
        every=every,
        warmup=warmup,
        error=error,
        explained=out is not None,
    )
    for place, refusal in result.refusals:
        report.refuse(f"{ledger}:{place + 2}", refusal)
    if out is not None:
        _write(out, result.header, result.rows)
    report.summary.update(result.summary)
    if not result.summary["targets"]:
        report.note(f"{ledger}: {_NO_CODES}; there is nothing to measure.")
    if not report.as_json:
        for line in _figures(result.summary):
            click.echo(line, err=out == "-")


def _write(out: str | None, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with text_out(out) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _figures(summary: dict[str, Any]) -> Iterator[str]:
    """The figures of a replay as a person reads them."""
    yield f"{summary['lines']} lines"
    for target, f in summary["targets"].items():
        auto, base = f["auto"], f["baselines"]
        yield f"{target}: {f['lines']} lines scored"
        yield f"  top-1 {f['top1']:.1%}  top-3 {f['top3']:.1%}  macro-F1 {f['macro_f1']:.3f}"
        for name, label in (("new_suppliers", "new suppliers"), ("rare", "rare codes")):
            part = f[name]
            yield (
                f"  {label}: {part['lines']} lines, top-1 {part['top1']:.1%}"
                f"  top-3 {part['top3']:.1%}"
            )
        yield (
            f"  autopilot: {auto['share']:.1%} of the lines, promised at most"
            f" {auto['promise']:.1%} wrong, really {auto['error']:.2%}"
        )
        yield f"  calibration error {f['calibration_error']:.3f}"
        yield f"  baselines: majority {base['majority']:.1%}, last code {base['last']:.1%}"
        thousand = max(f["lines"], 1) / 1000
        yield (
            f"  seconds per 1,000 lines: learn {f['learn_seconds'] / thousand:.2f},"
            f" suggest {f['suggest_seconds'] / thousand:.2f}"
        )
