"""Logs say what happened, never about whom."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from contor.bootstrap.logs import configure_logs
from tests.support.books import settings_in


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    """The log of a fresh folder; whatever logged before comes back afterwards."""
    logger = logging.getLogger("contor")
    before, logger.handlers = logger.handlers, []
    configure_logs(settings_in(tmp_path))
    yield tmp_path / "contor.log"
    for handler in logger.handlers:
        handler.close()
    logger.handlers = before


def fail() -> None:
    raise ValueError("secret text")


def test_only_known_facts_reach_the_log(log_file: Path) -> None:
    log = structlog.get_logger("contor.test")
    log.info("run_done", document=17, iban="DE02120300000000202051", name="Anna")
    try:
        fail()
    except ValueError:
        log.exception("run_failed", document=18)
    text = log_file.read_text("utf-8")
    done, failed = (json.loads(line) for line in text.splitlines())
    assert (done["event"], done["document"], done["level"]) == ("run_done", 17, "info")
    assert (failed["exception_type"], failed["document"]) == ("ValueError", 18)
    assert not any(word in text for word in ("DE02", "Anna", "secret"))
