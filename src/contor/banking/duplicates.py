"""Duplicates: the natural key of a bank line, and which lines of a new file are new.

Two identical genuine lines of one day are two lines: the key carries an occurrence counter, which
starts again with every file. A file that overlaps an earlier one repeats keys and counters, so its
repeated lines are recognised and a second genuine line is not lost.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from contor.banking.statement import BankLine


def natural_key(line: BankLine) -> str:
    """What makes the line what it is, as a short hash (hexadecimal, 16 digits).

    The bank's own id of the booking is left out: banks number the same line anew in every export.
    """
    parts = (
        line.account_iban,
        line.booking_date.isoformat(),
        format(line.amount.normalize(), "f"),
        line.currency,
        line.counterparty_name,
        line.counterparty_iban,
        line.remittance,
        line.end_to_end_id,
        line.mandate_id,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def number_lines(lines: Iterable[BankLine]) -> list[BankLine]:
    """Give every line of one file its id: natural key and occurrence (``…-1``, ``…-2``)."""
    seen: Counter[str] = Counter()
    numbered = []
    for line in lines:
        key = natural_key(line)
        seen[key] += 1
        numbered.append(replace(line, id=f"{key}-{seen[key]}"))
    return numbered


def new_lines(lines: Iterable[BankLine], known_ids: Collection[str]) -> list[BankLine]:
    """The booked lines whose id is not among ``known_ids`` (ids from :func:`number_lines`)."""
    known = frozenset(known_ids)
    booked = (line for line in lines if not line.pending)
    return [line for line in number_lines(booked) if line.id not in known]
