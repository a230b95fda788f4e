"""Learn from what a company coded before it opened its books here; once, before its first decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contor.account_assignment.targets import TARGETS
from contor.errors import Refusal
from contor.ports.store_review import LabelRecord
from contor.ports.workplace import Workplace
from contor.workflows.load_books import label_of


@dataclass(frozen=True, slots=True)
class Learnt:
    """How many lines are learnt from, which were refused (by row), what the chart does not know."""

    lines: int
    refused: tuple[tuple[int, Refusal], ...]
    uncoded: int
    strange_accounts: tuple[str, ...]


def learn_past(
    work: Workplace, tenant_id: int, rows: Iterable[tuple[int, Mapping[str, str]]]
) -> Learnt:
    """Keep coded lines (row, cells by column) as labels; a line that cannot be kept loses no other.

    Accounts that the chart lacks are kept as they were and not suggested.

    Raises:
        Refusal: ``history_known``.
    """
    labels: list[LabelRecord] = []
    refused: list[tuple[int, Refusal]] = []
    uncoded = 0
    with work.store.unit_of_work(tenant_id) as uow:
        known = uow.labels.count()
        if known:
            raise Refusal(
                "history_known",
                "These books have learnt from {count} lines already.",
                "A ledger of the past is learnt once, before the first decision.",
                count=known,
            )
        for number, row in rows:
            if not any((row.get(target) or "").strip() for target in TARGETS):
                uncoded += 1
                continue
            try:
                labels.append(label_of(number, row, uow.tenant.currency))
            except Refusal as refusal:
                refused.append((number, refusal))
        uow.labels.add(labels)
        chart = uow.accounts.chart()
        named = {label.account for label in labels if label.account}
    strange = sorted(account for account in named if account not in chart)
    return Learnt(len(labels), tuple(refused), uncoded, tuple(strange))
