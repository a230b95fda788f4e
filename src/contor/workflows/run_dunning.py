"""Dun: draft the reminders that are due and lay them into the outbox, each once.

What was sent before is read from the outbox itself: the key of a reminder is its meaning (customer,
level, items), so a second run drafts nothing twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from contor.dunning.fees_and_interest import Debtor
from contor.dunning.levels import PastNotice, due_level
from contor.dunning.notices import Notice, draft_notice
from contor.dunning.procedure import standard_procedure
from contor.ledger.open_items import OpenItem
from contor.ports.store import UnitOfWork
from contor.ports.store_operations import OutboxMessage
from contor.ports.store_people import PartyRecord
from contor.ports.workplace import Workplace

KIND = "dunning"


@dataclass(slots=True)
class DunningReport:
    """What a run did: reminders by level, and the sum they claim by currency (minor units)."""

    run_id: str
    by_level: dict[str, int] = field(default_factory=dict)
    claimed_minor: dict[str, int] = field(default_factory=dict)

    @property
    def notices(self) -> int:
        """Reminders drafted."""
        return sum(self.by_level.values())


def run_dunning(work: Workplace, tenant_id: int, as_of: date) -> DunningReport:
    """Draft what is due on the day; everything of one run is laid down together."""
    report = DunningReport(f"dunning:{tenant_id}:{as_of.isoformat()}")
    with work.store.unit_of_work(tenant_id) as uow:
        uow.runs.start(report.run_id, KIND, work.clock(), {"as_of": as_of.isoformat()})
        parties = {party.number: party for party in uow.parties.all()}
        past = _past(uow)
        for (number, _), items in sorted(_by_customer(uow).items()):
            notice = _due(items, as_of, past.get(number, []), parties.get(number))
            if notice is not None:
                _lay_down(work, uow, notice, parties.get(number), report)
        uow.runs.record(report.run_id, "done", work.clock(), asdict(report))
    return report


def _by_customer(uow: UnitOfWork) -> dict[tuple[str, str], list[OpenItem]]:
    grouped: defaultdict[tuple[str, str], list[OpenItem]] = defaultdict(list)
    for item in uow.open_items.open("receivable"):
        grouped[item.party_number, item.gross.currency].append(item)
    return grouped


def _past(uow: UnitOfWork) -> dict[str, list[Mapping[str, Any]]]:
    """Reminders laid down before, by customer, oldest first."""
    found: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for message in uow.outbox.all():
        if message.kind == KIND:
            found[str(message.payload["customer"])].append(message.payload)
    return found


def _due(
    items: Sequence[OpenItem],
    as_of: date,
    past: Sequence[Mapping[str, Any]],
    party: PartyRecord | None,
) -> Notice | None:
    open_numbers = {item.number for item in items}
    about = [one for one in past if open_numbers & set(one["items"])]
    last = (
        PastNotice(int(about[-1]["level"]), date.fromisoformat(about[-1]["on"])) if about else None
    )
    due = due_level(standard_procedure(), items, as_of, last)
    if due is None:
        return None
    debtor = Debtor(
        business=bool(party and party.vat_ids),
        reminded_on=date.fromisoformat(about[0]["on"]) if about else None,
    )
    language = (party.language if party else "") or "de"
    charged = any(one.get("lump_sum") for one in about)
    return draft_notice(due, debtor, as_of, language, lump_sum_charged=charged)


def _lay_down(
    work: Workplace,
    uow: UnitOfWork,
    notice: Notice,
    party: PartyRecord | None,
    report: DunningReport,
) -> None:
    payload = {
        "customer": notice.customer_number,
        "to": party.email if party else "",
        "subject": notice.title,
        "text": notice.text,
        "level": notice.level,
        "on": notice.on.isoformat(),
        "items": list(notice.items),
        "lump_sum": bool(notice.charges.lump_sum),
        "total": str(notice.total),
    }
    uow.outbox.add(OutboxMessage(notice.key, KIND, payload, work.clock()))
    level = str(notice.level)
    report.by_level[level] = report.by_level.get(level, 0) + 1
    currency = notice.total.currency
    report.claimed_minor[currency] = report.claimed_minor.get(currency, 0) + notice.total.minor
