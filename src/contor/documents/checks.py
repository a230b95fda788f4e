"""What looks wrong with the facts of a document, as findings for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from contor.documents.identifiers import is_iban, is_vat_id
from contor.documents.reading import Fact, LineItem
from contor.documents.untaxed import buyer_owes_tax
from contor.errors import Finding

_CENTS = Decimal("0.05")
_CENT = Decimal("0.01")
_SMALL_BUSINESS = re.compile(r"§\s?19\s(?:abs\.?\s?\d\s)?ustg|kleinunternehmer")


def findings_of(
    fields: Mapping[str, Fact],
    lines: Sequence[LineItem],
    texts: Sequence[str],
    besides: frozenset[Decimal] = frozenset(),
) -> Iterator[Finding]:
    """Sums that do not add up, check digits that fail, tax wordings that matter.

    ``besides`` are discounts and charges, one or two of which may stand between the lines and the net.
    """
    amounts = {
        name: Decimal(fields[name].value)
        for name in ("net_total", "tax_total", "gross_total")
        if name in fields
    }
    if len(amounts) == 3:
        net, tax, gross = amounts.values()
        if abs(net + tax - gross) > _CENTS:
            yield Finding(
                "sums_differ",
                "warning",
                f"Net {net} and tax {tax} do not make the gross total {gross}.",
                tuple(amounts),
            )
    if lines and "net_total" in amounts:
        total = sum((Decimal(line.net) for line in lines if line.net), Decimal(0))
        gap = abs(amounts["net_total"] - total)
        explained = gap in besides or any(gap - one in besides for one in besides)
        if not explained and all(
            abs(total - amount) > _CENT * len(lines) for amount in amounts.values()
        ):
            yield Finding(
                "lines_differ",
                "info",
                f"The lines add up to {total}, the net total is {amounts['net_total']}.",
                ("net_total",),
            )
    yield from _identifiers(fields)
    whole = " ".join(texts).lower()
    if buyer_owes_tax(texts):
        yield Finding("reverse_charge", "info", "The document says the buyer owes the tax.")
    if _SMALL_BUSINESS.search(whole):
        yield Finding("small_business", "info", "The seller charges no tax as a small business.")


def _identifiers(fields: Mapping[str, Fact]) -> Iterator[Finding]:
    iban = fields.get("seller_iban")
    if iban and not is_iban(iban.value):
        yield Finding(
            "iban_invalid",
            "warning",
            f"The check digits of the IBAN {iban.value} fail.",
            ("seller_iban",),
        )
    for name in ("seller_vat_id", "buyer_vat_id"):
        fact = fields.get(name)
        if fact and not is_vat_id(fact.value):
            yield Finding(
                "vat_id_invalid",
                "warning",
                f"The check digit of the VAT-ID {fact.value} fails.",
                (name,),
            )
