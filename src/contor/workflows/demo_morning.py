"""The demo: an invented hosting company's books are opened and one morning is worked through.

Everything here is a workflow that the service runs too; started again it does nothing twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from contor.banking.reading import parse_statements
from contor.ledger.standard_charts import Scheme
from contor.money import Money
from contor.ports.store import UnitOfWork
from contor.ports.store_bank import OwnBankAccount
from contor.ports.store_people import Tenant
from contor.ports.workplace import Workplace
from contor.workflows.load_books import load_history, load_open_items, load_parties
from contor.workflows.load_contracts import load_contracts, load_usage
from contor.workflows.open_books import Opening, open_books
from contor.workflows.opening_balance import post_opening_balance
from contor.workflows.suggest_posting import control_accounts_of

OPENING_ACCOUNT = "9000"
ACTOR = "demo"
PROMISE = "0.05"
"""The demo's autopilot may be wrong in one of twenty; the service's own default is one in 100."""


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """Texts and bytes of the demo company, read by the door."""

    chart: str
    tax_codes: str
    cost_centres: str
    history: str
    parties: str
    open_items: str
    contracts: Sequence[tuple[str, str]]
    usage: str
    statements: Mapping[str, bytes] = field(default_factory=dict)


def open_demo(work: Workplace, files: DemoFiles, scheme: Scheme = "skr03") -> Tenant:
    """The demo tenant with everything it brings along."""
    this_year = work.clock().year
    opening = Opening(
        "demo",
        "Fördehafen Hosting GmbH",
        scheme,
        files.chart,
        files.tax_codes,
        files.cost_centres,
        years=range(2025, max(2027, this_year) + 1),
    )
    tenant = open_books(work, opening)
    balances: dict[str, Money] = {}
    with work.store.unit_of_work(tenant.id) as uow:
        load_parties(uow, files.parties)
        load_history(uow, files.history)
        load_contracts(work, uow, files.contracts, ACTOR)
        load_usage(uow, files.usage)
        if uow.settings.current("routing") is None:
            uow.settings.add("routing", {"promise": PROMISE}, ACTOR, work.clock())
        if not uow.bank.accounts():
            balances = _save_accounts(uow, files.statements)
        if load_open_items(uow, files.open_items):
            post_opening_balance(work, uow, date(2026, 10, 1), OPENING_ACCOUNT, balances)
    return tenant


def _save_accounts(uow: UnitOfWork, statements: Mapping[str, bytes]) -> dict[str, Money]:
    """Our bank accounts, one ledger account each, and their balances before the statements."""
    balances: dict[str, Money] = {}
    for content in statements.values():
        for statement in parse_statements(content).statements:
            if uow.bank.account(statement.account_iban) is not None:
                continue
            number = str(int(control_accounts_of(uow).bank) + 10 * len(balances))
            uow.bank.save_account(
                OwnBankAccount(statement.account_iban, f"Bank {number}", number, statement.currency)
            )
            if statement.opening is not None:
                balances[number] = Money.of(statement.opening, statement.currency)
    return balances


def learn(work: Workplace, tenant_id: int) -> int:
    """Fit the tenant's models before anything needs them; the number of lines learnt from."""
    with work.store.reading(tenant_id) as uow:
        work.assigners.of(uow)
        return uow.labels.count()
