"""What stands on the page of an invoice: labels and printed values, chosen once per invoice.

The layout (``layout.typ``) arranges it; the gold (``gold``) is made of the same choices, so that the
truth says what is printed and nothing else.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib import resources
from random import Random
from typing import Any

import yaml

from contor.einvoice.model import Line, Party
from contor_training.synthetic.invoices.formats import Format, choose
from contor_training.synthetic.invoices.trading import Trade

LAYOUTS = ("window", "split", "band", "centred", "ledger", "boxed", "sidebar", "twin")
COLOURS = ("#1f4e79", "#7a1f2b", "#1e6b3a", "#444444", "#b35900", "#4b2e83", "#00707a", "#000000")
FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
FONTS_OF_THE_MACHINE = (
    "DejaVu Sans", "DejaVu Sans Condensed", "DejaVu Serif", "Liberation Sans", "Liberation Serif",
    "Liberation Sans Narrow", "Carlito", "Noto Sans", "Open Sans", "Roboto",
)  # fmt: skip


@cache
def wording() -> dict[str, Any]:
    """Labels by language."""
    text = resources.files(__package__).joinpath("wording.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def page_data(trade: Trade, rng: Random) -> dict[str, Any]:
    """Everything the layout prints, as values for JSON. ``facts`` holds the printed values."""
    words = wording()[trade.language]
    form = choose(trade.language, rng)
    invoice = trade.invoice
    kind = "credit_note" if invoice.is_credit_note else "invoice"
    return {
        "language": trade.language,
        "layout": rng.choice(LAYOUTS),
        "colour": rng.choice(COLOURS),
        "size": rng.choice((8.5, 9, 9.5, 10, 10.5)),
        "margin": rng.choice((16, 18, 20, 25)),
        "rules": rng.choice(("head", "all", "rows", "none", "zebra")),
        "title": _one(words[kind], rng).format(number=invoice.number),
        "greeting": _one(words["greeting"], rng),
        "bank_label": _one(words["bank"], rng),
        "bic": invoice.payment_means[0].bic or "",
        "register": trade.register if rng.random() < 0.6 else "",
        "contact": f"{_one(words['contact'], rng)}: {trade.contact}" if rng.random() < 0.4 else "",
        "page_word": words["page"] if rng.random() < 0.6 else "",
        "seller": _party(invoice.seller, words),
        "buyer": _party(invoice.buyer, words),
        "meta": _meta(trade, words, form, rng),
        "identifiers": _identifiers(trade, words, rng),
        "iban": _grouped(invoice.payment_means[0].account or "", rng),
        **_table(trade, words, form, rng),
        "totals": _totals(trade, words, form, rng),
        "notes": _notes(trade, words, form, rng),
    }


def _one(choices: list[str], rng: Random) -> str:
    """The first is as likely as all others together."""
    return choices[0] if rng.random() < 0.4 else rng.choice(choices)


def _party(party: Party, words: dict[str, Any]) -> dict[str, str]:
    address, contact = party.address, party.contact
    assert address is not None
    return {
        "name": party.name or "",
        "street": address.line_1 or "",
        "place": f"{address.postcode} {address.city}",
        "country": words["countries"][address.country],
        "phone": contact.phone or "" if contact else "",
        "email": contact.email or "" if contact else "",
    }


def _grouped(iban: str, rng: Random) -> str:
    if rng.random() < 0.3:
        return iban
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def _meta(trade: Trade, words: dict[str, Any], form: Format, rng: Random) -> list[dict[str, str]]:
    """The block of reference data: label, printed value, name of the fact."""
    invoice = trade.invoice
    assert invoice.issue_date is not None
    rows = [("number", invoice.number or ""), ("issue_date", form.date(invoice.issue_date))]
    if rng.random() < 0.7:
        rows.append(("buyer_number", trade.customer_number))
    if invoice.due_date:
        rows.append(("due_date", form.date(invoice.due_date)))
    if invoice.period and invoice.period.start and invoice.period.end:
        start, end = form.date(invoice.period.start), form.date(invoice.period.end)
        rows.append(("period", f"{start} - {end}"))
    if invoice.delivery and invoice.delivery.date:
        rows.append(("delivery_date", form.date(invoice.delivery.date)))
    if invoice.remittance_information:
        rows.append(("payment_reference", invoice.remittance_information))
    if invoice.order_reference:
        rows.append(("order_reference", invoice.order_reference))
    if invoice.contract_reference:
        rows.append(("contract_reference", invoice.contract_reference))
    if invoice.buyer.vat_id and rng.random() < 0.4:
        rows.append(("buyer_vat_id", invoice.buyer.vat_id))
    colon = rng.choice((":", ":", ""))
    head, tail = rows[:2], rows[2:]
    rng.shuffle(tail)
    if rng.random() < 0.3:
        head.reverse()
    return [
        {"fact": fact, "label": _one(words[fact], rng) + colon, "value": value}
        for fact, value in [*head, *tail]
    ]


def _identifiers(trade: Trade, words: dict[str, Any], rng: Random) -> list[dict[str, str]]:
    seller = trade.invoice.seller
    pairs = [("seller_vat_id", seller.vat_id), ("seller_tax_number", seller.tax_number)]
    return [
        {"fact": fact, "label": _one(words[fact], rng), "value": value}
        for fact, value in pairs
        if value
    ]


def _table(trade: Trade, words: dict[str, Any], form: Format, rng: Random) -> dict[str, Any]:
    """Columns in one of the usual selections, and the rows."""
    columns = rng.choice(
        (
            ("pos", "text", "quantity", "unit", "price", "net"),
            ("pos", "text", "quantity", "price", "rate", "net"),
            ("text", "quantity", "price", "net"),
            ("quantity", "unit", "text", "price", "net"),
            ("pos", "quantity", "text", "rate", "price", "net"),
            ("pos", "item", "text", "quantity", "unit", "price", "net"),
            ("item", "text", "rate", "quantity", "price", "net"),
        )
    )
    told = rng.random() < 0.3
    heads = [_one(words["columns"][column], rng) for column in columns]
    rows = []
    for line in trade.invoice.lines:
        cells = _cells(line, words, form)
        cells["item"] = f"{rng.choice('ABCX')}{rng.randint(100, 99999)}"
        if told:
            cells["text"] += "\n" + _one(words["more"], rng).format(n=rng.randint(2, 48))
        rows.append([cells[column] for column in columns])
    return {"columns": list(columns), "heads": heads, "rows": rows}


def _cells(line: Line, words: dict[str, Any], form: Format) -> dict[str, str]:
    price = line.price.net or Decimal(0)
    exponent = price.as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return {
        "pos": line.id or "",
        "text": line.item.name or "",
        "quantity": form.plain(line.quantity or Decimal(0)),
        "unit": words["units"][line.unit],
        "price": form.number(price, places),
        "rate": f"{form.plain(line.vat_rate or Decimal(0))} %",
        "net": form.number(line.net or Decimal(0)),
    }


def _totals(trade: Trade, words: dict[str, Any], form: Format, rng: Random) -> list[dict[str, str]]:
    totals = trade.invoice.totals
    rows = []
    for allowance in trade.invoice.allowances_charges:
        text = _one(words["allowance"], rng).format(
            percent=form.plain(allowance.percent or Decimal(0))
        )
        off = form.money(allowance.amount or Decimal(0))
        value = form.money(totals.lines or Decimal(0))
        rows = [
            {"fact": "", "label": _one(words["lines"], rng), "value": value},
            {"fact": "", "label": text, "value": f"-{off}"},
        ]
    label = _one(words["net_total"], rng)
    rows.append(
        {"fact": "net_total", "label": label, "value": form.money(totals.net or Decimal(0))}
    )
    template = _one(words["tax"], rng)
    charged = [row for row in trade.invoice.vat_breakdown if row.category == "S"]
    for row in charged:
        text = template.format(
            rate=form.plain(row.rate or Decimal(0)), base=form.money(row.taxable or Decimal(0))
        )
        fact = "tax_total" if len(charged) == 1 else ""
        rows.append({"fact": fact, "label": text, "value": form.money(row.tax or Decimal(0))})
    label = _one(words["gross_total"], rng)
    value = form.money(totals.gross or Decimal(0))
    rows.append({"fact": "gross_total", "label": label, "value": value})
    if totals.prepaid:
        paid, left = form.money(totals.prepaid), form.money(totals.payable or Decimal(0))
        rows += [
            {"fact": "prepaid", "label": _one(words["prepaid"], rng), "value": f"-{paid}"},
            {"fact": "payable", "label": _one(words["payable"], rng), "value": left},
        ]
    return rows


def _notes(trade: Trade, words: dict[str, Any], form: Format, rng: Random) -> list[dict[str, str]]:
    invoice = trade.invoice
    notes = []
    category = invoice.vat_breakdown[0].category
    if category in {"AE", "E", "O"}:
        notes.append({"fact": "", "value": _one(words[category], rng)})
    if trade.discount:
        days, percent = trade.discount
        text = _one(words["discount"], rng).format(days=days, percent=form.plain(percent))
        notes.append({"fact": "discount_terms", "value": text})
    if invoice.payment_means[0].code == "59":
        notes.append({"fact": "", "value": _one(words["debit"], rng)})
    elif invoice.due_date and not invoice.is_credit_note:
        due = form.date(invoice.due_date)
        notes.append({"fact": "", "value": _one(words["transfer"], rng).format(due=due)})
    return notes
