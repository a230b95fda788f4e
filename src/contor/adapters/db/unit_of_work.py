"""The unit of work: one transaction, one tenant. The only module that commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from contor.adapters.db.bad_news import bad_news
from contor.adapters.db.engine import looking
from contor.adapters.db.stores.archive_index import SqlArchiveIndexStore
from contor.adapters.db.stores.bank import SqlBankStore
from contor.adapters.db.stores.chain_rows import SqlChainStore
from contor.adapters.db.stores.chart import SqlChartStore, SqlCostCentreStore, SqlTaxCodeStore
from contor.adapters.db.stores.contracts import SqlContractStore, SqlUsageStore
from contor.adapters.db.stores.document_keys import SqlDocumentKeyStore
from contor.adapters.db.stores.documents import (
    SqlDocumentStore,
    SqlFindingStore,
    SqlReadingStore,
    SqlSuggestionStore,
)
from contor.adapters.db.stores.drafts import SqlDraftStore
from contor.adapters.db.stores.invoices import SqlInvoiceStore
from contor.adapters.db.stores.journal import SqlJournalStore
from contor.adapters.db.stores.labels import SqlLabelStore
from contor.adapters.db.stores.numbers import SqlNumberStore
from contor.adapters.db.stores.open_items import SqlOpenItemStore
from contor.adapters.db.stores.outbox import SqlOutboxStore
from contor.adapters.db.stores.parties import SqlPartyStore
from contor.adapters.db.stores.periods import SqlPeriodStore
from contor.adapters.db.stores.review import SqlDecisionStore, SqlReviewStore
from contor.adapters.db.stores.rules import SqlRuleStore
from contor.adapters.db.stores.runs import SqlRunStore, SqlTenantSettingsStore
from contor.adapters.db.stores.supplier_layouts import SqlSupplierLayoutStore
from contor.adapters.db.stores.tenants import (
    SqlAccountHolderStore,
    SqlTenantStore,
    find_tenant,
)
from contor.adapters.db.stores.users import SqlUserStore
from contor.adapters.db.tenant_session import TenantSession
from contor.adapters.db.views import SqlDeskViews
from contor.ports.store import Administration, UnitOfWork


class SqlUnitOfWork:
    """All stores of one tenant on one session."""

    def __init__(self, session: Session, tenant_id: int) -> None:
        self.tenant = find_tenant(session, tenant_id)
        db = TenantSession(session, self.tenant.id)
        self.db = db
        self.users = SqlUserStore(db)
        self.parties = SqlPartyStore(db)
        self.accounts = SqlChartStore(db, self.tenant.key)
        self.cost_centres = SqlCostCentreStore(db)
        self.tax_codes = SqlTaxCodeStore(db)
        self.periods = SqlPeriodStore(db)
        self.journal = SqlJournalStore(db, self.accounts, self.cost_centres)
        self.open_items = SqlOpenItemStore(db)
        self.documents = SqlDocumentStore(db)
        self.document_keys = SqlDocumentKeyStore(db)
        self.readings = SqlReadingStore(db)
        self.supplier_layouts = SqlSupplierLayoutStore(db)
        self.findings = SqlFindingStore(db)
        self.suggestions = SqlSuggestionStore(db)
        self.review = SqlReviewStore(db)
        self.decisions = SqlDecisionStore(db)
        self.labels = SqlLabelStore(db)
        self.rules = SqlRuleStore(db)
        self.bank = SqlBankStore(db)
        self.contracts = SqlContractStore(db)
        self.usage = SqlUsageStore(db)
        self.drafts = SqlDraftStore(db)
        self.invoices = SqlInvoiceStore(db)
        self.numbers = SqlNumberStore(db)
        self.archive_index = SqlArchiveIndexStore(db)
        self.chains = SqlChainStore(db)
        self.outbox = SqlOutboxStore(db)
        self.runs = SqlRunStore(db)
        self.settings = SqlTenantSettingsStore(db)
        self.views = SqlDeskViews(db, self.tenant.currency)


class SqlAdministration:
    """What is above tenants."""

    def __init__(self, session: Session) -> None:
        self.tenants = SqlTenantStore(session)
        self.users = SqlAccountHolderStore(session)


class SqlStore:
    """The store on an engine (made by ``open_engine``)."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def unit_of_work(self, tenant_id: int) -> Iterator[UnitOfWork]:
        """One transaction for one tenant: commits on a clean exit, rolls back on an exception."""
        with self._transaction(keep=True) as session:
            yield SqlUnitOfWork(session, tenant_id)

    @contextmanager
    def reading(self, tenant_id: int) -> Iterator[UnitOfWork]:
        """A unit that only looks; what it writes is rolled back."""
        with self._transaction(keep=False) as session:
            yield SqlUnitOfWork(session, tenant_id)

    def unit_of_work_on(self, session: object, tenant_id: int) -> UnitOfWork:
        """A unit on a session somebody else commits."""
        if not isinstance(session, Session):
            message = f"a unit of work runs on a database session, not {type(session).__name__}"
            raise TypeError(message)
        return SqlUnitOfWork(session, tenant_id)

    @contextmanager
    def administration(self) -> Iterator[Administration]:
        """One transaction above tenants."""
        with self._transaction(keep=True) as session:
            yield SqlAdministration(session)

    def dispose(self) -> None:
        """Close the connections."""
        self.engine.dispose()

    @contextmanager
    def _transaction(self, *, keep: bool) -> Iterator[Session]:
        engine = self.engine if keep else looking(self.engine)
        session = Session(engine, expire_on_commit=False)
        try:
            yield session
            if keep:
                session.commit()
        except (DBAPIError, OverflowError) as error:
            raise bad_news(error) from error
        finally:
            session.close()
