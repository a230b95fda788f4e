"""Drafts: everything a contract owes until a day, as documents nobody has numbered yet.

What falls due on the same day goes on one document (usage of the last period with the fee of the
next), one per project where the contract says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from contor.contracts.contract import Contract
from contor.contracts.schedule import DuePeriod, due_periods, identity
from contor.contracts.usage import UsageEvent
from contor.invoicing.discounts import apply_discounts, document_allowances
from contor.invoicing.invoice import Invoice, InvoiceLine
from contor.invoicing.issue import dated
from contor.invoicing.lines import build_lines
from contor.invoicing.totals import total_up
from contor.periods import Period
from contor.rules.legends import legend


def draft_invoices(
    contract: Contract,
    until: date,
    usage: Sequence[UsageEvent] = (),
    already_billed: Collection[str] = (),
) -> list[Invoice]:
    """All documents of a contract due on or before ``until``, oldest first.

    ``already_billed`` holds the ``periods`` keys of the invoices issued before; a second run over
    the same days drafts nothing. A period in which nothing is owed makes no document.
    """
    due = due_periods(contract, until, already_billed)
    billed = frozenset(map(identity, already_billed))
    drafts: list[Invoice] = []
    for day, periods in groupby(due, key=lambda period: period.due_on):
        drafts.extend(_documents(contract, day, list(periods), usage, billed))
    return drafts


def _documents(
    contract: Contract,
    day: date,
    periods: list[DuePeriod],
    usage: Sequence[UsageEvent],
    billed: frozenset[str],
) -> Iterable[Invoice]:
    """One document per project (or one in all); a project's periods are billed by themselves."""
    projects = {item.id: item.project for item in contract.items}
    if contract.billing.split == "contract":
        projects = dict.fromkeys(projects, "")
    groups: dict[str, list[InvoiceLine]] = {}
    for period in periods:
        for line in build_lines(contract, period, usage):
            project = projects[line.item]
            if identity(period_key(period, project)) not in billed:
                groups.setdefault(project, []).append(line)
    for project, chosen in groups.items():
        yield build_draft(contract, day, periods, chosen, project)


def period_key(period: DuePeriod, project: str = "") -> str:
    """What an invoice says it has billed: the period's key, for one project where it is split."""
    return f"{period.key}#{project}" if project else period.key


def build_draft(
    contract: Contract,
    day: date,
    periods: Sequence[DuePeriod],
    lines: Sequence[InvoiceLine],
    project: str = "",
) -> Invoice:
    """One document from priced lines: discounts, VAT, totals, printed texts."""
    numbered = [replace(line, id=str(number)) for number, line in enumerate(lines, 1)]
    reduced = apply_discounts(contract, numbered)
    allowances = document_allowances(contract, reduced, day)
    total = total_up(reduced, allowances, contract.currency, contract.price_mode)
    references = contract.references
    if project:
        references = replace(references, project=project)
    draft = Invoice(
        kind="invoice",
        status="draft",
        key=f"{contract.id}:{day.isoformat()}" + (f":{project}" if project else ""),
        contract=contract.id,
        currency=contract.currency,
        language=contract.language,
        price_mode=contract.price_mode,
        seller=contract.seller,
        customer=contract.customer,
        lines=total.lines,
        allowances=total.allowances,
        tax_breakdown=total.tax_breakdown,
        totals=total.totals,
        payment=contract.payment,
        references=references,
        period=_hull([line.period for line in lines if line.period is not None]),
        periods=tuple(period_key(period, project) for period in periods),
        notes=contract.notes,
        legends=_legends(contract, lines),
    )
    return dated(draft, day)


def _hull(periods: Sequence[Period]) -> Period | None:
    if not periods:
        return None
    return Period(min(p.start for p in periods), max(p.end for p in periods))


def _legends(contract: Contract, lines: Sequence[InvoiceLine]) -> tuple[str, ...]:
    texts = dict.fromkeys(line.tax.legend for line in lines if line.tax.legend)
    if contract.payment.consumer_default_notice and not contract.customer.business:
        texts[legend("consumer_default", contract.language)] = None
    return tuple(texts)
