"""How fast every step is on this machine, beside its baseline or peer in the same run.

``python -m contor_training.benchmarks.speed [--samples DIR] [--area NAME] [--quick] [--json]``.
Every area runs in a process of its own, one after another, so that the peak memory is its own.
Nothing is asserted; an area that fails is named and the others go on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import click

from contor_training.benchmarks.speed_parts.measure import Area, Step, peak_mib
from contor_training.benchmarks.speed_parts.report import markdown, print_table, record
from contor_training.benchmarks.speed_parts.scale import FULL, QUICK, Scale

SAMPLES = Path(__file__).resolve().parents[3] / "data" / "samples"
AREAS = ("documents", "suggestions", "bank", "invoices", "books", "start_up")


def measure_area(name: str, samples: Path, scale: Scale) -> Area:
    """Measure one area in this process."""
    module = import_module(f"contor_training.benchmarks.speed_parts.{name}")
    steps: Sequence[Step] = module.measure(samples, scale)
    return Area(name, tuple(steps), peak_mib())


def measure_apart(names: Sequence[str], samples: Path, scale: Scale) -> Iterator[Area]:
    """Measure areas, each in a fresh process; a failure is part of the result."""
    for name in names:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            future = pool.submit(measure_area, name, samples, scale)
            failure = future.exception()
        if failure is None:
            yield future.result()
        else:
            yield Area(name, failure=f"{type(failure).__name__}: {failure}")


def _told(areas: Iterator[Area]) -> Iterator[Area]:
    """Say on standard error what is done: a whole run takes minutes."""
    for area in areas:
        said = area.failure or f"{len(area.steps)} steps measured"
        click.echo(f"{area.name}: {said}", err=True)
        yield area


@click.command()
@click.option(
    "--samples", default=SAMPLES, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option("--area", "areas", multiple=True, type=click.Choice(AREAS), help="Only this one.")
@click.option("--quick", is_flag=True, help="Smaller work, once instead of three times.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--markdown", "as_markdown", is_flag=True, help="The table for the documentation.")
def main(
    samples: Path, areas: tuple[str, ...], quick: bool, as_json: bool, as_markdown: bool
) -> None:
    """Measure how fast every step is, beside its baseline or peer."""
    # One thread per page, as the reader itself sets it; a peer must not get more of the machine.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    scale = QUICK if quick else FULL
    measured = list(_told(measure_apart(areas or AREAS, samples, scale)))
    if as_json:
        print(json.dumps(record(measured, scale)))
    elif as_markdown:
        print(markdown(measured))
    else:
        print_table(measured)
    if any(area.failure for area in measured):
        sys.exit(1)


if __name__ == "__main__":
    main()
