"""Watch a folder from the command line: what is laid into it is received and read."""

from __future__ import annotations

import time
from pathlib import Path

from contor.cli.manners import Report
from contor.errors import Failure, Refusal

_EVERY_SECONDS = 1.0


def watch(folder: Path, tenant: str, report: Report, *, keep: bool, rounds: int | None) -> None:
    """Look into the folder every second, for good or for a number of rounds."""
    from contor.bootstrap.intake import watched_folder
    from contor.bootstrap.service import find_tenant, open_runs, open_workplace
    from contor.workflows.take_in import IntakeReport, process_waiting
    from contor.workflows.watch_folder import take_ready

    def tell(path: str, news: Refusal | Failure) -> None:
        if isinstance(news, Refusal):
            report.refuse(path, news)
        else:
            report.note(f"{path}: {news}")

    watched = watched_folder(folder, keep=keep)
    total = IntakeReport()
    with open_workplace() as work, open_runs(work) as runs:
        owner = find_tenant(work, tenant)
        report.note(f"Watching {folder}; stop with Ctrl-C.")
        while rounds is None or rounds > 0:
            try:
                taken = take_ready(work, owner.id, watched, time.monotonic(), total, tell)
                process_waiting(work, owner.id, runs, total)
            except Failure as failure:
                if not failure.retryable:
                    raise
                report.note(str(failure))
            else:
                if taken:
                    report.note(f"{taken} files taken.")
            rounds = None if rounds is None else rounds - 1
            time.sleep(_EVERY_SECONDS)
    report.summary = {
        "received": total.received,
        "known": len(total.known),
        "by_state": total.by_state,
    }
