"""Notices: a reminder as a draft that a person or a policy lets go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from contor.dunning.fees_and_interest import Charges, Debtor, charge
from contor.dunning.levels import DuePast
from contor.dunning.procedure import read_pack
from contor.errors import Finding, Refusal
from contor.invoicing.to_einvoice import amount_text
from contor.invoicing.wording import day_text
from contor.money import Money


@dataclass(frozen=True, slots=True)
class Notice:
    """A reminder: its level, what is claimed, its text; findings say what could not be computed."""

    customer_number: str
    customer_name: str
    level: int
    on: date
    pay_until: date
    items: tuple[str, ...]
    open_total: Money
    charges: Charges
    title: str
    text: str
    findings: tuple[Finding, ...] = ()

    @property
    def total(self) -> Money:
        """What is claimed in all."""
        return self.open_total + self.charges.total

    @property
    def key(self) -> str:
        """Its meaning: the customer, the level, the items; the same notice is never sent twice."""
        return f"dunning:{self.customer_number}:{self.level}:{','.join(self.items)}"


def draft_notice(
    due: DuePast,
    debtor: Debtor,
    as_of: date,
    language: str = "de",
    *,
    lump_sum_charged: bool = False,
) -> Notice:
    """The draft of a due level.

    Where the base rate is not loaded, no interest is claimed and a finding says so.
    """
    findings: tuple[Finding, ...] = ()
    zero = Money(0, due.total.currency)
    try:
        charges = charge(due.level, due.items, debtor, as_of, lump_sum_charged)
    except Refusal as refusal:
        if refusal.code != "no_value_for_date":
            raise
        charges = Charges(zero, zero, Money.rounded(due.level.fee, zero.currency))
        findings = (Finding(refusal.code, "warning", refusal.message),)
    until = as_of + timedelta(days=due.level.pay_within)
    total = due.total + charges.total
    words = read_pack("wording").get(language) or read_pack("wording")["en"]
    step = "1" if due.level.number == 1 else "2"
    body = words[f"body_{step}"].format(
        total=amount_text(total, language), date=day_text(until, language)
    )
    lines = [
        words["item"].format(
            number=item.number,
            issued=day_text(item.issue_date, language),
            due=day_text(item.due_date, language),
            open=amount_text(item.open_amount, language),
        )
        for item in due.items
    ]
    parts = (("interest", charges.interest), ("lump_sum", charges.lump_sum), ("fee", charges.fee))
    lines += [words[k].format(amount=amount_text(m, language)) for k, m in parts if m]
    return Notice(
        customer_number=due.items[0].party_number,
        customer_name=due.items[0].party_name,
        level=due.level.number,
        on=as_of,
        pay_until=until,
        items=tuple(item.number for item in due.items),
        open_total=due.total,
        charges=charges,
        title=words[f"title_{step}"].format(level=due.level.number - 1),
        text="\n".join([body, "", *lines]),
        findings=findings,
    )
