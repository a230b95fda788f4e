"""The speed bench runs on a tiny sample and gives a table of the promised shape; never a time."""

from __future__ import annotations

import itertools
import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from contor_training.benchmarks import __main__ as every
from contor_training.benchmarks import speed
from contor_training.benchmarks.speed_parts import report
from contor_training.benchmarks.speed_parts.measure import (
    OURS,
    Area,
    Entry,
    Step,
    compare,
    compare_fresh,
    readable_by,
)
from contor_training.benchmarks.speed_parts.scale import Scale
from tests.support.shared import SAMPLES

TINY = Scale(
    rounds=1,
    least_seconds=0.0,
    documents=2,
    scans=0,
    a4_pages=0,
    bulk_lines=5,
    single_lines=2,
    pdfs=1,
    entries=3,
    queue_items=60,
)
DOCUMENTS = (
    "xrechnung-testsuite/01.20a-INVOICE_uncefact.xml",
    "xrechnung-testsuite/01.01a-INVOICE_ubl.xml",
    "zugferd-corpus/zugferd_2p0_EN16931_Einfach.pdf",
    "invoice2data/oyo.pdf",
)
CONTRACTS = ("catalogue", "C-10001", "C-10002")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few documents, the first rows of every table, two contracts."""
    folder = tmp_path_factory.mktemp("samples")
    shutil.copytree(SAMPLES / "charts", folder / "charts")
    shutil.copytree(SAMPLES / "statements", folder / "statements")
    for name in DOCUMENTS:
        twin = f"{name}.expected.json"
        (folder / "documents" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SAMPLES / "documents" / name, folder / "documents" / name)
        shutil.copy(SAMPLES / "documents" / twin, folder / "documents" / twin)
    (folder / "demo" / "contracts").mkdir(parents=True)
    for name in ("ledger", "parties", "open_items", "usage"):
        with (SAMPLES / "demo" / f"{name}.csv").open(encoding="utf-8") as stream:
            head = "".join(itertools.islice(stream, 200))
        (folder / "demo" / f"{name}.csv").write_text(head, encoding="utf-8")
    for name in CONTRACTS:
        shutil.copy(SAMPLES / "demo" / "contracts" / f"{name}.yaml", folder / "demo" / "contracts")
    return folder


EXPECTED = {
    "documents": ["read XML", "read hybrid PDF", "read text PDF"],
    "suggestions": ["learn a ledger", "suggest in bulk", "suggest one by one"],
    "bank": ["parse camt.053", "parse mt940", "parse csv", "reconcile"],
    "invoices": ["draft, tax, total", "issue on SQLite", "render ZUGFeRD PDF"],
    "books": ["post, one a transaction", "queue of 60, first page"],
    "start_up": ["contor --help"],
}


def test_every_area_is_expected() -> None:
    assert list(EXPECTED) == list(speed.AREAS)


@pytest.mark.parametrize("name", EXPECTED)
def test_an_area_measures_every_step_beside_a_peer(
    name: str, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "documents":
        from contor_training.benchmarks.speed_parts import documents

        # Recognition has tests of its own; here it would only be slow.
        monkeypatch.setattr(documents, "_a4_pages", lambda *_: step_of(OURS, "Tesseract alone"))
    area = speed.measure_area(name, samples, TINY)
    names = [step.name for step in area.steps]
    assert set(EXPECTED[name]) <= set(names)
    assert area.peak_mib > 1
    for step in area.steps:
        assert step.count > 0
        assert step.entries[0].who == OURS
        assert len(step.entries) > 1, f"{step.name} stands beside nothing"
        assert all(entry.wall >= 0 for entry in step.entries)


def step_of(*who: str) -> Step:
    return Step(
        "read XML", "documents", 4, tuple(Entry(w, 2.0, 1.0 + n) for n, w in enumerate(who))
    )


AREA = Area("documents", (step_of(OURS, "peer"),), 120.0)
FAILED = Area("bank", failure="OSError: gone")


def test_the_table_has_a_row_for_ours_and_each_peer() -> None:
    ours, peer = report.rows(AREA)
    assert ours == ("read XML", "4 documents", OURS, "2.00", "4.00", "250", "")
    assert peer == ("", "", "peer", "2.00", "2.00", "500", "2.0 ×")
    assert all(len(row) == len(report.COLUMNS) for row in (ours, peer))


def test_the_text_is_aligned_and_names_failures() -> None:
    title, head, *rows = report.plain([AREA, FAILED]).splitlines()
    assert title.startswith("Speeds on ")
    assert head.split("  ")[0] == "step"
    assert [row.split("  ")[0] for row in rows] == ["DOCUMENTS", "read XML", "", "BANK"]
    assert "OSError: gone" in rows[-1]
    assert rows[1].index(OURS) == rows[2].index("peer") == head.index("by")


def test_markdown_has_a_table_an_area() -> None:
    text = report.markdown([AREA, FAILED])
    assert "### Documents" in text
    assert "| read XML | 4 documents | Contor | 2.00 | 4.00 | 250 |  |" in text
    assert "failed OSError: gone." in text


def test_a_run_prints_one_json_object(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def here(names: Any, folder: Path, scale: Scale) -> Any:
        del scale
        return (speed.measure_area(name, folder, TINY) for name in names)

    monkeypatch.setattr(speed, "measure_apart", here)
    arguments = ["--samples", str(samples), "--area", "bank", "--json"]
    result = CliRunner().invoke(speed.main, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert set(found) == {"machine", "rounds", "areas"}
    assert found["areas"][0]["name"] == "bank"
    entry = found["areas"][0]["steps"][0]["entries"][0]
    assert set(entry) == {"by", "wall_seconds", "cpu_seconds", "per_second", "per_cpu_second"}


def test_an_area_that_fails_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    failed, done = speed.measure_apart(["bank", "start_up"], tmp_path, TINY)
    assert failed.failure.startswith("FileNotFoundError")
    assert failed.steps == ()
    assert [step.name for step in done.steps] == ["contor --help"]


def test_work_that_can_be_done_once_is_prepared_every_round() -> None:
    prepared: list[str] = []

    def prepare() -> Any:
        prepared.append("fresh")
        return lambda: prepared.append("done")

    compare_fresh("post", "entries", 1, {OURS: prepare}, Scale(rounds=3))
    assert prepared == ["fresh", "done"] * 3


def test_short_work_is_repeated() -> None:
    calls: list[int] = []
    compare("x", "calls", 1, {OURS: lambda: calls.append(1)}, Scale(rounds=1, least_seconds=0.01))
    assert len(calls) > 10


def test_a_peer_is_asked_only_for_what_it_reads() -> None:
    assert readable_by(int, ["1", "x", "3"]) == ["1", "3"]


def test_parts_are_those_that_can_be_run() -> None:
    assert set(every.parts_there()) >= {"speed", "einvoice", "banking", "billing"}
    assert not every._is_runnable("contor_training.benchmarks.nothing")
    assert not every._is_runnable("contor_training.benchmarks.speed_parts")


def test_a_part_gets_what_it_says_it_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(every, "_help_of", lambda part: {"speed": "--quick"}.get(part, "--shared"))
    assert every.plan("speed", tmp_path, quick=False).arguments == ()
    assert every.plan("speed", tmp_path, quick=True).arguments == ("--quick",)
    assert every.plan("billing", tmp_path, quick=False).arguments == ("--shared", str(tmp_path))
    assert "--invoices" in every.plan("billing", tmp_path, quick=True).arguments
    assert "takes its time" in every.plan("assignment", tmp_path, quick=True).left_out
    assert "reference material" in every.plan("banking", tmp_path / "no", quick=False).left_out


@pytest.mark.parametrize(("code", "said"), [("0", ""), ("3", "failed with exit status 3")])
def test_a_failing_part_is_reported(
    code: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "part.py"
    program.write_text(f"raise SystemExit({code})", encoding="utf-8")
    monkeypatch.setattr(every, "_program", lambda _: [sys.executable, str(program)])
    assert every.run_part("speed", (), 60).failure == said


def test_a_quick_part_is_stopped_with_all_it_started_when_time_is_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "part.py"
    program.write_text(STARTS_ANOTHER, encoding="utf-8")
    monkeypatch.setattr(every, "_program", lambda _: [sys.executable, str(program), str(tmp_path)])
    assert every.run_part("speed", (), 3).failure.startswith("stopped")
    number = (tmp_path / "child").read_text(encoding="ascii")
    waited = time.monotonic() + 10
    while is_alive(number) and time.monotonic() < waited:
        time.sleep(0.05)
    assert not is_alive(number)


def is_alive(number: str) -> bool:
    try:
        status = Path(f"/proc/{number}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.split()[2] != "Z"


STARTS_ANOTHER = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1] + "/child", "w").write(str(child.pid))
time.sleep(60)
"""
