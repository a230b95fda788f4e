"""One assigner per tenant, in memory: fitted on the tenant's labels, taught by every new one.

What an assigner knows follows from the tenant's labels, rules and chart alone, so that two processes
that have seen the same decisions give the same answers, and a process that starts again knows what
the one before it knew.
"""

from __future__ import annotations

import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog

from contor.account_assignment.assigner import VERSION, AccountAssigner
from contor.account_assignment.keys import KEYS
from contor.account_assignment.lines import Lines
from contor.account_assignment.rate_parts import parted_by_rate
from contor.account_assignment.reverse_charge import NOTHING_KNOWN, OwedTax
from contor.account_assignment.shared_prior import Prior
from contor.account_assignment.suggestion import Suggestion
from contor.account_assignment.targets import TARGETS
from contor.account_assignment.track import TargetTrack, tracks_of
from contor.account_assignment.trade_sense import TradeSense
from contor.adapters.model_shelf import FolderShelf
from contor.errors import Refusal
from contor.ledger.tax_code import TaxCode
from contor.ports.assignment import TextEncoder
from contor.ports.store import UnitOfWork
from contor.ports.store_review import LabelRecord
from contor.review.autopilot_changes import AutopilotChange, Change
from contor.review.control_accounts import ControlAccounts
from contor.review.said import said_of

MODEL = "account-assignment"
SETTING = "live_model"  # as contor.workflows.live_model writes it
PRIOR = "shared_prior"  # as contor.workflows.share_prior writes it
KIND = f"assigner {VERSION}, {len(KEYS)} keys"
CARRIED = ("vat_id", "iban", "tax_rate", "doc_no")
MOST_LINES = 200_000
"""Lines of a tenant that are learnt from, the youngest: some 1 GB of memory."""
MOST_TENANTS = 24
"""Tenants whose assigners are kept; the one asked least recently makes room."""
_LOG = structlog.get_logger("contor.autopilot")


@dataclass(slots=True)
class _Known:
    assigner: AccountAssigner
    last_label: int
    live: str
    lines: int


@dataclass(slots=True)
class _Seat:
    """A tenant's place: who asks takes its lock, so that tenants do not wait for each other."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    known: _Known | None = None
    braked: frozenset[str] = frozenset()


class TenantAssigner:
    """What workflows ask: rows in, suggestions as JSON values out."""

    def __init__(self, known: _Known, lock: threading.Lock, rules: int) -> None:
        self._assigner = known.assigner
        self._lock = lock
        self._heard = f"{known.last_label}.{rules}"

    @property
    def version(self) -> str:
        """The kind of model, the youngest label and the youngest rule it knows."""
        return f"account-assignment/{self._assigner.version_}@{self._heard}"

    def suggest(self, lines: Sequence[Mapping[str, str]]) -> Sequence[Mapping[str, Any]]:
        """One suggestion a line, by target."""
        with self._lock:
            found = self._assigner.suggest(Lines.from_rows(lines))
        return [{target: _json(one) for target, one in line.items()} for line in found]

    def owed_tax(self, codes: Sequence[TaxCode]) -> OwedTax:
        """Which accounts were only, and which never, booked with tax codes of tax we owe."""
        history = self._assigner.history_
        return NOTHING_KNOWN if history is None else OwedTax.of(history, codes)

    def parted_by_rate(self, lines: Sequence[Mapping[str, str]]) -> Sequence[bool]:
        """Whether documents of several VAT rates went to several cost centres, by line's supplier."""
        history = self._assigner.history_
        if history is None:
            return [False] * len(lines)
        return parted_by_rate(history, Lines.from_rows(lines))

    def tracks(self) -> Mapping[str, TargetTrack]:
        """By target how the decisions known so far went."""
        with self._lock:
            return tracks_of(self._assigner, self._assigner.error)


class TenantAssigners:
    """Assigners by tenant: the live version of the tenant's shelf, else fitted here.

    The promise of the autopilot (share of wrong postings at most) is the tenant's setting
    ``routing.promise``, else ``error``. ``encoder`` and ``sense`` read a chart where the past is silent.
    """

    def __init__(
        self,
        error: float = 0.01,
        shelves: Path | None = None,
        encoder: Callable[[], TextEncoder | None] = lambda: None,
        sense: Callable[[], TradeSense | None] = lambda: None,
        most_lines: int = MOST_LINES,
        most_tenants: int = MOST_TENANTS,
    ) -> None:
        self._error = error
        self._shelves = shelves
        self._encoder = encoder
        self._sense = sense
        self._most_lines = most_lines
        self._most_tenants = most_tenants
        self._seats: OrderedDict[int, _Seat] = OrderedDict()
        self._door = threading.Lock()

    def of(self, uow: UnitOfWork) -> TenantAssigner:
        """The tenant's assigner, knowing every label and rule stored so far."""
        seat = self._seat(uow.tenant.id)
        with seat.lock:
            known = self._up_to_date(uow, seat)
            rules = uow.rules.current()
            known.assigner.equip(
                _chart_of(uow),
                self._encoder(),
                self._sense(),
                [record.rule for record in rules],
                [centre.code for centre in uow.cost_centres.all() if centre.open],
                _shared(uow),
            )
            known.assigner.promise(self._promise(uow))
            _tell_brakes(uow.tenant.id, seat, known.assigner)
        return TenantAssigner(known, seat.lock, uow.rules.last_id())

    def ready(self, tenant_id: int) -> bool:
        """Whether the tenant's models are fitted."""
        seat = self._seats.get(tenant_id)
        return seat is not None and seat.known is not None

    def _seat(self, tenant_id: int) -> _Seat:
        with self._door:
            seat = self._seats.setdefault(tenant_id, _Seat())
            self._seats.move_to_end(tenant_id)
            while len(self._seats) > self._most_tenants:
                self._seats.popitem(last=False)
        return seat

    def _up_to_date(self, uow: UnitOfWork, seat: _Seat) -> _Known:
        last = uow.labels.last_id()
        live = live_version(uow)
        known = seat.known
        if known is None or known.live != live or known.lines > 1.25 * self._most_lines:
            known = self._load(uow, live) or self._fit(uow, last, live)
        if last > known.last_label:
            fresh = uow.labels.all(after_id=known.last_label)
            known.assigner.learn(Lines.from_rows([row_of(label) for label in fresh]), _said(fresh))
            known.last_label = last
            known.lines += len(fresh)
        seat.known = known
        return known

    def _load(self, uow: UnitOfWork, live: str) -> _Known | None:
        """The version that went live, if the shelf still has it and it fits this program."""
        if not live or self._shelves is None:
            return None
        try:
            shelved = FolderShelf(self._shelves / uow.tenant.key).load(MODEL, live)
        except Refusal:
            return None
        if shelved.manifest.get("kind") != KIND:
            return None
        found = pickle.loads(shelved.content)  # noqa: S301 - our own file, its hash was checked
        assert isinstance(found, AccountAssigner)
        kept = uow.settings.current(SETTING) or {}
        last = int(kept["last_label"])
        _recall(found, [label for label in uow.labels.corrected() if label.id <= last])
        return _Known(found, last, live, len(found.history_ or ()))

    def _fit(self, uow: UnitOfWork, last: int, live: str) -> _Known:
        labels = uow.labels.newest(self._most_lines)
        lines = Lines.from_rows([row_of(label) for label in labels])
        assigner = AccountAssigner(self._promise(uow)).fit(lines)
        _recall(assigner, [label for label in labels if said_of(label)])
        return _Known(assigner, last, live, len(labels))

    def _promise(self, uow: UnitOfWork) -> float:
        routing = uow.settings.current("routing") or {}
        return float(routing.get("promise", self._error))


def _tell_brakes(tenant_id: int, seat: _Seat, assigner: AccountAssigner) -> None:
    """Log each target that the brake stopped or let go since it was last looked at here.

    The brake is no state of the books: each process finds it from the same decisions, and tells it.
    """
    on = frozenset(target for target, brake in assigner.brakes_.items() if brake.on)
    for target in sorted(on ^ seat.braked):
        brake = assigner.brakes_.get(target)
        figures = {
            "evidence": round(brake.evidence, 2) if brake else 0.0,
            "promise": assigner.error,
        }
        becomes: Change = "suspended" if target in on else "resumed"
        change = AutopilotChange(target, becomes, "brake", figures)
        _LOG.info(change.event, **change.details(tenant_id))
    seat.braked = on


def live_version(uow: UnitOfWork) -> str:
    """Number of the tenant's live model, empty where none was promoted."""
    return str((uow.settings.current(SETTING) or {}).get("version", ""))


def row_of(label: LabelRecord) -> dict[str, str]:
    """A label as a row of a coded ledger; every row has every column."""
    carried = label.columns or {}
    return {
        "date": label.date.isoformat(),
        "supplier": label.supplier,
        "supplier_id": label.supplier_id,
        "description": label.description,
        "amount": str(label.amount.amount),
        "currency": label.amount.currency,
        **{name: carried.get(name, "") for name in CARRIED},
        "account": label.account,
        "cost_centre": label.cost_centre,
        "tax_code": label.tax_code,
    }


def _recall(assigner: AccountAssigner, labels: Sequence[LabelRecord]) -> None:
    """Teach an assigner again what people decided against it, in the order they did."""
    ordered = sorted(labels, key=lambda label: label.id)
    assigner.remember(Lines.from_rows([row_of(label) for label in ordered]), _said(ordered))


def _said(labels: Sequence[LabelRecord]) -> dict[str, tuple[str, ...]]:
    """By target what was suggested to the person, one cell a label, empty where nobody was asked."""
    told = [said_of(label) for label in labels]
    return {target: tuple(one.get(target, "") for one in told) for target in TARGETS}


def _chart_of(uow: UnitOfWork) -> tuple[tuple[str, str], ...]:
    """Open accounts that a supplier's line can be booked to: none that the house books by itself."""
    taken = {
        number
        for code in uow.tax_codes.all()
        for number in (code.tax_account, code.counter_account)
    }
    control = uow.settings.current("control_accounts")
    if control:
        accounts = ControlAccounts.from_json(control)
        taken |= {accounts.payables, accounts.receivables, accounts.bank, accounts.suspense}
    return tuple(
        (account.number, account.name)
        for account in uow.accounts.chart().accounts
        if account.open and account.number not in taken
    )


def _shared(uow: UnitOfWork) -> Prior:
    """What other companies book suppliers to, where this one shares, too."""
    kept = (uow.settings.current(PRIOR) or {}).get("accounts") or {}
    return {name: (str(account), int(companies)) for name, (account, companies) in kept.items()}


def _json(found: Suggestion) -> dict[str, Any]:
    record = found.to_json()
    return {
        "value": found.code,
        "confidence": record["confidence"],
        "auto": found.auto,
        "rung": found.rung,
        "reason": found.reason,
        "nearest": record["nearest"],
        "words": record["words"],
        "alternatives": [
            {"value": code, "confidence": round(chance, 4)} for code, chance in found.ranked()[1:]
        ],
    }
