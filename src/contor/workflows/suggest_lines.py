"""The posting lines of a document, each with what is suggested for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from contor.account_assignment.targets import TARGETS
from contor.documents.reading import Reading
from contor.errors import Finding
from contor.ledger.rate_change import PURCHASES, holding_on
from contor.money import Money
from contor.ports.store import UnitOfWork
from contor.ports.store_people import PartyRecord
from contor.ports.workplace import Assigner
from contor.review.consistency import behind_it, made_consistent
from contor.review.document_facts import PostingLine, model_columns, posting_lines, tax_date
from contor.review.document_tax import RuledTax, country_of, decide_tax
from contor.review.line_items import parts_of
from contor.review.splitting import kept_together, split

Choice = Mapping[str, Any]
_SURE, _LIKELY = 0.995, 0.9


@dataclass(frozen=True, slots=True)
class SuggestedLines:
    """Lines and what is suggested for each (one choice a line), and what looks wrong with that."""

    lines: tuple[PostingLine, ...]
    choices: tuple[Choice, ...]
    findings: tuple[Finding, ...] = ()


def suggest_lines(
    uow: UnitOfWork,
    assigner: Assigner,
    reading: Reading,
    supplier: PartyRecord | None,
    received: date,
) -> SuggestedLines:
    """One line a VAT rate; more where invoice lines speak for codes of their own."""
    number, name = (supplier.number, supplier.name) if supplier else ("", "")
    wholes = posting_lines(reading, uow.tenant.currency)
    parts = [parts_of(reading, whole, wholes) for whole in wholes]
    asked = [*wholes, *(part for some in parts for part in some)]
    columns = [model_columns(reading, one, number, received, name) for one in asked]
    said = assigner.suggest(columns)
    on = tax_date(reading, received)
    codes = uow.tax_codes.all()
    country = country_of(reading, _country_known(supplier))
    chart = uow.accounts.chart()
    valid = frozenset(code.code for code in holding_on(codes, on, PURCHASES))
    owed = assigner.owed_tax(codes)
    findings: dict[str, Finding] = {}
    choices = []
    for line, choice in zip(asked, said, strict=True):
        ruled = decide_tax(reading, line, codes, uow.tenant.country, on, country)
        taxed = _with_tax_rule(choice, ruled, reading, findings, valid)
        choices.append(made_consistent(taxed, chart, codes, on, owed, rate=line.rate))
    by_rate, rest = choices[: len(wholes)], choices[len(wholes) :]
    if len(wholes) > 1 and not any(assigner.parted_by_rate(columns[: len(wholes)])):
        by_rate = kept_together(wholes, by_rate)
    found: list[tuple[PostingLine, Choice]] = []
    for whole, choice, some in zip(wholes, by_rate, parts, strict=True):
        found += split(reading, whole, choice, some, rest[: len(some)])
        rest = rest[len(some) :]
    return SuggestedLines(
        tuple(line for line, _ in found),
        tuple(choice for _, choice in found),
        tuple(findings.values()),
    )


def _country_known(supplier: PartyRecord | None) -> str:
    return supplier.addresses[0].country if supplier and supplier.addresses else ""


def _with_tax_rule(
    choice: Choice,
    ruled: RuledTax | None,
    reading: Reading,
    findings: dict[str, Finding],
    valid: Collection[str],
) -> Choice:
    """The tax code that law and document decide; a rule of the tenant's own stands above it.

    Where both are certain and differ, a person is told. A rule that names none of the ``valid``
    codes of the day decides nothing.
    """
    mine = choice.get("tax_code")
    if ruled is None:
        return choice
    if mine is not None and mine["rung"] == "rule":
        if mine["value"] != ruled.code:
            said = f"Your rule says {mine['value']}, the document and the law say {ruled.code}."
            findings["rule_against_tax"] = Finding("rule_against_tax", "warning", said)
            if mine["value"] in valid:
                return {**choice, "tax_code": {**mine, "auto": False}}
        else:
            return choice
    confidence = _SURE if ruled.sure else _LIKELY
    by_rule = {
        "value": ruled.code,
        "confidence": confidence,
        "auto": ruled.sure,
        "rung": "einvoice" if reading.route == "einvoice" else "rule",
        "reason": ruled.reason,
        "alternatives": behind_it(ruled.code, confidence, mine),
    }
    return {**choice, "tax_code": by_rule}


def lines_of(content: Mapping[str, Any]) -> tuple[PostingLine, ...]:
    """The posting lines of a stored suggestion."""
    return tuple(
        PostingLine(
            line["text"],
            Money.of(line["net"], line["currency"]),
            line["rate"],
            bool(line.get("includes_tax")),
            items=tuple(line.get("items") or ()),
        )
        for line in content.get("lines") or ()
    )


def content_of(line: PostingLine, choice: Choice) -> dict[str, Any]:
    """A posting line and its choice as a stored suggestion keeps them."""
    return {
        "text": line.text,
        "net": str(line.net.amount),
        "currency": line.net.currency,
        "rate": line.rate,
        "includes_tax": line.includes_tax,
        "items": list(line.items),
        "item_nets": [str(net.amount) for net in line.item_nets],
        **{target: choice[target] for target in TARGETS if target in choice},
    }
