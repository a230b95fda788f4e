"""``contor suggest`` and ``contor replay``: account assignment from file to file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import Any

import click

from contor.cli.ledger_table import read_ledger
from contor.cli.manners import FiniteRange, Report, shared_options, text_out

_NO_CODES = "no line has an account, cost centre or tax code"


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
    from contor.bootstrap.ledger_rows import rules_in

    if [history, new, chart, rules].count("-") > 1:
        raise click.UsageError("Only one file can be standard input.")
    rows = read_ledger(new)
    accounts = _chart(chart)
    always = rules_in(read_ledger(rules, required=()), rules, accounts) if rules else []
    table = suggest_rows(read_ledger(history), rows, accounts, error, always)
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
    if table.summary["chart_strange"]:
        report.note(f"{chart}: no account of the history is in it, so it is not used.")
    if not table.summary["targets"]:
        report.note("There is nothing to suggest from: name a coded history, a chart or rules.")
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
            right = f", top-1 {part['top1']:.1%}  top-3 {part['top3']:.1%}" if part["lines"] else ""
            yield f"  {label}: {part['lines']} lines{right}"
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
