"""Logs: one JSON object a line, with named facts only.

What is not on the list of known keys is dropped before it is written: names, texts, amounts, IBANs
and secrets have no key, so they cannot slip into a log. Ids lead back to the records.

>>> known_only(None, "info", {"event": "run_done", "document": 17, "iban": "DE02..."})
{'event': 'run_done', 'document': 17}
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from logging.handlers import RotatingFileHandler
from typing import Any

import structlog

from contor.settings import Settings

KNOWN = frozenset(
    [
        "event",
        "level",
        "at",
        "tenant",
        "run",
        "kind",
        "document",
        "bank_line",
        "invoice",
        "code",
        "state",
        "status",
        "seconds",
        "count",
        "method",
        "route",
        "worker",
        "exception_type",
        "target",
        "promise",
        "sampled",
        "wrong",
        "evidence",
        "drift",
    ]
)
_MOST_BYTES = 10_000_000


def known_only(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep the facts that may stand in a log; an exception gives its type, never its text."""
    failed = sys.exc_info()[0] if event.get("exc_info") is True else None
    if failed is not None:
        event["exception_type"] = failed.__name__
    return {key: value for key, value in event.items() if key in KNOWN}


class _MessageOnly(logging.Formatter):
    """The JSON line and nothing after it: a traceback may quote what was being worked on."""

    def format(self, record: logging.LogRecord) -> str:
        return record.getMessage()


def configure_logs(settings: Settings) -> None:
    """Write logs to ``contor.log`` in the data folder, the last five files of 10 MB each."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    logger = logging.getLogger("contor")
    if not logger.handlers:
        handler = RotatingFileHandler(
            settings.data_dir / "contor.log", maxBytes=_MOST_BYTES, backupCount=5, delay=True
        )
        handler.setFormatter(_MessageOnly())
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            known_only,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
