"""Share a prior: companies that agreed to it pool which account suppliers' names go to.

Off unless a company switches it on. The pool is kept among each sharing company's own settings, so
that nothing reaches across companies when something is suggested.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contor.account_assignment.shared_prior import contribution, pooled
from contor.ports.store import UnitOfWork
from contor.ports.store_people import Tenant
from contor.ports.workplace import Workplace

SHARING, PRIOR = "sharing", "shared_prior"
ACTOR = "sharing"
_LOOKED_AT = 50_000


@dataclass(frozen=True, slots=True)
class Sharing:
    """Whether a company shares, and what it knows from the others: account and companies by name."""

    on: bool
    received: Mapping[str, tuple[str, int]]


def sharing_of(uow: UnitOfWork) -> Sharing:
    """Whether the company shares, and what it got."""
    known = (uow.settings.current(PRIOR) or {}).get("accounts") or {}
    received = {name: (str(found[0]), int(found[1])) for name, found in known.items()}
    return Sharing(_shares(uow), received)


def given_names(uow: UnitOfWork) -> dict[str, str]:
    """What leaves the company while it shares: the account by normalised supplier name."""
    found = contribution((label.supplier, label.account) for label in uow.labels.newest(_LOOKED_AT))
    return dict(sorted(found.items()))


def set_sharing(work: Workplace, tenant_id: int, actor: str, *, on: bool) -> int:
    """Agree to share, or end it: then nothing of the company is left in anybody's pool.

    The number of suppliers the company gets from the others.
    """
    with work.store.unit_of_work(tenant_id) as uow:
        uow.settings.add(SHARING, {"on": on}, actor, work.clock())
    return share(work).get(tenant_id, 0)


def share(work: Workplace) -> dict[int, int]:
    """Pool anew among all that share; by tenant how many suppliers it gets."""
    with work.store.administration() as above:
        tenants = above.tenants.all()
    given: dict[str, list[tuple[Tenant, dict[str, str]]]] = {}
    for tenant in tenants:
        with work.store.reading(tenant.id) as uow:
            if _shares(uow):
                given.setdefault(_scheme(uow), []).append((tenant, given_names(uow)))
    pools = {scheme: pooled([own for _, own in some]) for scheme, some in given.items()}
    member = {tenant.id: scheme for scheme, some in given.items() for tenant, _ in some}
    counts = {}
    for tenant in tenants:
        pool = pools[member[tenant.id]] if tenant.id in member else {}
        content = {"accounts": {name: list(found) for name, found in sorted(pool.items())}}
        with work.store.unit_of_work(tenant.id) as uow:
            if content != (uow.settings.current(PRIOR) or {"accounts": {}}):
                uow.settings.add(PRIOR, content, ACTOR, work.clock())
        counts[tenant.id] = len(pool)
    return counts


def _shares(uow: UnitOfWork) -> bool:
    return bool((uow.settings.current(SHARING) or {}).get("on"))


def _scheme(uow: UnitOfWork) -> str:
    """The standard chart, by the account of payables: accounts mean the same only within it."""
    return str((uow.settings.current("control_accounts") or {}).get("payables", ""))
