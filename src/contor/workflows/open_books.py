"""Open books: a tenant with chart, cost centres, tax codes, periods, parties and history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from contor.errors import Refusal
from contor.ledger.accounts import Chart
from contor.ledger.chart_import import read_chart, read_cost_centres, read_tax_codes
from contor.ledger.fiscal_period import fiscal_year
from contor.ledger.standard_charts import Scheme
from contor.ports.store import Administration, UnitOfWork
from contor.ports.store_bank import OwnBankAccount
from contor.ports.store_people import Tenant
from contor.ports.workplace import Workplace
from contor.review.control_accounts import control_accounts
from contor.review.posting_accounts import posting_accounts, to_json


@dataclass(frozen=True, slots=True)
class Opening:
    """What new books start from; texts are CSV files in the forms of ``data/samples/charts``."""

    key: str
    name: str
    scheme: Scheme
    chart: str
    tax_codes: str
    cost_centres: str
    country: str = "DE"
    currency: str = "EUR"
    language: str = "de"
    years: Sequence[int] = ()
    bank_accounts: Sequence[OwnBankAccount] = ()


def open_books(work: Workplace, opening: Opening) -> Tenant:
    """Make the tenant; books of this key that are there already are left as they are.

    Raises:
        Refusal: what the files are refused for.
    """
    at = work.clock()
    chart = read_chart(opening.chart, opening.name, scheme=opening.scheme)
    with work.store.administration() as above:
        tenant = above.tenants.by_key(opening.key) or _add(above, opening, at)
    with work.store.unit_of_work(tenant.id) as uow:
        if uow.settings.current("control_accounts") is None:
            _fill(uow, opening, chart, at)
    return tenant


def _add(above: Administration, opening: Opening, at: datetime) -> Tenant:
    return above.tenants.add(
        Tenant(
            0, opening.key, opening.name, opening.country, opening.currency, opening.language, at
        )
    )


def _fill(uow: UnitOfWork, opening: Opening, chart: Chart, at: datetime) -> None:
    uow.accounts.save(chart.accounts)
    uow.cost_centres.save(read_cost_centres(opening.cost_centres))
    uow.tax_codes.save(read_tax_codes(opening.tax_codes, scheme=opening.scheme))
    for year in opening.years:
        uow.periods.save(fiscal_year(year))
    for account in opening.bank_accounts:
        uow.bank.save_account(account)
    control = control_accounts(opening.scheme)
    missing = [number for number in control.to_json().values() if number not in chart]
    if missing:
        raise Refusal(
            "control_account_missing",
            "The chart has no account {roles}.",
            "Add the accounts, or name others in the settings (control_accounts).",
            roles=", ".join(missing),
        )
    uow.settings.add("control_accounts", control.to_json(), "set-up", at)
    uow.settings.add("posting_accounts", to_json(posting_accounts(opening.scheme)), "set-up", at)
