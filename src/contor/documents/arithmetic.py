"""Repair what arithmetic can: one misread digit among net, tax and gross.

Where net + tax = gross fails and changing one digit of one of them makes it hold, that digit was
misread; a usual VAT rate of the repaired net and tax, or a doubtful recognition, must speak for it.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from contor.documents.amounts import one_digit_apart
from contor.documents.chosen_amounts import Choice, Totals
from contor.documents.tax_rows import usual_rate

_DOUBTED = 0.9


def repaired(totals: Totals) -> Totals:
    """The totals with a misread digit set right, where there is one."""
    net, tax, gross = totals.net, totals.tax, totals.gross
    if totals.adds_up or net is None or tax is None or gross is None:
        return totals
    if any(choice.candidate is None for choice in (net, tax, gross)):
        return totals
    options = [
        ("gross_total", gross, net.value + tax.value, (net.value, tax.value)),
        ("net_total", net, gross.value - tax.value, (gross.value - tax.value, tax.value)),
        ("tax_total", tax, gross.value - net.value, (net.value, gross.value - net.value)),
    ]
    found: list[tuple[float, float, str, Choice, Decimal]] = []
    for name, choice, wanted, (base, part) in options:
        if wanted <= 0 or base <= 0 or not one_digit_apart(choice.value, wanted):
            continue
        usual = usual_rate(base, part)
        doubt = choice.candidate.confidence if choice.candidate else 1.0
        if usual == 1.0 or doubt < _DOUBTED:
            found.append((-usual, doubt, name, choice, wanted))
    if not found:
        return totals
    _, _, name, choice, wanted = min(found, key=lambda option: option[:3])
    right = replace(choice, value=wanted)
    role = name.removesuffix("_total")
    whole = replace(totals, adds_up=True, misread=name)
    if role == "net":
        return replace(whole, net=right)
    return replace(whole, tax=right) if role == "tax" else replace(whole, gross=right)
