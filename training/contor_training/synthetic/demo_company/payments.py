"""What arrives on and leaves the accounts in October 2026, and what each line settles.

The ways of paying are those of real statements: the invoice number in full, in part or with a slip,
only the customer's name, cash discount, part payment, several invoices at once, too much, a credit
note netted, two invoices of the same amount, returned debits, fees, and lines that settle nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from contor_training.synthetic.demo_company.open_items import OpenItem

_CENT = Decimal("0.01")
_FIRST, _LAST = date(2026, 10, 1), date(2026, 10, 31)


@dataclass(frozen=True, slots=True)
class Share:
    """What a payment brings an item: money and deduction."""

    item: str
    amount: Decimal
    discount: Decimal = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Payment:
    """A bank line to be, and the truth about it. ``amount`` is signed from our side."""

    day: date
    amount: Decimal
    name: str
    iban: str
    text: str
    kind: str
    shares: tuple[Share, ...] = ()
    end_to_end_id: str = ""
    mandate_id: str = ""
    return_reason: str = ""
    ambiguous: bool = False


def payments(items: list[OpenItem], rng: Random) -> list[Payment]:
    """All payments of the month, ordered by day."""
    found = [*_incoming(items, rng), *_outgoing(items, rng), *_returns(items, rng), *_rest(rng)]
    return sorted(found, key=lambda pay: (pay.day, pay.name, pay.text, pay.amount))


def _day(earliest: date, rng: Random) -> date:
    first = max(_FIRST, earliest)
    day = first + timedelta(days=rng.randint(0, (_LAST - first).days))
    return day if day.isoweekday() < 6 else day - timedelta(days=day.isoweekday() - 5)


def _incoming(items: list[OpenItem], rng: Random) -> Iterator[Payment]:
    by_party: dict[str, list[OpenItem]] = defaultdict(list)
    notes = {item.party_id: item for item in items if item.kind == "credit_note"}
    for item in items:
        if item.kind == "receivable" and item.open_amount:
            by_party[item.party_id].append(item)
    for party, open_ones in sorted(by_party.items()):
        owed = open_ones
        if rng.random() < 0.15:
            continue  # pays later
        if party in notes:
            yield _netted(owed[0], notes[party], rng)
            owed = open_ones[1:]
        elif len(owed) > 1 and rng.random() < 0.35:
            yield _several(owed, rng)
            continue
        elif len(owed) > 1 and owed[0].gross == owed[1].gross and rng.random() < 0.25:
            text = rng.choice(("Hosting", "Rechnung", f"Kd.-Nr. {party}"))
            yield _pay(owed[0], owed[0].gross, text, "payment", rng, ambiguous=True)
            continue
        for item in owed:
            yield _single(item, rng)


def _single(item: OpenItem, rng: Random) -> Payment:
    if item.mandate_id:
        return _pay(item, item.gross, f"Lastschrift {item.number}", "payment", rng)
    if item.discount_terms and item.issue_date >= _FIRST and rng.random() < 0.7:
        cut = (item.gross * 2 / 100).quantize(_CENT, ROUND_HALF_UP)
        text = f"{item.number} abzgl. 2% Skonto"
        return _pay(item, item.gross - cut, text, "payment", rng, discount=cut)
    chance = rng.random()
    if chance < 0.05:
        part = (item.gross * rng.choice((3, 5, 6)) / 10).quantize(_CENT, ROUND_HALF_UP)
        return _pay(item, part, f"Teilzahlung {item.number}", "partial", rng)
    if chance < 0.08:
        more = item.gross + rng.choice((Decimal(10), Decimal("0.90"), item.gross))
        return _pay(item, more, f"Rg. {item.number}", "overpayment", rng)
    return _pay(item, item.gross, _wording(item, rng), "payment", rng)


def _wording(item: OpenItem, rng: Random) -> str:
    """How payers write an invoice number."""
    digits = item.number.split("-")[1]
    at = rng.randrange(1, len(digits) - 1)
    slip = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    return rng.choice(
        (
            item.number,
            f"Rechnung {item.number} vom {item.issue_date:%d.%m.%Y}",
            f"RE {item.number} Kd {item.party_id}",
            f"Kundennr. {item.party_id} Rechnungsnr. {item.number}",
            f"Invoice {item.number}",
            f"Fattura {item.number}",
            f"R26{digits}",
            f"Rg {digits}",
            item.number.replace("-", " "),
            f"Rechnung R26-{slip}",
            f"Kundennummer {item.party_id}",
            f"Hosting {item.party_aliases.split(';', maxsplit=1)[0]}",
            f"Vertrag {item.contract_reference} {item.issue_date:%m/%Y}",
        )
    )


def _pay(
    item: OpenItem,
    amount: Decimal,
    text: str,
    kind: str,
    rng: Random,
    *,
    discount: Decimal = Decimal("0.00"),
    ambiguous: bool = False,
) -> Payment:
    name = item.party_name.upper() if rng.random() < 0.3 else item.party_name
    share = Share(item.id, min(amount, item.open_amount), discount)
    known = rng.random() < 0.85
    day = item.issue_date + timedelta(days=rng.randint(2, 6)) if discount else None
    return Payment(
        day=day or _day(item.issue_date, rng),
        amount=amount,
        name=name,
        iban=item.party_iban if known else "",
        text=text,
        kind=kind,
        shares=(share,),
        end_to_end_id="" if ambiguous else item.end_to_end_id,
        mandate_id="" if ambiguous else item.mandate_id,
        ambiguous=ambiguous,
    )


def _several(owed: list[OpenItem], rng: Random) -> Payment:
    """One transfer for all open invoices of a customer."""
    total = sum((item.open_amount for item in owed), Decimal(0))
    numbers = " ".join(item.number for item in owed)
    text = rng.choice((numbers, f"Rechnungen {numbers}", f"Sammelzahlung Kd {owed[0].party_id}"))
    shares = tuple(Share(item.id, item.open_amount) for item in owed)
    last = owed[-1]
    return Payment(
        _day(last.issue_date, rng), total, last.party_name, last.party_iban, text, "batch", shares
    )


def _netted(item: OpenItem, note: OpenItem, rng: Random) -> Payment:
    """An invoice less a credit note."""
    text = f"{item.number} abzgl. Gutschrift {note.number}"
    shares = (Share(item.id, item.open_amount), Share(note.id, -note.open_amount))
    left = item.open_amount - note.open_amount
    day = _day(max(item.issue_date, note.issue_date), rng)
    return Payment(day, left, item.party_name, item.party_iban, text, "batch", shares)


def _outgoing(items: list[OpenItem], rng: Random) -> Iterator[Payment]:
    """Transfers to suppliers, one by one, some in one sum for several invoices."""
    owed: dict[str, list[OpenItem]] = defaultdict(list)
    for item in items:
        if item.kind == "payable" and item.issue_date <= date(2026, 10, 20) and item.party_iban:
            owed[item.party_id].append(item)
    for group in owed.values():
        together = len(group) > 1 and rng.random() < 0.4
        for part in [group] if together else [[item] for item in group]:
            text = " ".join(item.number for item in part)
            total = sum((item.open_amount for item in part), Decimal(0))
            kind = "batch" if together else "payment"
            shares = tuple(Share(item.id, -item.open_amount) for item in part)
            last = part[-1]
            day = _day(last.issue_date, rng)
            name = last.party_name
            yield Payment(day, -total, name, last.party_iban, f"RNr {text}", kind, shares)


def _returns(items: list[OpenItem], rng: Random) -> Iterator[Payment]:
    """Direct debits of settled invoices that come back, each with the bank's fee."""
    settled = [item for item in items if item.mandate_id and not item.open_amount]
    for item in rng.sample(settled, 4):
        day = _day(_FIRST, rng)
        text = f"Retoure SEPA Lastschrift {item.number}"
        shares = (Share(item.id, -item.gross),)
        yield Payment(
            day, -item.gross, item.party_name, item.party_iban, text, "return", shares,
            item.end_to_end_id, item.mandate_id, rng.choice(("AC04", "AM04", "MD06")),
        )  # fmt: skip
        yield Payment(day, Decimal("-3.50"), "", "", "Entgelt Rücklastschrift", "fee")


def _rest(rng: Random) -> Iterator[Payment]:
    """Lines that settle no item: fees, wages, taxes, payouts, a transfer, a stranger."""
    yield Payment(date(2026, 10, 30), Decimal("-18.40"), "", "", "Kontoführung Oktober 2026", "fee")
    yield Payment(date(2026, 10, 30), Decimal("-2.10"), "", "", "Buchungsposten 42 Stück", "fee")
    wages = Decimal(rng.randint(3_200_000, 3_900_000)) / 100
    yield Payment(date(2026, 10, 28), -wages, "", "", "Lohn und Gehalt 10/2026 Sammler", "other")
    tax = Decimal(rng.randint(1_200_000, 1_900_000)) / 100
    yield Payment(
        date(2026, 10, 12), -tax, "Finanzkasse Kiel", "", "USt-VA 09/2026 St.-Nr. 20/123/45678",
        "other",
    )  # fmt: skip
    for week in (1, 8, 15, 22):
        payout = Decimal(rng.randint(90_000, 420_000)) / 100
        text = f"Auszahlung PO-26{week:02d} abzgl. Entgelte"
        yield Payment(date(2026, 10, week), payout, "ZahlFix Payments GmbH", "", text, "payout")
    yield Payment(
        date(2026, 10, 14), Decimal("77.00"), "Unbekannt", "", "Spende Sommerfest", "other"
    )
    for _ in range(2):  # a genuine pair of identical lines
        yield Payment(date(2026, 10, 21), Decimal("5.95"), "Kassenautomat", "", "Guthaben", "other")
