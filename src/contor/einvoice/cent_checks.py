"""Recompute an invoice to the cent.

The official rule for VAT (BR-CO-17) lets a category be 1.00 off; these checks do not. A difference
that a usual way of rounding explains (VAT summed up from lines, a unit price shown rounded) is a
warning, any other an error. Amounts are rounded half up to the currency's minor unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from contor.einvoice.model import AllowanceCharge, Invoice, Line, VatBreakdown
from contor.einvoice.profile import profile_of
from contor.einvoice.verdict import RuleFinding
from contor.money import minor_digits, round_half_up

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)


def check_cents(invoice: Invoice) -> tuple[RuleFinding, ...]:
    """Findings ``CONTOR-CENT-01`` to ``-11``, in the order of the document."""
    digits = minor_digits((invoice.currency or "EUR").strip().upper())
    cent = Decimal(1).scaleb(-digits)
    parents = {line.parent for line in invoice.lines}
    return (
        *(
            finding
            for line in invoice.lines
            if line.id is None or line.id not in parents  # a parent sums its details up
            for finding in _line(line, digits, cent)
        ),
        *_allowances(invoice.allowances_charges, digits, cent, "BG-20"),
        *_totals(invoice, cent),
        *_breakdown(invoice, digits, cent),
    )


def counted_lines(invoice: Invoice) -> tuple[Line, ...]:
    """The lines that BT-106 sums: no groups, no information, and no details of a counted line."""
    if any(line.status for line in invoice.lines):
        return tuple(line for line in invoice.lines if line.status not in {"GROUP", "INFORMATION"})
    return tuple(line for line in invoice.lines if line.parent is None)


def signed(parts: Iterable[AllowanceCharge]) -> Decimal:
    """Charges less allowances."""
    return sum((p.amount or _ZERO if p.is_charge else -(p.amount or _ZERO) for p in parts), _ZERO)


def kept_back(invoice: Invoice) -> Decimal:
    """What an Italian buyer pays to the state and not to the seller: ritenuta, split payment."""
    if invoice.italy is None:
        return _ZERO
    withheld = sum((part.amount or _ZERO for part in invoice.italy.withholdings), _ZERO)
    split = (vat.tax or _ZERO for vat in invoice.vat_breakdown if vat.vat_due == "S")
    return withheld + sum(split, _ZERO)


def _compare(
    rule: str, where: str, what: str, stated: Decimal | None, computed: Decimal, slack: Decimal
) -> Iterator[RuleFinding]:
    """A finding where ``stated`` differs: a warning within ``slack``, else an error."""
    if stated is None or stated == computed:
        return
    severity = "warning" if abs(stated - computed) <= slack else "error"
    message = f"{what} is {stated:f}, recomputed {computed:f}."
    yield RuleFinding(f"CONTOR-CENT-{rule}", severity, where, message)  # type: ignore[arg-type]


def _step(number: Decimal) -> Decimal:
    """Half of the last digit shown: what rounding may have taken away."""
    exponent = number.as_tuple().exponent
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else _ZERO


def _line(line: Line, digits: int, cent: Decimal) -> Iterator[RuleFinding]:
    where = f"BG-25 {line.id or '?'}"
    yield from _allowances(line.allowances_charges, digits, cent, where)
    price = line.price
    if price.net is None or line.net is None:
        return
    quantity = line.quantity if line.quantity is not None else Decimal(1)
    base = price.base_quantity or price.gross_base_quantity or Decimal(1)
    exact = quantity * price.net / base + signed(line.allowances_charges)
    # the price may stand rounded, in its own digits or (before 2 decimals) in hidden ones
    slack = cent + abs(quantity / base) * _step(price.net)
    computed = round_half_up(exact, digits)
    if round_half_up(line.net, digits) != computed:
        text = "Line net amount (BT-131)"
        yield from _compare("01", where, text, line.net, computed, slack)
    if price.gross is not None and price.discount is not None:
        same_base = (price.gross_base_quantity or base) == base
        expected = price.gross - price.discount
        if same_base:
            yield from _compare(
                "11", where, "Item net price (BT-146)", price.net, expected, _step(price.net) * 2
            )


def _allowances(
    parts: Iterable[AllowanceCharge], digits: int, cent: Decimal, where: str
) -> Iterator[RuleFinding]:
    for part in parts:
        if part.base is not None and part.percent is not None:
            computed = round_half_up(part.base * part.percent / _HUNDRED, digits)
            slack = cent + abs(part.base) * _step(part.percent) / _HUNDRED
            text = "Charge" if part.is_charge else "Allowance"
            yield from _compare("10", where, text, part.amount, computed, slack)


def _totals(invoice: Invoice, cent: Decimal) -> Iterator[RuleFinding]:
    totals, parts = invoice.totals, invoice.allowances_charges
    lines = counted_lines(invoice)
    charges = signed(part for part in parts if part.is_charge)
    allowances = -signed(part for part in parts if not part.is_charge)
    total = sum((line.net or _ZERO for line in lines), _ZERO)
    if lines and all(line.net is not None for line in lines):
        yield from _compare("02", "BT-106", "Sum of lines", totals.lines, total, cent)
    yield from _compare("03", "BT-107", "Sum of allowances", totals.allowances, allowances, cent)
    yield from _compare("04", "BT-108", "Sum of charges", totals.charges, charges, cent)
    if totals.lines is not None:
        net = totals.lines - (totals.allowances or _ZERO) + (totals.charges or _ZERO)
        yield from _compare("05", "BT-109", "Net total", totals.net, net, cent)
    if totals.net is not None:
        gross = totals.net + (totals.tax or _ZERO)
        yield from _compare("08", "BT-112", "Gross total", totals.gross, gross, cent)
    # MINIMUM has no place for what was paid before
    if totals.gross is not None and profile_of(invoice.specification).name != "minimum":
        third = sum((part.amount or _ZERO for part in invoice.third_party_payments), _ZERO)
        payable = totals.gross - (totals.prepaid or _ZERO) + (totals.rounding or _ZERO) + third
        payable -= kept_back(invoice)
        yield from _compare("09", "BT-115", "Amount due", totals.payable, payable, cent)


def _breakdown(invoice: Invoice, digits: int, cent: Decimal) -> Iterator[RuleFinding]:
    lines = counted_lines(invoice)
    for vat in invoice.vat_breakdown:
        where = f"BG-23 {vat.category or '?'} {_plain(vat.rate)}".rstrip()
        yield from _base(invoice, lines, vat, where, cent)
        if vat.taxable is not None and vat.rate is not None:
            computed = round_half_up(vat.taxable * vat.rate / _HUNDRED, digits)
            parts = sum(1 for line in lines if _belongs(line, vat))
            slack = cent / 2 * (parts + 1)
            yield from _compare("07", where, "VAT (BT-117)", vat.tax, computed, max(slack, cent))
    if invoice.vat_breakdown:
        tax = sum((vat.tax or _ZERO for vat in invoice.vat_breakdown), _ZERO)
        yield from _compare("12", "BT-110", "Total VAT", invoice.totals.tax, tax, cent)


def _base(
    invoice: Invoice, lines: tuple[Line, ...], vat: VatBreakdown, where: str, cent: Decimal
) -> Iterator[RuleFinding]:
    """The taxable amount is what lines, allowances and charges of the category add up to."""
    if vat.taxable is None or not any(line.vat_category for line in lines):
        return
    found = sum((line.net or _ZERO for line in lines if _belongs(line, vat)), _ZERO)
    found += signed(part for part in invoice.allowances_charges if _belongs(part, vat))
    # several breakdowns of one rate (by exemption reason) cannot be told apart by category
    twins = [
        other
        for other in invoice.vat_breakdown
        if other.category == vat.category and (other.rate or _ZERO) == (vat.rate or _ZERO)
    ]
    stated = sum((other.taxable or _ZERO for other in twins), _ZERO)
    if twins[0] is vat:
        yield from _compare("06", where, "Taxable amount (BT-116)", stated, found, cent)


def _belongs(part: Line | AllowanceCharge, vat: VatBreakdown) -> bool:
    return part.vat_category == vat.category and (part.vat_rate or _ZERO) == (vat.rate or _ZERO)


def _plain(rate: Decimal | None) -> str:
    return "" if rate is None else format(rate.normalize(), "f")
