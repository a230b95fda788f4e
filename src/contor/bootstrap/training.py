"""The scheduled retraining: in a process of its own, so that nobody waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field

import structlog

from contor.ports.workplace import Workplace
from contor.settings import Settings
from contor.workflows.document_retraining import documents_due
from contor.workflows.retraining import retraining_due

_EVERY_SECONDS = 600.0


@dataclass
class TrainingWatch:
    """Looks now and then whether a tenant's model is due, and starts one training at a time."""

    settings: Settings
    every: float = _EVERY_SECONDS
    _looked: float = field(default=float("-inf"))
    _running: subprocess.Popen[bytes] | None = None

    def look(self, work: Workplace, seconds: float) -> str:
        """Start what is due; ``seconds`` is a clock that only goes on. The tenant's key, or empty."""
        if self._running is not None and self._running.poll() is None:
            return ""
        if seconds - self._looked < self.every:
            return ""
        self._looked = seconds
        with work.store.administration() as above:
            tenants = above.tenants.all()
        for tenant in tenants:
            with work.store.reading(tenant.id) as uow:
                now = work.clock()
                due = retraining_due(uow, now)
                wanted = bool(due) or bool(documents_due(uow, now))
            if wanted:
                self._running = self._start(tenant.key)
                drift = {"drift": list(due.drifted)} if due.drifted else {}
                log = structlog.get_logger("contor.worker")
                log.info("training_started", tenant=tenant.id, **drift)
                return tenant.key
        return ""

    def wait(self, seconds: float) -> int | None:
        """Wait for a training in progress; its exit status, None where there is none."""
        return None if self._running is None else self._running.wait(seconds)

    def close(self) -> None:
        """Leave nothing behind."""
        if self._running is not None and self._running.poll() is None:
            self._running.terminate()
            self._running.wait(10)

    def _start(self, tenant: str) -> subprocess.Popen[bytes]:
        places = {
            "CONTOR_DATA_DIR": str(self.settings.data_dir.resolve()),
            "CONTOR_DATABASE_URL": self.settings.database_url,
            "OMP_NUM_THREADS": "1",
        }
        command = [sys.executable, "-m", "contor.cli", "train", "--if-due", "--quiet"]
        return subprocess.Popen(  # noqa: S603 - our own program, its arguments are ours
            [*command, "--tenant", tenant],
            env={**os.environ, **places},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
