"""Every bench of the house, one after another: ``python -m contor_training.benchmarks [--quick]``.

A part is a module of this package that can be run; those that are not there are left out, and so are
those that need reference material where there is none. A part that fails is reported and the next
one starts; the exit status says whether any failed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import click

_HERE = "contor_training.benchmarks"
SHARED = Path(__file__).resolve().parents[4] / "shared"
PARTS = ("speed", "billing", "banking", "einvoice", "documents", "assignment")
"""The quick ones first: what is short is seen soon."""
QUICK_ARGUMENTS: dict[str, tuple[str, ...]] = {
    "einvoice": (),
    "documents": ("--part", "speed"),
    "banking": ("--part", "reconcile", "--limit", "500"),
    "billing": ("--invoices", "50", "--pages", "10"),
}
"""How a part without ``--quick`` is run when there is little time."""
QUICK_SECONDS = 170.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a part went: ``""`` is well."""

    part: str
    seconds: float
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A part with its arguments, or why it is left out."""

    part: str
    arguments: tuple[str, ...] = ()
    left_out: str = ""


def parts_there() -> list[str]:
    """The parts that exist, in the order in which they are run."""
    return [part for part in PARTS if _is_runnable(f"{_HERE}.{part}")]


def _is_runnable(module: str) -> bool:
    spec = find_spec(module)
    if spec is None:
        return False
    if spec.submodule_search_locations is None:
        return True
    return find_spec(f"{module}.__main__") is not None


def plan(part: str, shared: Path, *, quick: bool) -> Plan:
    """What to run of a part, by the options it says it has."""
    options = _help_of(part)
    arguments: tuple[str, ...] = ()
    if "--shared" in options:
        if not shared.is_dir():
            return Plan(part, left_out=f"needs reference material; there is none at {shared}")
        arguments = ("--shared", str(shared))
    if not quick:
        return Plan(part, arguments)
    if "--quick" in options:
        return Plan(part, (*arguments, "--quick"))
    if part in QUICK_ARGUMENTS:
        return Plan(part, (*arguments, *QUICK_ARGUMENTS[part]))
    return Plan(part, left_out=f"takes its time; run make bench-{part}")


def _help_of(part: str) -> str:
    return subprocess.run(  # noqa: S603 - this interpreter, a module of this package
        [*_program(part), "--help"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    ).stdout


def _program(part: str) -> list[str]:
    return [sys.executable, "-m", f"{_HERE}.{part}"]


def run_part(part: str, arguments: Sequence[str], seconds: float | None) -> Outcome:
    """Run a part with its output shown; stopped after ``seconds`` where given."""
    begun = time.monotonic()
    failure = ""
    # A group of its own, so that what the part started ends with it.
    with subprocess.Popen([*_program(part), *arguments], process_group=0) as process:  # noqa: S603
        try:
            if status := process.wait(seconds):
                failure = f"failed with exit status {status}"
        except subprocess.TimeoutExpired:
            failure = "stopped: the quick bench's time is over"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    return Outcome(part, time.monotonic() - begun, failure)


@click.command()
@click.option("--quick", is_flag=True, help="Small work, under three minutes in all.")
@click.option("--part", "parts", multiple=True, type=click.Choice(PARTS), help="Only this one.")
@click.option("--shared", default=SHARED, type=click.Path(path_type=Path), help="The corpora.")
def main(quick: bool, parts: tuple[str, ...], shared: Path) -> None:
    """Run every bench there is and say how each went."""
    begun = time.monotonic()
    outcomes = []
    for part in [part for part in parts_there() if not parts or part in parts]:
        chosen = plan(part, shared, quick=quick)
        if chosen.left_out:
            print(f"\n== {part}: left out: {chosen.left_out}", flush=True)
            continue
        print(f"\n== {part}", flush=True)
        left = max(0.1, QUICK_SECONDS - (time.monotonic() - begun)) if quick else None
        outcomes.append(run_part(part, chosen.arguments, left))
    print("\n== in all")
    for outcome in outcomes:
        print(f"{outcome.part:12} {outcome.seconds:8.1f} s  {outcome.failure or 'done'}")
    if any(outcome.failure for outcome in outcomes):
        sys.exit(1)


if __name__ == "__main__":
    main()
