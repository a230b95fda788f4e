"""Who invoices whom for what: a random invoice in the terms of EN 16931, exact to the cent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from random import Random
from typing import Any

import yaml

from contor.einvoice.model import (
    Address,
    AllowanceCharge,
    Contact,
    Delivery,
    Invoice,
    InvoicingPeriod,
    Item,
    Line,
    Party,
    PaymentMeans,
    Price,
    Totals,
    VatBreakdown,
)
from contor_training.synthetic.demo_company.catalogue import table
from contor_training.synthetic.demo_company.identifiers import bank_account, vat_id

_CENT = Decimal("0.01")
# standard and reduced rate of the seller's country, 2026
_RATES = {
    "DE": (19, 7), "AT": (20, 10), "IT": (22, 10), "FR": (20, 10), "NL": (21, 9), "LU": (17, 8),
    "DK": (25, 25), "CH": (0, 0),
}  # fmt: skip
_FIRST = {
    "de": "Nord|Süd|Alpen|Rhein|Elb|Netz|Daten|Server|Wolken|Kabel|Strom|Funk|Ost|Hafen|Berg|Insel",
    "en": "North|Blue|Cloud|Data|Core|Edge|Stack|Fibre|Silver|Harbour|Granite|Pixel|Delta|Prime",
    "it": "Nuova|Alta|Rete|Dati|Fibra|Ponte|Stella|Monte|Porto|Lago|Sole|Vento|Rocca",
}
_SECOND = {
    "de": "werk Rechenzentrum|hafen Hosting|linie Telekommunikation|bau Systemhaus|quelle Energie|"
    "domain Registrar|speicher Logistik|licht Lizenzen|kontor Bürobedarf|raum Immobilien",
    "en": "line Networks|gate Registry|forge Hardware|desk Software|grid Power|peer Exchange|"
    "vault Storage|rack Colocation|sign Certificates",
    "it": " Reti|mare Servizi Informatici|rame Telecomunicazioni|data Hosting|luce Energia|"
    "server Soluzioni|domini Registrar",
}
_FORMS = {
    "DE": "GmbH|AG|GmbH & Co. KG|UG (haftungsbeschränkt)|e.K.|eG", "AT": "GmbH|KG", "CH": "AG|GmbH",
    "IT": "S.r.l.|S.p.A.", "FR": "SAS|SARL", "NL": "B.V.", "LU": "S.A.", "DK": "ApS|A/S",
}  # fmt: skip
_NUMBERS = (
    "RE-{y}-{n:05d}", "{y}{n:06d}", "R{n:07d}", "INV-{n:06d}", "{n:08d}", "{y2}/{n:04d}",
    "{n}/{y}", "A{y2}{m:02d}-{n:04d}", "{y}-{m:02d}-{n:05d}", "F{n:06d}", "{s}{n:05d}-{y2}",
    "{n:04d}.{y}", "VR/{y}/{n:05d}", "{s}{s}-{n:07d}", "{y2}{m:02d}{n:05d}",
)  # fmt: skip
_COURTS = {
    "de": "Amtsgericht {city} HRB {n}|{city} HRB {n}|HRB {n}, AG {city}",
    "en": "Registered in {city}, no. {n}|Company no. {n}",
    "it": "REA {n} {city}|Registro imprese {city} n. {n}",
}
_PEOPLE = (
    "Dr. Anna Vogel|Jens Petersen|Maria Rossi|Tom Baker|Luca Bianchi|Heike Brandt|Sarah Miller"
)


@dataclass(frozen=True, slots=True)
class Trade:
    """An invoice with what the model of the norm has no room for."""

    invoice: Invoice
    language: str
    customer_number: str
    discount: tuple[int, Decimal] | None
    register: str = ""
    contact: str = ""


@cache
def _offers() -> list[dict[str, Any]]:
    text = resources.files(__package__).joinpath("offers.yaml").read_text(encoding="utf-8")
    offers: list[dict[str, Any]] = yaml.safe_load(text)
    return offers


def draw(seed: int, number: int) -> Trade:
    """The invoice ``number`` of the series ``seed``."""
    rng = Random(f"{seed}:invoice:{number}")
    places = list(table("places.csv"))
    language = rng.choices(("de", "en", "it"), (5, 3, 2))[0]
    place = rng.choice([row for row in places if row["language"] == language])
    buyer_place = rng.choice([row for row in places if row["country"] == "DE"])
    seller = _party(place, language, rng)
    buyer = _party(buyer_place, "de", rng)
    category = _category(place["country"], rng)
    lines = _lines(language, place["country"], category, rng)
    day = date(2024, 1, 1) + timedelta(days=rng.randint(0, 1000))
    due = day + timedelta(days=rng.choice((7, 10, 14, 30))) if rng.random() < 0.7 else None
    debit = rng.random() < 0.2
    customer = str(rng.randint(10_000, 999_999))
    allowance = _allowance(lines, rng)
    breakdown, totals = _totals(lines, allowance)
    credit = rng.random() < 0.08
    if not credit and rng.random() < 0.1:
        totals = _prepaid(totals, rng)
    period = None
    if rng.random() < 0.5:
        start = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
        period = InvoicingPeriod(start, day.replace(day=1) - timedelta(days=1))
    numbering = rng.choice(_NUMBERS)
    number_text = numbering.format(
        y=day.year, y2=f"{day:%y}", m=day.month, n=rng.randint(1, 9999), s=rng.choice("ABEHKR")
    )
    discount = (rng.choice((7, 8, 10, 14)), Decimal(rng.choice((2, 3))))
    granted = discount if not debit and rng.random() < 0.15 else None
    invoice = Invoice(
        number=number_text,
        issue_date=day,
        type_code="381" if credit else "380",
        currency="EUR",
        due_date=due,
        order_reference=f"PO-{rng.randint(1000, 99999)}" if rng.random() < 0.25 else None,
        contract_reference=f"V{rng.randint(10000, 99999)}" if rng.random() < 0.2 else None,
        seller=seller,
        buyer=buyer,
        period=period,
        delivery=None if period else Delivery(date=day - timedelta(days=rng.choice((0, 0, 1, 3)))),
        payment_means=(
            PaymentMeans(
                code="59" if debit else "58",
                account=bank_account(place["country"], rng),
                bic=_bic(place["country"], rng) if rng.random() < 0.6 else None,
            ),
        ),
        payment_terms=f"{granted[1]} % / {granted[0]} d" if granted else None,
        remittance_information=f"{number_text}-{customer}" if rng.random() < 0.15 else None,
        allowances_charges=(allowance,) if allowance else (),
        totals=totals,
        vat_breakdown=breakdown,
        lines=lines,
    )
    court = rng.choice(_COURTS[language].split("|"))
    register = court.format(city=place["city"], n=rng.randint(1000, 99999))
    return Trade(invoice, language, customer, granted, register, rng.choice(_PEOPLE.split("|")))


def _category(country: str, rng: Random) -> str:
    """Who taxes: domestic sellers charge, others leave it to the recipient or are out of scope."""
    if country == "DE":
        return "E" if rng.random() < 0.06 else "S"
    return "O" if country == "CH" else rng.choice(("AE", "AE", "S"))


def _party(place: dict[str, str], language: str, rng: Random) -> Party:
    country = place["country"]
    name = rng.choice(_FIRST[language].split("|")) + rng.choice(_SECOND[language].split("|"))
    name = f"{name} {rng.choice(_FORMS[country].split('|'))}"
    street = f"{rng.choice(place['streets'].split('|'))} {rng.randint(1, 199)}"
    tax_number = f"{rng.randint(10, 99)}/{rng.randint(100, 999)}/{rng.randint(10000, 99999)}"
    label = "".join(sign for sign in name.split()[0].lower() if "a" <= sign <= "z")
    return Party(
        name=name,
        vat_id=vat_id(country, rng) or None,
        tax_number=tax_number if country == "DE" and rng.random() < 0.5 else None,
        address=Address(
            line_1=street, city=place["city"], postcode=place["postcode"], country=country
        ),
        contact=Contact(
            phone=f"+49 {rng.randint(30, 999)} 5550{rng.randint(100, 999)}",
            email=f"billing@{label}.example",
        ),
    )


def _lines(language: str, country: str, category: str, rng: Random) -> tuple[Line, ...]:
    chosen = rng.choices(
        _offers(), k=rng.choices((1, 2, 3, 5, 8, 14, 30), (6, 6, 6, 4, 3, 2, 1))[0]
    )
    return tuple(
        _line(str(number), offer, language, country, category, rng)
        for number, offer in enumerate(chosen, start=1)
    )


def _line(
    number: str, offer: dict[str, Any], language: str, country: str, category: str, rng: Random
) -> Line:
    low, high = (Decimal(str(bound)) for bound in offer["price"])
    places = Decimal("0.0001") if high < 1 else _CENT
    share = Decimal(rng.randint(0, 1000)) / 1000
    price = (low + share * (high - low)).quantize(places, ROUND_HALF_UP)
    least, most = (Decimal(str(bound)) for bound in offer["quantity"])
    step = Decimal("0.25") if offer["unit"] == "HUR" else Decimal(1)
    quantity = max(least, step * rng.randint(1, int(most / step)))
    model = f"{rng.choice('ABEKMSX')}{rng.choice('LXMS')}{rng.randint(2, 990)}"
    tld = rng.choice(("de", "eu", "com", "it", "at", "net", "org"))
    text = offer[language].format(model=model, n=rng.randint(1, 40), tld=tld)
    standard, reduced = _RATES[country]
    rate = reduced if offer.get("reduced") else standard
    return Line(
        id=number,
        quantity=quantity,
        unit=offer["unit"],
        net=(quantity * price).quantize(_CENT, ROUND_HALF_UP),
        price=Price(net=price),
        vat_category=category,
        vat_rate=Decimal(rate) if category == "S" else Decimal(0),
        item=Item(name=text),
    )


def _allowance(lines: tuple[Line, ...], rng: Random) -> AllowanceCharge | None:
    """A discount on the whole invoice, now and then, where all lines are taxed alike."""
    kinds = {(line.vat_category, line.vat_rate) for line in lines}
    if len(kinds) > 1 or rng.random() >= 0.1:
        return None
    base = sum((line.net or Decimal(0) for line in lines), Decimal("0.00"))
    percent = Decimal(rng.choice((3, 5, 10, 15)))
    category, rate = next(iter(kinds))
    return AllowanceCharge(
        amount=(base * percent / 100).quantize(_CENT, ROUND_HALF_UP), base=base, percent=percent,
        vat_category=category, vat_rate=rate, reason="Discount", reason_code="95",
    )  # fmt: skip


def _prepaid(totals: Totals, rng: Random) -> Totals:
    """A part of the sum was paid before."""
    assert totals.gross is not None
    share = Decimal(rng.choice((20, 25, 30, 50))) / 100
    prepaid = (totals.gross * share).quantize(_CENT, ROUND_HALF_UP)
    return replace(totals, prepaid=prepaid, payable=totals.gross - prepaid)


def _bic(country: str, rng: Random) -> str:
    """A bank's code of the right form; the banks are invented."""
    bank = "".join(rng.choice("BCDFGKMNRSTVX") for _ in range(4))
    return f"{bank}{country}{rng.choice(('FF', '2L', 'M1', 'HH'))}{rng.choice(('', 'XXX'))}"


def _totals(
    lines: tuple[Line, ...], allowance: AllowanceCharge | None
) -> tuple[tuple[VatBreakdown, ...], Totals]:
    """Base and tax per rate, rounded once per rate (EN 16931, BR-S-09), and the sums."""
    bases: dict[tuple[str, Decimal], Decimal] = {}
    for line in lines:
        assert line.vat_category is not None
        assert line.vat_rate is not None
        assert line.net is not None
        key = (line.vat_category, line.vat_rate)
        bases[key] = bases.get(key, Decimal("0.00")) + line.net
    whole = sum(bases.values(), Decimal("0.00"))
    off = allowance.amount if allowance else None
    if off:
        bases = {key: base - off for key, base in bases.items()}
    breakdown = tuple(
        VatBreakdown(
            taxable=base,
            tax=(base * rate / 100).quantize(_CENT, ROUND_HALF_UP),
            category=category,
            rate=rate,
            exemption_reason=None if category == "S" else {"AE": "Reverse charge"}.get(category, "Exempt"),
        )
        for (category, rate), base in sorted(bases.items(), reverse=True)
    )  # fmt: skip
    net = sum(bases.values(), Decimal("0.00"))
    tax = sum((row.tax or Decimal(0) for row in breakdown), Decimal("0.00"))
    gross = net + tax
    return breakdown, Totals(
        lines=whole, allowances=off, net=net, tax=tax, gross=gross, payable=gross
    )
