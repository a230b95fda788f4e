"""``contor rule``: what is always booked so, from the command line."""

from __future__ import annotations

import csv
from dataclasses import fields
from datetime import datetime
from typing import Any

import click

from contor.cli.manners import Report, shared_options, text_out
from contor.cli.service import TENANT

_DAY = click.DateTime(["%Y-%m-%d"])
_ACTOR = "command line"


@click.group(epilog="Example: contor rule add --supplier-id 70001 --account 4964 --cost-centre 110")
def rule() -> None:
    """Say what is always booked so: exact rules speak before anything learnt."""


@rule.command(epilog="Example: contor rule add --supplier-id 70004 --words domain --account 3125")
@click.option("--supplier-id", default="", help="Number of the supplier.")
@click.option("--supplier", default="", help="The supplier's name as documents write it.")
@click.option("--vat-id", default="", help="VAT-ID of the supplier.")
@click.option("--iban", default="", help="IBAN of the supplier.")
@click.option("--words", default="", help="Words that the line's text must hold.")
@click.option("--account", default="", help="Ledger account to book to.")
@click.option("--cost-centre", default="")
@click.option("--tax-code", default="")
@click.option("--from", "valid_from", type=_DAY, help="First day of documents it holds for.")
@click.option("--until", "valid_to", type=_DAY, help="Last day.")
@TENANT
@shared_options
def add(
    valid_from: datetime | None,
    valid_to: datetime | None,
    tenant: str,
    report: Report,
    **cells: Any,
) -> None:
    """Make a rule; it is refused where it contradicts another or names an unknown code."""
    from contor.account_assignment.exact_rules import ExactRule
    from contor.bootstrap.service import find_tenant, open_workplace
    from contor.workflows.booking_rules import make_rule

    wanted = ExactRule(
        0,
        **cells,
        valid_from=valid_from.date() if valid_from else None,
        valid_to=valid_to.date() if valid_to else None,
    )
    with open_workplace() as work:
        made = make_rule(work, find_tenant(work, tenant).id, wanted, _ACTOR)
    report.summary = {"rule": made.rule.number}
    report.note(f"Rule {made.rule.number} is in force.")


@rule.command(name="list", epilog="Example: contor rule list -o rules.csv")
@click.option("-o", "--output", metavar="OUT.csv", help="Instead of standard output.")
@TENANT
@shared_options
def list_rules(output: str | None, tenant: str, report: Report) -> None:
    """Write the rules in force as a table."""
    from contor.account_assignment.exact_rules import ExactRule
    from contor.bootstrap.service import find_tenant, open_workplace

    names = [field.name for field in fields(ExactRule)]
    with open_workplace() as work, work.store.reading(find_tenant(work, tenant).id) as uow:
        records = uow.rules.current()
    with text_out(output) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*names, "made_by", "made_at"])
        for record in records:
            cells = [getattr(record.rule, name) for name in names]
            writer.writerow(
                ["" if c is None else c for c in cells] + [record.actor, record.at.isoformat()]
            )
    report.summary = {"rules": len(records)}
    report.note(f"{len(records)} rules.")


@click.command(epilog="Example: contor share --on")
@click.option("--on/--off", "wish", default=None, help="Agree to share, or end it.")
@TENANT
@shared_options
def share(wish: bool | None, tenant: str, report: Report) -> None:
    """Share with other companies here which account suppliers' names go to; off by default.

    What leaves a company is normalised supplier names with the account it always books them to;
    what comes back are names that at least three sharing companies of the same chart book alike.
    """
    from contor.bootstrap.service import find_tenant, open_workplace
    from contor.workflows import share_prior

    with open_workplace() as work:
        owner = find_tenant(work, tenant)
        if wish is None:
            known = share_prior.share(work)[owner.id]
        else:
            known = share_prior.set_sharing(work, owner.id, _ACTOR, on=wish)
    report.summary = {"tenant": owner.key, "suppliers": known}
    report.note(f"{known} suppliers are known from others.")


@rule.command(epilog="Example: contor rule withdraw 3")
@click.argument("number", type=int)
@TENANT
@shared_options
def withdraw(number: int, tenant: str, report: Report) -> None:
    """End a rule; what was booked by it stays."""
    from contor.bootstrap.service import find_tenant, open_workplace
    from contor.workflows.booking_rules import withdraw_rule

    with open_workplace() as work:
        withdraw_rule(work, find_tenant(work, tenant).id, number, _ACTOR)
    report.summary = {"rule": number}
    report.note(f"Rule {number} was withdrawn.")
