"""One assigner per tenant, in memory: fitted on the tenant's labels, taught by every new one."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contor.account_assignment.assigner import VERSION, AccountAssigner
from contor.account_assignment.keys import KEYS
from contor.account_assignment.lines import Lines
from contor.account_assignment.suggestion import Suggestion
from contor.adapters.model_shelf import FolderShelf
from contor.errors import Refusal
from contor.ports.store import UnitOfWork
from contor.ports.store_review import LabelRecord

MODEL = "account-assignment"
SETTING = "live_model"  # as contor.workflows.live_model writes it
KIND = f"assigner {VERSION}, {len(KEYS)} keys"


@dataclass(slots=True)
class _Known:
    assigner: AccountAssigner
    last_label: int
    live: str


class TenantAssigner:
    """What workflows ask: rows in, suggestions as JSON values out."""

    def __init__(self, assigner: AccountAssigner, lock: threading.Lock, last_label: int) -> None:
        self._assigner = assigner
        self._lock = lock
        self._last_label = last_label

    @property
    def version(self) -> str:
        """The kind of model and the youngest label it has learnt from."""
        return f"account-assignment/{self._assigner.version_}@{self._last_label}"

    def suggest(self, lines: Sequence[Mapping[str, str]]) -> Sequence[Mapping[str, Any]]:
        """One suggestion a line, by target."""
        with self._lock:
            found = self._assigner.suggest(Lines.from_rows(lines))
        return [{target: _json(one) for target, one in line.items()} for line in found]


class TenantAssigners:
    """Assigners by tenant: the live version of the tenant's shelf, else fitted here.

    The promise of the autopilot (share of wrong postings at most) is the tenant's setting
    ``routing.promise``, else ``error``.
    """

    def __init__(self, error: float = 0.01, shelves: Path | None = None) -> None:
        self._error = error
        self._shelves = shelves
        self._known: dict[int, _Known] = {}
        self._lock = threading.Lock()

    def of(self, uow: UnitOfWork) -> TenantAssigner:
        """The tenant's assigner, knowing every label stored so far."""
        last = uow.labels.last_id()
        with self._lock:
            known = self._known.get(uow.tenant.id)
            live = live_version(uow)
            if known is None or known.live != live:
                known = self._load(uow, live) or _Known(self._fit(uow), last, live)
                self._known[uow.tenant.id] = known
            if last > known.last_label:
                fresh = uow.labels.all(after_id=known.last_label)
                known.assigner.learn(Lines.from_rows([row_of(label) for label in fresh]))
                known.last_label = last
        return TenantAssigner(known.assigner, self._lock, known.last_label)

    def ready(self, tenant_id: int) -> bool:
        """Whether the tenant's models are fitted."""
        return tenant_id in self._known

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
        return _Known(found, int(kept["last_label"]), live)

    def _fit(self, uow: UnitOfWork) -> AccountAssigner:
        chart = tuple((account.number, account.name) for account in uow.accounts.chart().accounts)
        rows = [row_of(label) for label in uow.labels.all()]
        routing = uow.settings.current("routing") or {}
        promise = float(routing.get("promise", self._error))
        return AccountAssigner(promise, chart=chart).fit(Lines.from_rows(rows))


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
        **{name: carried.get(name, "") for name in ("vat_id", "iban", "tax_rate", "doc_no")},
        "account": label.account,
        "cost_centre": label.cost_centre,
        "tax_code": label.tax_code,
    }


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
        "alternatives": [{"value": code, "confidence": None} for code in found.others],
    }
