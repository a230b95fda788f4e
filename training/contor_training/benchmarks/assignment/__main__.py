"""``python -m contor_training.benchmarks.assignment [--ledger NAME ...] [--warmup 0.8] [--quick]``.

Replays the coded ledgers beside the peers on the same stretches, measures the cold start from a
chart's names, and the speeds. Ledgers lie in ``../shared/ledgers/<name>/lines.csv.gz``.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.history import History as Past
from contor.account_assignment.history import money
from contor.account_assignment.lines import Lines
from contor.account_assignment.replay import Watch, replay_target, scored_from
from contor.account_assignment.scores import score
from contor.cli.assignment import read_ledger
from contor_training.benchmarks.assignment import fitted_peers, peers
from contor_training.benchmarks.assignment.cold_start import cold_start
from contor_training.benchmarks.assignment.encoders import encoders

ROOT = Path(__file__).resolve().parents[4]
PROMISES = (0.05, 0.02, 0.01)
_FITTED_ON, _ASKED = 4000, 800


@click.command()
@click.option("--ledger", "names", multiple=True, help="Only these ledgers.")
@click.option("--shared", default=str(ROOT.parent / "shared"), help="Reference material.")
@click.option("--warmup", default=0.8, show_default=True, help="Share of the time not scored.")
@click.option("--every", default=30, show_default=True, help="Days between retrainings.")
@click.option("--peers/--no-peers", "with_peers", default=True, show_default=True)
@click.option("--quick", is_flag=True, help="The smallest ledger, account only, and the rest.")
def main(
    names: tuple[str, ...], shared: str, warmup: float, every: int, with_peers: bool, quick: bool
) -> None:
    """Print the tables."""
    folder = Path(shared)
    found = sorted((folder / "ledgers").glob("*/lines.csv.gz"))
    if quick:
        found = sorted(found, key=lambda path: path.stat().st_size)[:1]
    for target in ("account",) if quick else ("account", "cost_centre"):
        click.echo(HEAD.format(target=target))
        chosen = [path for path in found if not names or path.parent.name in names]
        _mean([_ledger(p, target, warmup, every, with_peers=with_peers) for p in chosen])
    chart = folder / "charts" / "skr03.csv"
    if chart.is_file():
        probe = ROOT / "tests/golden/assignment/cold_start_skr03.csv"
        cold_start(chart, probe, ROOT / "models")
        encoders(chart, probe, ROOT / "models")
    _speed(found[:1])


HEAD = (
    "\n{target}: walk-forward, whole day suggested before any of its codes is seen\n"
    "ledger           lines  top-1 top-3  macro  new    ECE    "
    "auto 5 % (err)  2 % (err)      1 % (err)       peers: majority last history odoo gnucash"
    " tf-idf+linear paperless smart_importer (last three: sample)"
)


def _ledger(
    path: Path, target: str, warmup: float, every: int, *, with_peers: bool
) -> dict[str, Any]:
    history = Past.of(Lines.from_rows(read_ledger(str(path))))
    stretches = list(
        replay_target(history, target, every=every, warmup=warmup, errors=PROMISES, watch=Watch())
    )
    by_promise = [score(history, target, stretches, error) for error in PROMISES]
    figures: dict[str, Any] = dict(by_promise[0])
    figures["autos"] = [one["auto"] for one in by_promise]
    figures["peers"] = _peers(history, target, scored_from(history, warmup)) if with_peers else {}
    autos = "  ".join(f"{a['share']:6.1%} ({a['error']:5.2%})" for a in figures["autos"])
    base = figures["baselines"]
    rivals = {"majority": base["majority"], "last": base["last"], **figures["peers"]}
    click.echo(
        f"{path.parent.name:16s}{figures['lines']:6d} {figures['top1']:6.1%}"
        f" {figures['top3']:6.1%} {figures['macro_f1']:6.3f}"
        f" {figures['new_suppliers']['top1']:6.1%} {figures['calibration_error']:6.3f}"
        f"  {autos}   " + " ".join(f"{value:.1%}" for value in rivals.values())
    )
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
    for name in ("linear", "paperless", "smart_importer"):
        few = past if name == "linear" else past[-1500:]
        answers = getattr(fitted_peers, name)(few, asked)
        found[name] = sum(a == row.code for a, row in zip(answers, asked, strict=True)) / max(
            len(asked), 1
        )
    return found


def _mean(means: list[dict[str, Any]]) -> None:
    if not means:
        return
    count = len(means)
    autos = "  ".join(
        f"{sum(m['autos'][k]['share'] for m in means) / count:6.1%}"
        f" ({max(m['autos'][k]['error'] for m in means):5.2%})"
        for k in range(len(PROMISES))
    )
    click.echo(
        f"{'mean (worst)':22s} {sum(m['top1'] for m in means) / count:6.1%}"
        f" {sum(m['top3'] for m in means) / count:6.1%}        "
        f"{sum(m['new_suppliers']['top1'] for m in means) / count:6.1%}"
        f" {max(m['calibration_error'] for m in means):6.3f}  {autos}"
    )


def _speed(found: list[Path]) -> None:
    for path in found:
        rows = read_ledger(str(path))
        lines, new = Lines.from_rows(rows[:10_000]), Lines.from_rows(rows[10_000:15_000])
        started = time.process_time()
        assigner = AccountAssigner().fit(lines)
        fitted = time.process_time()
        assigner.suggest(new)
        suggested = time.process_time()
        one = new.take(new.day.argsort()[:1])
        for _ in range(20):
            assigner.suggest(one)
        single = (time.process_time() - suggested) / 20
        click.echo(
            f"\nspeed (processor seconds, {', '.join(assigner.targets)}): learn {len(lines)} lines"
            f" {fitted - started:.1f} s; suggest {len(new) / (suggested - fitted):.0f} lines/s;"
            f" one line {single * 1000:.1f} ms"
        )


if __name__ == "__main__":
    main()
