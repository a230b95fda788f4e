"""What makes two papers the same invoice: supplier, number and gross total, however they came.

A supplier goes by several identities (VAT-ID, IBAN, tax number, name); one key is made of each, so
that the scan of an e-invoice meets it again by whichever both show.

>>> from contor.documents.reading import Fact, Reading
>>> facts = {"number": Fact("RE-2026/001", 1.0), "gross_total": Fact("119.0", 1.0),
...          "seller_name": Fact("Müller GmbH", 1.0), "seller_vat_id": Fact("DE 123456789", 1.0)}
>>> natural_keys(Reading("a.pdf", "00", 1, kind="invoice", fields=facts))
('name:mueller|RE2026001|119.00|invoice', 'vat:DE123456789|RE2026001|119.00|invoice')
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from contor.documents.reading import Reading
from contor.parties.names import comparable

Identity = tuple[str, str]


def natural_keys(reading: Reading, also: Iterable[Identity] = ()) -> tuple[str, ...]:
    """The keys of a reading, sorted; none where number, total or supplier is missing.

    ``also`` are further identities of the supplier: pairs of ``vat``, ``iban``, ``tax`` or
    ``name`` and the value.
    """
    number = _compact(reading.value("number"))
    gross = _total(reading.value("gross_total"))
    if not number or gross is None:
        return ()
    kind = "credit_note" if reading.kind == "credit_note" else "invoice"
    identities = [
        ("vat", reading.value("seller_vat_id") or ""),
        ("iban", reading.value("seller_iban") or ""),
        ("tax", reading.value("seller_tax_number") or ""),
        ("name", reading.value("seller_name") or ""),
        *also,
    ]
    named = {(kind_of, _identity(kind_of, value)) for kind_of, value in identities}
    return tuple(sorted(f"{of}:{value}|{number}|{gross}|{kind}" for of, value in named if value))


def same_total(one: str | None, other: Decimal) -> bool:
    """Whether a total as read is the amount, whatever zeros it is written with."""
    return _total(one) == _total(str(other))


def _identity(kind: str, value: str) -> str:
    return comparable(value) if kind == "name" else _compact(value)


def _compact(text: str | None) -> str:
    return "".join(c for c in (text or "").upper() if c.isalnum())[:200]


def _total(text: str | None) -> str | None:
    try:
        amount = abs(Decimal(text or ""))
        return f"{amount.quantize(Decimal('0.01'))}"
    except InvalidOperation:
        return None
