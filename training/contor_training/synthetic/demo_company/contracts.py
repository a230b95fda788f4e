"""Forty contracts with the demo company's customers, their catalogue, and a month of usage.

The files follow the published format (``contor schema contract``). JSON is written, which YAML
reads: so quoting is exact and the bytes never depend on a library.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from importlib import resources
from random import Random

import yaml

from contor_training.synthetic.demo_company.customers import Customer, customers
from contor_training.synthetic.demo_company.identifiers import bank_account, vat_id

COUNT = 40
_METERS = {"vps-4": "backup_gb", "server-m": "traffic_gb", "colo-rack": "power_kwh"}
_NOW = "2026-10-01"


def catalogue(seed: int) -> str:
    """The catalogue file: seller and price plans."""
    text = resources.files(__package__).joinpath("catalogue_plans.yaml").read_text("utf-8")
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes nothing but text
    seller = data["seller"]
    seller["vat_id"] = vat_id("DE", Random(f"{seed}:own"))
    seller["creditor_id"] = "DE98ZZZ09999999999"  # the Bundesbank's example of a valid one
    seller["bank"] = {"iban": bank_account("DE", Random(f"{seed}:account:0"))}
    return _text("Seller and price plans of the demo company.", {"format": _FORMAT[1], **data})


_FORMAT = ("contor-contract/1", "contor-catalogue/1")


def contracts(seed: int) -> dict[str, str]:
    """File names and texts of all contracts."""
    return {
        f"{data['id']}.yaml": _text("A contract of the demo company.", data) for data in _all(seed)
    }


def _all(seed: int) -> Iterator[dict[str, object]]:
    for customer in customers(seed)[:COUNT]:
        yield _contract(customer, Random(f"{seed}:contract:{customer.id}"))


def _contract(customer: Customer, rng: Random) -> dict[str, object]:
    start = date(
        rng.choice((2024, 2025, 2026)), rng.randint(1, 8), rng.choice((1, 1, 1, 9, 15, 28))
    )
    months = rng.choice((1, 1, 1, 3, 12))
    return {
        "format": _FORMAT[0],
        "id": f"C-{customer.id}",
        "start": start.isoformat(),
        "language": customer.language,
        "price_mode": "net",
        "customer": _customer(customer),
        "billing": {
            "months": months,
            "anchor_day": 1,
            **({"anchor_month": {3: 1, 12: 11}[months]} if months > 1 else {}),
            "timing": "advance",
            "billed_until": {1: "2026-09-30", 3: "2026-09-30", 12: "2026-10-31"}[months],
        },
        "payment": _payment(customer, start),
        "items": list(_items(customer, rng)),
    }  # fmt: skip


def _customer(customer: Customer) -> dict[str, object]:
    eu = customer.vat_id != ""
    return {
        "number": customer.id,
        "name": customer.name,
        "address": {
            "street": customer.street,
            "postcode": customer.postcode,
            "city": customer.city,
            "country": customer.country,
        },
        "contact": {"email": customer.email},
        "business": True,
        **(
            {"vat_id": customer.vat_id, "vat_id_state": "valid", "vat_id_checked": _NOW}
            if eu
            else {}
        ),
    }


def _payment(customer: Customer, start: date) -> dict[str, object]:
    if customer.mandate_id:
        return {
            "due_days": 14,
            "method": "direct_debit",
            "mandate_id": customer.mandate_id,
            "mandate_date": start.isoformat(),
            "debtor_iban": customer.iban,
        }
    terms: dict[str, object] = {"due_days": 14}
    if customer.discount_terms:
        terms["discounts"] = [{"days": 7, "percent": "2.00"}]
    return terms


def _items(customer: Customer, rng: Random) -> Iterator[dict[str, object]]:
    main = rng.choice(("web-s", "web-l", "vps-4", "vps-4", "server-m", "colo-rack"))
    yield {"id": "main", "plan": main, "quantity": rng.choice((1, 1, 1, 2, 3))}
    if rng.random() < 0.7:
        yield {
            "id": "dom",
            "plan": "domain-de",
            "text": customer.domain,
            "quantity": rng.randint(1, 6),
        }
    if rng.random() < 0.4:
        yield {"id": "mail", "plan": "mail-pro", "quantity": rng.randint(2, 25)}


def usage(seed: int) -> list[tuple[str, str, str, str, str]]:
    """A month of meter readings: ``id, timestamp, contract, meter, quantity``."""
    rows = []
    for data in _all(seed):
        items = data["items"]
        assert isinstance(items, list)
        meter = _METERS.get(items[0]["plan"])
        if meter is None:
            continue
        rng = Random(f"{seed}:usage:{data['id']}")
        for day in (4, 12, 21, 28):
            for month in (9, 10):
                stamp = f"2026-{month:02d}-{day:02d}T{rng.randint(0, 23):02d}:00:00+02:00"
                if (month, day) == (10, 28):
                    stamp = stamp.replace("+02:00", "+01:00")
                quantity = f"{rng.randint(200, 24_000) / 10:.1f}"
                rows.append((stamp, str(data["id"]), meter, quantity))
    return [(f"u-{n:05d}", *row) for n, row in enumerate(sorted(rows), start=1)]


def _text(remark: str, data: object) -> str:
    body = json.dumps(data, ensure_ascii=False, indent=2)
    return f"# {remark} Invented.\n{body}\n"
