"""Two years of coded ledger lines (November 2024 to October 2026).

The columns are those of COMMANDS.md. ``amount`` is gross, as a German posting batch carries it
(net where the recipient owes the tax). The noise is that of real books: prices that change in
January, a chart changed on 1 January 2026, new suppliers, names spelled differently, documents of
two VAT rates, documents split over cost centres, and now and then an account or cost centre that another clerk would have chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from contor_training.synthetic.demo_company.catalogue import Expense, Supplier, expenses, suppliers
from contor_training.synthetic.demo_company.descriptions import fill, typed

FIRST, LAST = date(2024, 11, 1), date(2026, 10, 31)
CHART_CHANGED = date(2026, 1, 1)
RATES = {"V19": Decimal(19), "V7": Decimal(7)}
VOLUME = 1.3  # documents of irregular expenses, against the table
_CENT = Decimal("0.01")
_OTHER_ACCOUNT = {
    "3000": "4980", "3106": "3100", "4210": "4228", "4228": "4210", "4240": "4228",
    "4600": "4760", "4663": "4660", "4666": "4660", "4805": "4980", "4806": "4805",
    "4909": "3106", "4910": "4930", "4925": "4920", "4930": "4980", "4940": "4945",
    "4950": "4957", "4960": "4965", "4964": "4806", "4970": "4900", "4980": "4985",
    "0480": "4985", "0400": "0480", "4650": "4660", "4140": "4650", "3123": "3125",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One coded line of the ledger, in the order of the columns of the file."""

    date: date
    supplier: str
    supplier_id: str
    description: str
    amount: Decimal
    currency: str
    vat_id: str
    iban: str
    tax_rate: str
    doc_no: str
    account: str
    cost_centre: str
    tax_code: str


def lines(seed: int) -> list[Line]:
    """All lines, ordered by day, supplier and document."""
    known = suppliers(seed)
    found: list[Line] = []
    for number, expense in enumerate(expenses()):
        supplier = known[expense.supplier]
        rng = Random(f"{seed}:ledger:{number}")
        # rent and subscriptions are booked alike for years; slips gather where documents vary
        untidy = expense.low != expense.high and rng.random() < 0.3
        for day in _days(expense, seed, rng):
            if supplier.since <= day <= supplier.until:
                line = _line(expense, supplier, day, rng)
                if untidy:
                    line = _inconsistent(line, rng)
                parts = _split(line, rng)
                # the other rate has chances of its own, so that no other line depends on it
                own = Random(f"{seed}:beside:{number}:{day}:{line.amount}")
                found.extend(_two_rates(line, expense, own) or parts)
    return sorted(found, key=lambda line: (line.date, line.supplier_id, line.doc_no, line.account))


def _days(expense: Expense, seed: int, rng: Random) -> Iterator[date]:
    """The days of the expense's documents; a supplier keeps its day of the month."""
    fixed_day = Random(f"{seed}:day:{expense.supplier}").randint(1, 27)
    kind, count = expense.rhythm[0], float(expense.rhythm[1:] or 1)
    for year, month in ((m // 12, m % 12 + 1) for m in range(2024 * 12 + 10, 2026 * 12 + 10)):
        due = kind == "m" or (kind == "q" and month % 3 == 0) or (kind == "y" and month == count)
        if not due:
            continue
        if kind != "m" or count == 1:
            yield _working_day(date(year, month, fixed_day))
        else:
            mean = count * VOLUME
            for _ in range(int(mean) + (rng.random() < mean % 1)):
                yield _working_day(date(year, month, rng.randint(1, 27)))


def _working_day(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.isoweekday() + 1) if day.isoweekday() > 5 else 0)


def _line(expense: Expense, supplier: Supplier, day: date, rng: Random) -> Line:
    rate = RATES.get(expense.tax_code, Decimal(0))
    net = price(expense, day, rng)
    gross = (net * (100 + rate) / 100).quantize(_CENT, ROUND_HALF_UP)
    number = doc_no(supplier.id, day)
    account = expense.account_before if day < CHART_CHANGED else expense.account
    name = supplier.name
    if supplier.also and rng.random() < 0.15:
        name = rng.choice(supplier.also)
    return Line(
        date=day,
        supplier=name,
        supplier_id=supplier.id if rng.random() > 0.03 else "",
        description=typed(fill(rng.choice(expense.texts), day, rng), number, rng),
        amount=gross,
        currency="EUR",
        vat_id=supplier.vat_id,
        iban=supplier.iban,
        tax_rate=f"{rate}.00",
        doc_no=number,
        account=account,
        cost_centre=expense.cost_centre,
        tax_code=expense.tax_code,
    )


def price(expense: Expense, day: date, rng: Random) -> Decimal:
    """The net price; of a range the lower half is the likelier."""
    years = day.year - FIRST.year
    share = (Decimal(rng.randint(0, 1000)) / 1000) ** 2
    net = expense.low + share * (expense.high - expense.low)
    for _ in range(years):
        net *= 1 + expense.rise
    return net.quantize(_CENT, ROUND_HALF_UP)


def doc_no(supplier_id: str, day: date) -> str:
    """The supplier's document number: its own shape, growing with time, one for each day."""
    shape = Random(f"shape:{supplier_id}").choice(
        ("RE-{y}-{n:05d}", "{y}{n:06d}", "R{n:07d}", "{y2}/{n:04d}", "INV-{n:06d}", "{n:08d}")
    )
    base = Random(f"base:{supplier_id}").randint(100, 90_000)
    count = (day - FIRST).days * Random(f"step:{supplier_id}").randint(1, 40)
    number = base + count if "{y" not in shape else day.timetuple().tm_yday * 3 + base % 500
    return shape.format(y=day.year, y2=f"{day:%y}", n=number)


def _inconsistent(line: Line, rng: Random) -> Line:
    """What another clerk would have booked, in some lines of a hundred."""
    chance = rng.random()
    if chance < 0.05 and line.account in _OTHER_ACCOUNT:
        return replace(line, account=_OTHER_ACCOUNT[line.account])
    if chance > 0.97:
        return replace(line, cost_centre="900" if line.cost_centre != "900" else "300")
    if 0.5 < chance < 0.505 and line.tax_code == "V19":
        return replace(line, tax_code="V0", tax_rate="0.00")
    return line


def _two_rates(line: Line, expense: Expense, rng: Random) -> list[Line]:
    """A document with a part under the other VAT rate, to the same account; empty where it has none."""
    if not expense.beside_code or rng.random() > 0.45:
        return []
    part = (line.amount * rng.randint(8, 60) / 100).quantize(_CENT, ROUND_HALF_UP)
    text = fill(rng.choice(expense.beside_texts), line.date, rng)
    beside = replace(
        line,
        amount=part,
        description=typed(text, line.doc_no, rng),
        tax_code=expense.beside_code,
        tax_rate=f"{RATES[expense.beside_code]}.00",
    )
    return [replace(line, amount=line.amount - part), beside]


def _split(line: Line, rng: Random) -> list[Line]:
    """A document over several cost centres: some thirty of a thousand, where that is usual."""
    other = {"110": "100", "120": "100", "210": "110", "200": "110"}.get(line.cost_centre)
    if other is None or line.amount < 200 or rng.random() > 0.06:
        return [line]
    share = Decimal(rng.choice((20, 25, 30, 40, 50)))
    part = (line.amount * share / 100).quantize(_CENT, ROUND_HALF_UP)
    return [
        replace(line, amount=line.amount - part),
        replace(line, amount=part, cost_centre=other),
    ]
