"""The store: one unit of work per tenant, one small store per noun.

Records are frozen values; rows never leave the adapter. A unit of work is opened for one tenant
and can reach no other, commits on a clean exit and rolls back on an exception::

    with store.unit_of_work(tenant.id) as uow:
        posted = uow.journal.post(entry, actor="anna", at=clock())

The records live beside their protocols: ``store_people``, ``store_documents``, ``store_review``,
``store_rules``, ``store_ledger``, ``store_bank``, ``store_billing``, ``store_operations``.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from contor.ports.desk_views import DeskViews
from contor.ports.store_bank import BankStore
from contor.ports.store_billing import (
    ContractStore,
    DraftStore,
    InvoiceStore,
    NumberStore,
    UsageStore,
)
from contor.ports.store_chains import ChainStore
from contor.ports.store_document_keys import DocumentKeyStore
from contor.ports.store_documents import (
    DocumentStore,
    FindingStore,
    ReadingStore,
    SuggestionStore,
)
from contor.ports.store_ledger import (
    ChartStore,
    CostCentreStore,
    JournalStore,
    OpenItemStore,
    PeriodStore,
    TaxCodeStore,
)
from contor.ports.store_operations import (
    ArchiveIndexStore,
    OutboxStore,
    RunStore,
    TenantSettingsStore,
)
from contor.ports.store_people import (
    AccountHolderStore,
    PartyStore,
    Tenant,
    TenantStore,
    UserStore,
)
from contor.ports.store_review import DecisionStore, LabelStore, ReviewStore
from contor.ports.store_rules import RuleStore
from contor.ports.store_supplier_layouts import SupplierLayoutStore


class UnitOfWork(Protocol):
    """Everything of one tenant within one transaction."""

    @property
    def tenant(self) -> Tenant:
        """The tenant this unit works for."""
        ...

    @property
    def users(self) -> UserStore: ...  # noqa: D102 - the attribute's name says it
    @property
    def parties(self) -> PartyStore: ...  # noqa: D102
    @property
    def accounts(self) -> ChartStore: ...  # noqa: D102
    @property
    def cost_centres(self) -> CostCentreStore: ...  # noqa: D102
    @property
    def tax_codes(self) -> TaxCodeStore: ...  # noqa: D102
    @property
    def periods(self) -> PeriodStore: ...  # noqa: D102
    @property
    def journal(self) -> JournalStore: ...  # noqa: D102
    @property
    def open_items(self) -> OpenItemStore: ...  # noqa: D102
    @property
    def documents(self) -> DocumentStore: ...  # noqa: D102
    @property
    def document_keys(self) -> DocumentKeyStore: ...  # noqa: D102
    @property
    def readings(self) -> ReadingStore: ...  # noqa: D102
    @property
    def supplier_layouts(self) -> SupplierLayoutStore: ...  # noqa: D102
    @property
    def findings(self) -> FindingStore: ...  # noqa: D102
    @property
    def suggestions(self) -> SuggestionStore: ...  # noqa: D102
    @property
    def review(self) -> ReviewStore: ...  # noqa: D102
    @property
    def decisions(self) -> DecisionStore: ...  # noqa: D102
    @property
    def labels(self) -> LabelStore: ...  # noqa: D102
    @property
    def rules(self) -> RuleStore: ...  # noqa: D102
    @property
    def bank(self) -> BankStore: ...  # noqa: D102
    @property
    def contracts(self) -> ContractStore: ...  # noqa: D102
    @property
    def usage(self) -> UsageStore: ...  # noqa: D102
    @property
    def drafts(self) -> DraftStore: ...  # noqa: D102
    @property
    def invoices(self) -> InvoiceStore: ...  # noqa: D102
    @property
    def numbers(self) -> NumberStore: ...  # noqa: D102
    @property
    def archive_index(self) -> ArchiveIndexStore: ...  # noqa: D102
    @property
    def chains(self) -> ChainStore: ...  # noqa: D102
    @property
    def outbox(self) -> OutboxStore: ...  # noqa: D102
    @property
    def runs(self) -> RunStore: ...  # noqa: D102
    @property
    def settings(self) -> TenantSettingsStore: ...  # noqa: D102
    @property
    def views(self) -> DeskViews: ...  # noqa: D102


class Administration(Protocol):
    """What is above tenants: making them, and finding who signs in."""

    @property
    def tenants(self) -> TenantStore: ...  # noqa: D102
    @property
    def users(self) -> AccountHolderStore: ...  # noqa: D102


class Store(Protocol):
    """The database."""

    def unit_of_work(self, tenant_id: int) -> AbstractContextManager[UnitOfWork]:
        """One transaction for one tenant; refuses ``tenant_unknown``."""
        ...

    def reading(self, tenant_id: int) -> AbstractContextManager[UnitOfWork]:
        """A unit that only looks (pages, reports): waits for nobody, and keeps nothing."""
        ...

    def unit_of_work_on(self, session: object, tenant_id: int) -> UnitOfWork:
        """A unit on a database session somebody else commits (a durable run's transaction)."""
        ...

    def administration(self) -> AbstractContextManager[Administration]:
        """One transaction above tenants."""
        ...

    def dispose(self) -> None:
        """Close the connections."""
        ...
