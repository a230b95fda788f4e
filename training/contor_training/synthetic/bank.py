"""Bank statements over real ledgers, with the truth about each line.

Open items come from supplier, invoice number and amount; lines pay them the way people pay. Seeded;
no line shows the matcher more than a bank would.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from contor.banking.statement import BankLine
from contor.reconciliation.item import OpenItem
from contor.reconciliation.terms import DiscountTerm, discount_of
from contor_training.synthetic.bank_texts import iban_of, misspell, name_as_printed, text_for


@dataclass(frozen=True, slots=True)
class Booked:
    """One invoice of a ledger: supplier, number, minor units, day."""

    supplier: str
    number: str
    amount: int
    day: date


@dataclass
class Case:
    """Open items, lines, and per line id the kind and the money for each item (signed)."""

    items: list[OpenItem] = field(default_factory=list)
    lines: list[BankLine] = field(default_factory=list)
    truth: dict[str, tuple[str, dict[str, int]]] = field(default_factory=dict)


class Generator:
    """Makes one :class:`Case` from invoices; the same seed makes the same case."""

    def __init__(self, invoices: Sequence[Booked], seed: int) -> None:
        self._random = random.Random(seed)
        self._case = Case()
        self._parties: dict[str, tuple[str, str]] = {}
        self._open: dict[str, list[OpenItem]] = defaultdict(list)
        self._last = max(invoice.day for invoice in invoices)
        for number, invoice in enumerate(invoices):
            self._add_item(number, invoice)

    def run(self) -> Case:
        """Pay about nine tenths of the items in all the ways, then add what pays nothing."""
        ways: list[tuple[Callable[[list[OpenItem]], None], int, int]] = [
            (self._single, 1, 60),
            (self._discount, 1, 10),
            (self._batch, 0, 12),
            (self._partial, 1, 5),
            (self._overpaid, 1, 3),
            (self._short_by_fee, 1, 3),
            (self._returned, 1, 3),
            (self._with_credit_note, 2, 2),
            (self._leave, 1, 10),
        ]
        weights = [weight for _, _, weight in ways]
        for party in sorted(self._open):
            waiting = list(self._open[party])
            while waiting:
                way, size, _ = self._random.choices(ways, weights)[0]
                wanted = size or self._random.randint(2, 6)
                if len(waiting) < wanted:
                    way, wanted = self._single, 1
                way([waiting.pop(0) for _ in range(wanted)])
        self._noise(max(3, len(self._case.items) // 12))
        self._random.shuffle(self._case.lines)
        return self._case

    def _add_item(self, number: int, invoice: Booked) -> None:
        chance = self._random
        if invoice.supplier not in self._parties:
            code = f"{chance.choice(('K', 'D', ''))}{10000 + len(self._parties)}"
            account = iban_of(chance) if chance.random() < 0.8 else ""
            self._parties[invoice.supplier] = (code, account)
        code, account = self._parties[invoice.supplier]
        terms = (DiscountTerm(10, Decimal("2.00")),) if hash_of(invoice.supplier) % 4 == 0 else ()
        item = OpenItem(
            id=f"I{number:06d}",
            kind="payable" if hash_of(invoice.supplier) % 5 == 0 else "receivable",
            number=invoice.number,
            currency="EUR",
            gross=invoice.amount,
            open_amount=invoice.amount,
            party_id=code,
            party_name=invoice.supplier,
            issue_date=invoice.day,
            due_date=invoice.day + timedelta(days=30),
            party_iban=account if chance.random() < 0.7 else "",
            terms=terms,
        )
        self._case.items.append(item)
        self._open[invoice.supplier].append(item)

    def _line(
        self, items: list[OpenItem], money: dict[str, int], kind: str, *, text: str | None = None
    ) -> None:
        chance = self._random
        first = items[0]
        extra = 0 if kind != "overpayment" else chance.choice((100, 500, 1000, 119))
        total = sum(money.values()) + extra * (1 if first.kind == "receivable" else -1)
        if first.issue_date is None:
            return
        day = first.issue_date + timedelta(days=chance.choice((2, 5, 8, 9, 14, 28, 30, 31, 45)))
        if kind == "discount":
            day, kind = first.issue_date + timedelta(days=chance.randint(1, 10)), "payment"
        account = self._parties[first.party_name][1]
        stranger = chance.random() < 0.04
        name = "ZAHLUNGSDIENST NORD GMBH" if stranger else name_as_printed(first.party_name, chance)
        line = BankLine(
            id=f"L{len(self._case.lines):06d}",
            booking_date=day,
            value_date=day,
            amount=Decimal(total).scaleb(-2),
            currency="EUR",
            counterparty_name=name,
            counterparty_iban="" if stranger or chance.random() < 0.15 else account,
            remittance=text if text is not None else text_for(items, chance),
            account_iban="DE02120300000000202051",
        )
        self._case.lines.append(line)
        self._case.truth[line.id] = (kind, money)

    def _signed(self, item: OpenItem, amount: int | None = None) -> int:
        value = item.gross if amount is None else amount
        return -value if item.kind == "payable" else value

    def _single(self, items: list[OpenItem]) -> None:
        self._line(items, {items[0].id: self._signed(items[0])}, "payment")

    def _batch(self, items: list[OpenItem]) -> None:
        self._line(items, {item.id: self._signed(item) for item in items}, "batch")

    def _discount(self, items: list[OpenItem]) -> None:
        item = items[0]
        if not item.terms:
            self._single(items)
            return
        paid = item.gross - discount_of(item.terms[0], item.gross)
        self._line(items, {item.id: self._signed(item, paid)}, "discount")

    def _partial(self, items: list[OpenItem]) -> None:
        item = items[0]
        share = item.gross * self._random.choice((25, 50, 40, 60)) // 100
        if share:
            self._line(items, {item.id: self._signed(item, share)}, "partial")
            if self._random.random() < 0.6:
                rest = self._signed(item, item.gross - share)
                self._line(items, {item.id: rest}, "payment")

    def _overpaid(self, items: list[OpenItem]) -> None:
        self._line(items, {items[0].id: self._signed(items[0])}, "overpayment")

    def _short_by_fee(self, items: list[OpenItem]) -> None:
        item = items[0]
        charge = self._random.choice((250, 500, 750, 1500))
        if item.gross <= charge * 6:
            self._single(items)
            return
        text = f"{text_for(items, self._random)} abzgl. Gebuehr"
        self._line(items, {item.id: self._signed(item, item.gross - charge)}, "payment", text=text)

    def _returned(self, items: list[OpenItem]) -> None:
        item = items[0]
        position = self._case.items.index(item)
        if item.kind != "receivable":
            self._single(items)
            return
        self._case.items[position] = replace(item, open_amount=0)
        text = f"RUECKLASTSCHRIFT AM04 {text_for(items, self._random)}"
        self._line(items, {item.id: -item.gross}, "return", text=text)

    def _with_credit_note(self, items: list[OpenItem]) -> None:
        main, other = sorted(items, key=lambda item: -item.gross)
        if main.gross <= other.gross:
            self._single([main])
            return
        note = replace(other, kind="credit_note")
        self._case.items[self._case.items.index(other)] = note
        sign = 1 if main.kind == "receivable" else -1
        money = {main.id: sign * main.gross, note.id: -sign * note.gross}
        self._line([main, note], money, "batch")

    def _leave(self, items: list[OpenItem]) -> None:
        """Stays open."""

    def _noise(self, count: int) -> None:
        """Lines that pay no item: payers unknown here, fees, transfers, settled long ago."""
        chance = self._random
        for _ in range(count):
            amount = chance.randint(500, 500_000)
            day = self._last - timedelta(days=chance.randint(0, 200))
            kind, text, name = chance.choice(
                (
                    ("fee", "Entgelt Kontofuehrung", ""),
                    ("transfer", "Umbuchung", ""),
                    ("other", f"Rechnung {chance.randint(1000, 999999)}", "FREMDE KUNDIN KG"),
                    ("other", f"Miete {day:%m/%Y}", misspell("Hausverwaltung Süd", chance)),
                )
            )
            line = BankLine(
                id=f"L{len(self._case.lines):06d}",
                booking_date=day,
                value_date=day,
                amount=Decimal(-amount if kind == "fee" else amount).scaleb(-2),
                currency="EUR",
                counterparty_name=name,
                remittance=text,
                account_iban="DE02120300000000202051",
            )
            self._case.lines.append(line)
            self._case.truth[line.id] = (kind, {})


def hash_of(text: str) -> int:
    """A small hash that is the same in every run."""
    return sum(ord(c) * (i + 1) for i, c in enumerate(text))
