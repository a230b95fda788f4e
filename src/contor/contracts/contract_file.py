"""Contract files: YAML (or JSON) text, checked against the published JSON Schema, made a Contract.

A catalogue file carries what several contracts share: the seller and the price plans.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from contor.contracts import contract_fields as read
from contor.contracts import plan_fields
from contor.contracts.billing_party import Seller
from contor.contracts.contract import Contract
from contor.contracts.price_plan import PricePlan
from contor.errors import Refusal
from contor.rules.yaml_text import parse_yaml

CONTRACT_FORMAT = "contor-contract/1"
CATALOGUE_FORMAT = "contor-catalogue/1"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Seller and price plans that contract files share."""

    seller: Seller | None = None
    plans: Mapping[str, PricePlan] = field(default_factory=dict)

    def merged(self, other: Catalogue) -> Catalogue:
        """Both together; a plan or a seller given twice must be the same."""
        for plan_id in self.plans.keys() & other.plans.keys():
            if self.plans[plan_id] != other.plans[plan_id]:
                raise Refusal(
                    "plan_twice",
                    "The plan {plan} is given twice with different content.",
                    "Give each plan an id of its own; new prices are a new version.",
                    plan=plan_id,
                )
        return replace(
            self, seller=other.seller or self.seller, plans={**self.plans, **other.plans}
        )


@cache
def contract_schema() -> Mapping[str, Any]:
    """The JSON Schema of contract and catalogue files."""
    text = files("contor.contracts").joinpath("schemas", "contract.schema.json").read_text("utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    return schema


@cache
def _validator(number: int) -> Draft202012Validator:
    schema = contract_schema()
    return Draft202012Validator({**schema["oneOf"][number], "$defs": schema["$defs"]})


_SAYS_CATALOGUE = re.compile(
    rf"""^[\s{{]*["']?format["']?\s*:\s*["']?{re.escape(CATALOGUE_FORMAT)}\b""", re.MULTILINE
)


def is_catalogue(text: str) -> bool:
    """Whether the text says it is a catalogue, in YAML or JSON; readable or not."""
    return _SAYS_CATALOGUE.search(text) is not None


def parse_contract_file(text: str, catalogue: Catalogue | None = None) -> Contract | Catalogue:
    """A contract, or a catalogue, from YAML text.

    Refuses ``contract_unreadable`` with the place of the first mistake, ``plan_unknown``,
    ``seller_missing``.
    """
    data = parse_yaml(text)
    form = data.get("format") if isinstance(data, dict) else None
    if form not in (CONTRACT_FORMAT, CATALOGUE_FORMAT):
        raise Refusal(
            "contract_format",
            "The file is no contract and no catalogue.",
            "Begin it with format: {format}.",
            format=CONTRACT_FORMAT,
        )
    error = best_match(_validator(int(form == CATALOGUE_FORMAT)).iter_errors(data))
    if error is not None:
        raise Refusal(
            "contract_unreadable",
            "{place}: {reason}.",
            "See `contor schema contract` for what may stand there.",
            place=error.json_path,
            reason=error.message[:300],
        )
    own = Catalogue(
        read.seller(data["seller"]) if "seller" in data else None,
        {plan.id: plan for plan in map(plan_fields.plan, data.get("plans", ()))},
    )
    if form == CATALOGUE_FORMAT:
        return own
    return _contract(data, (catalogue or Catalogue()).merged(own))


def _contract(data: Mapping[str, Any], catalogue: Catalogue) -> Contract:
    if catalogue.seller is None:
        raise Refusal(
            "seller_missing",
            "The contract {contract} names no seller.",
            "Write seller: into it, or give a catalogue file that has one.",
            contract=data["id"],
        )
    start = read.day(data["start"])
    items = tuple(read.item(row, start, data.get("end")) for row in data["items"])
    wanted = {item.plan for item in items}
    wanted |= {change.plan for item in items for change in item.changes if change.plan}
    unknown = sorted(wanted - catalogue.plans.keys())
    if unknown:
        raise Refusal(
            "plan_unknown",
            "The contract {contract} uses the plans {plans}, which are not known.",
            "Write them under plans:, or give the catalogue file that has them.",
            contract=data["id"],
            plans=", ".join(unknown),
        )
    return Contract(
        id=str(data["id"]),
        start=start,
        end=read.day(data["end"]) if data.get("end") else None,
        currency=data.get("currency", "EUR"),
        language=data.get("language", "de"),
        price_mode=data.get("price_mode", "net"),
        seller=catalogue.seller,
        customer=read.customer(data["customer"]),
        billing=read.billing(data["billing"], start),
        payment=read.payment(data.get("payment", {})),
        references=read.references(data.get("references", {})),
        items=items,
        campaigns=tuple(map(read.campaign, data.get("campaigns", ()))),
        plans={plan_id: catalogue.plans[plan_id] for plan_id in sorted(wanted)},
        notes=tuple(data.get("notes", ())),
    )
