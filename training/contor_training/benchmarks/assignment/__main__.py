"""``python -m contor_training.benchmarks.assignment [--ledger NAME ...] [--part growth] [--quick]``.

Replays the coded ledgers beside the peers on the same stretches, measures the cold start from a
chart's names, speeds and growth. Ledgers lie in ``../shared/ledgers/<name>/lines.csv.gz``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import numpy as np

from contor.account_assignment.history import History as Past
from contor.account_assignment.history import money
from contor.account_assignment.lines import Lines
from contor.account_assignment.replay import Stretch, Watch, replay, scored_from
from contor.account_assignment.scores import score
from contor.cli.ledger_table import read_ledger
from contor_training.benchmarks.assignment import fitted_peers, peers
from contor_training.benchmarks.assignment.cold_start import cold_start
from contor_training.benchmarks.assignment.encoders import encoders
from contor_training.benchmarks.assignment.growth import SIZES, growth
from contor_training.benchmarks.assignment.speed import speed
from contor_training.benchmarks.assignment.tax import tax

ROOT = Path(__file__).resolve().parents[4]
PROMISES = (0.05, 0.02, 0.01)
_FITTED_ON, _ASKED = 12_000, 800
_FEW = 1500
_AIMS = {"account": (0.825, 0.93), "cost_centre": (0.815, 0.91)}
_SHARES = (0.60, 0.45, 0.0)
_PARTS = ("ledgers", "tax", "cold", "speed", "growth")


@click.command()
@click.option("--ledger", "names", multiple=True, help="Only these ledgers.")
@click.option("--shared", default=str(ROOT.parent / "shared"), help="Reference material.")
@click.option("--warmup", default=0.8, show_default=True, help="Share of the time not scored.")
@click.option("--every", default=30, show_default=True, help="Days between retrainings.")
@click.option("--peers/--no-peers", "with_peers", default=True, show_default=True)
@click.option("--quick", is_flag=True, help="The smallest ledger, account only, and the rest.")
@click.option("--part", "parts", multiple=True, type=click.Choice(_PARTS), help="Only this part.")
def main(
    names: tuple[str, ...],
    shared: str,
    warmup: float,
    every: int,
    with_peers: bool,
    quick: bool,
    parts: tuple[str, ...],
) -> None:
    """Print the tables."""
    folder = Path(shared)
    wanted = parts or _PARTS
    found = sorted((folder / "ledgers").glob("*/lines.csv.gz"))
    if quick:
        found = sorted(found, key=lambda path: path.stat().st_size)[:1]
    targets = ("account",) if quick else ("account", "cost_centre")
    if "ledgers" in wanted:
        click.echo(HEAD)
        chosen = [path for path in found if not names or path.parent.name in names]
        rows = [_ledger(p, targets, warmup, every, with_peers=with_peers) for p in chosen]
        for target in targets:
            _mean(target, [row[target] for row in rows])
    if "tax" in wanted:
        tax()
    chart = folder / "charts" / "skr03.csv"
    if chart.is_file() and "cold" in wanted:
        probe = ROOT / "tests/golden/assignment/cold_start_skr03.csv"
        cold_start(chart, probe, ROOT / "models")
        encoders(chart, probe, ROOT / "models")
    if "speed" in wanted:
        speed()
    if "growth" in wanted:
        growth(SIZES[:1] if quick else SIZES)


HEAD = (
    "\nwalk-forward, whole day suggested before any of its codes is seen\n"
    "ledger          target       lines  top-1 top-3  macro  new    ECE    "
    "auto 5 % (err)  2 % (err)      1 % (err)       peers (* fitted once, on a sample)"
)


def _ledger(
    path: Path, targets: tuple[str, ...], warmup: float, every: int, *, with_peers: bool
) -> dict[str, dict[str, Any]]:
    history = Past.of(Lines.from_rows(read_ledger(str(path))))
    stretches = list(
        replay(history, targets, every=every, warmup=warmup, errors=PROMISES, watch=Watch())
    )
    begin = scored_from(history, warmup)
    figures = {}
    for target in targets:
        rivals = _peers(history, target, begin) if with_peers else {}
        own = [stretch[target] for stretch in stretches]
        figures[target] = _figures(path.parent.name, history, target, own, rivals)
    return figures


def _figures(
    name: str, history: Past, target: str, stretches: list[Stretch], peers_: dict[str, float]
) -> dict[str, Any]:
    by_promise = [score(history, target, stretches, error) for error in PROMISES]
    figures: dict[str, Any] = dict(by_promise[0])
    figures["autos"] = [one["auto"] for one in by_promise]
    autos = "  ".join(f"{a['share']:6.1%} ({a['error']:5.2%})" for a in figures["autos"])
    base = figures["baselines"]
    rivals = {"majority": base["majority"], "last": base["last"], **peers_}
    click.echo(
        f"{name:16s}{target:11s}{figures['lines']:7d} {figures['top1']:6.1%}"
        f" {figures['top3']:6.1%} {figures['macro_f1']:6.3f}"
        f" {figures['new_suppliers']['top1']:6.1%} {figures['calibration_error']:6.3f}"
        f"  {autos}   " + ", ".join(f"{rival} {value:.1%}" for rival, value in rivals.items())
    )
    beaten = [rival for rival, value in rivals.items() if value < figures["top1"]]
    figures["above"] = len(beaten) == len(rivals)
    return figures


def _peers(history: Past, target: str, begin: int) -> dict[str, float]:
    names = history.names[target]
    codes = history.past[target].codes.tolist()
    lines = history.lines
    texts = lines.facts.get("description", ("",) * len(lines))
    rows = [
        peers.Line(supplier, text, cents, day % 7, names[code] if code >= 0 else "")
        for supplier, text, cents, day, code in zip(
            lines.facts.get("supplier", ("",) * len(lines)),
            texts,
            money(lines.cents).tolist(),
            lines.day.tolist(),
            codes,
            strict=True,
        )
    ]
    days = lines.day.tolist()
    found = {
        "history": peers.walk(peers.History(), rows, days, begin),
        "odoo": peers.walk(peers.Odoo(), rows, days, begin),
        "gnucash": peers.walk(peers.GnuCash(), rows, days, begin),
    }
    past = [row for row in rows[max(0, begin - _FITTED_ON) : begin] if row.code]
    step = max((len(rows) - begin) // _ASKED, 1)
    asked = [row for row in rows[begin::step] if row.code]
    odds = dict(zip(asked, fitted_peers.linear(past, asked), strict=True))
    answers = {
        "tf-idf + linear*": [max(odds[row], key=lambda code: odds[row][code]) for row in asked],
        "paperless*": fitted_peers.paperless(past[-_FEW:], asked),
        "smart_importer*": fitted_peers.smart_importer(past[-_FEW:], asked),
    }
    for name, said in answers.items():
        found[name] = float(np.mean([a == row.code for a, row in zip(said, asked, strict=True)]))
    found["text + history*"] = peers.walk(peers.Blend(odds), rows, days, begin, step)
    return found


def _mean(target: str, means: list[dict[str, Any]]) -> None:
    if not means:
        return

    def mean(value: Callable[[dict[str, Any]], float]) -> float:
        return float(np.mean([value(one) for one in means]))

    worst = max(one["calibration_error"] for one in means)
    first, three = _AIMS[target]
    click.echo(f"\n{target}, mean of {len(means)} ledgers, each beside its aim:")
    _verdict("top-1", mean(lambda one: one["top1"]), first)
    _verdict("top-3", mean(lambda one: one["top3"]), three)
    if target == "account":
        _verdict("new suppliers", mean(lambda one: one["new_suppliers"]["top1"]), 0.38)
    click.echo(f"  worst ECE {worst:.3f}, aim 0.030: {'reached' if worst <= 0.03 else 'missed'}")
    for place, (promise, share) in enumerate(zip(PROMISES, _SHARES, strict=True)):
        broken = sum(one["autos"][place]["error"] > promise for one in means)
        click.echo(f"  promise {promise:.0%}: broken on {broken} of {len(means)} ledgers, aim 0")
        alone = float(np.mean([one["autos"][place]["share"] for one in means]))
        _verdict("  share alone", alone, share)
    above = sum(one["above"] for one in means)
    click.echo(f"  above every peer shown on {above} of {len(means)} ledgers")


def _verdict(name: str, value: float, aim: float) -> None:
    verdict = "reached" if value >= aim else "missed"
    click.echo(f"  {name} {value:.1%}" + (f", aim {aim:.1%}: {verdict}" if aim else ""))


if __name__ == "__main__":
    main()
