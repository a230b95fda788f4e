"""Fields read from a document as the form shows them, with where they stand on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from babel.core import Locale
from starlette.datastructures import FormData

from contor.documents.reading import AMOUNT_FIELDS, DATE_FIELDS
from contor_api import figures
from contor_api.desk.forms import text
from contor_api.vocabulary import FIELDS

GROUPS = (
    ("document", ("number", "issue_date", "due_date", "delivery_date", "period_start",
                  "period_end", "currency")),
    ("amounts", ("net_total", "tax_total", "gross_total", "prepaid", "payable",
                 "discount_terms")),
    ("seller", ("seller_name", "seller_vat_id", "seller_tax_number", "seller_iban", "seller_bic",
                "seller_address")),
    ("buyer", ("buyer_name", "buyer_vat_id", "buyer_number", "buyer_address")),
    ("references", ("order_reference", "contract_reference", "payment_reference",
                    "accounting_reference")),
)  # fmt: skip
_ALWAYS = {
    "number", "issue_date", "due_date", "net_total", "tax_total", "gross_total", "seller_name",
    "seller_vat_id", "seller_iban",
}  # fmt: skip
Box = tuple[int, float, float, float, float]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: ``value`` as the machine read it, ``shown`` as the person reads or typed it.

    ``memory`` is the number of the confirmed document of the supplier that spoke for the value.
    """

    name: str
    value: str
    shown: str
    kind: str
    confidence: float | None
    source: str
    box: Box | None
    typed_box: str = ""
    memory: str = ""

    @property
    def found(self) -> bool:
        """Whether it was read, or matters so much that it is always asked for."""
        return bool(self.value or self.shown) or self.name in _ALWAYS

    @property
    def level(self) -> str:
        """How sure: ``sure``, ``fair``, ``low`` or ``missing``."""
        return level_of(self.confidence)


def level_of(confidence: float | None) -> str:
    """The level of a confidence, as colours and words show it.

    >>> level_of(0.99), level_of(0.85), level_of(0.2), level_of(None)
    ('sure', 'fair', 'low', 'missing')
    """
    if confidence is None:
        return "missing"
    return "sure" if confidence >= 0.98 else "fair" if confidence >= 0.8 else "low"


def field_rows(
    fields: Mapping[str, Mapping[str, Any]], locale: Locale, form: FormData | None = None
) -> dict[str, FieldRow]:
    """Every field by name, with what the person typed where a form came back."""
    return {name: _row(name, fields.get(name), locale, form) for name in FIELDS}


def _row(
    name: str, fact: Mapping[str, Any] | None, locale: Locale, form: FormData | None
) -> FieldRow:
    value = str(fact["value"]) if fact else ""
    shown, typed_box = _shown(name, value, locale), ""
    if form is not None and f"field.{name}" in form:
        shown, typed_box = text(form, f"field.{name}"), text(form, f"box.{name}")
    confidence = float(fact["confidence"]) if fact else None
    box = _box(fact) if fact else None
    return FieldRow(
        name, value, shown, _kind(name), confidence,
        str(fact.get("source", "")) if fact else "", box, typed_box,
        str(fact.get("memory", "")).removeprefix("document:") if fact else "",
    )  # fmt: skip


def _kind(name: str) -> str:
    if name in AMOUNT_FIELDS:
        return "amount"
    if name in DATE_FIELDS:
        return "date"
    if name.endswith("_iban"):
        return "iban"
    return "long" if name.endswith("_address") else "text"


def _shown(name: str, value: str, locale: Locale) -> str:
    if name in AMOUNT_FIELDS:
        return figures.write_plain(value, locale)
    return figures.localised(value, locale) if name in DATE_FIELDS else value


def _read(name: str, shown: str, locale: Locale) -> str:
    """What a person typed, in the machine's form."""
    if shown and name in AMOUNT_FIELDS:
        return str(figures.read_decimal(shown, locale))
    if shown and name in DATE_FIELDS:
        return figures.read_day(shown, locale).isoformat()
    return shown


def _box(fact: Mapping[str, Any]) -> Box | None:
    edges, page = fact.get("box"), fact.get("page")
    if not edges or not page or len(edges) != 4:
        return None
    left, top, right, bottom = (float(edge) for edge in edges)
    return (int(page), left, top, right, bottom)


def changed_fields(rows: Iterable[FieldRow], locale: Locale) -> dict[str, str]:
    """What the person changed, in the machine's form; refuses what nobody can read."""
    return {
        row.name: read
        for row in rows
        if row.shown != _shown(row.name, row.value, locale)
        and (read := _read(row.name, row.shown, locale)) != row.value
    }


def marked_boxes(rows: Iterable[FieldRow]) -> dict[str, Box]:
    """Where the person said that fields stand: page and four edges, separated by blanks."""
    marked = {}
    for row in rows:
        parts = row.typed_box.split()
        if len(parts) == 5:
            try:
                page, edges = int(parts[0]), [round(float(part), 1) for part in parts[1:]]
            except ValueError:
                continue
            marked[row.name] = (page, edges[0], edges[1], edges[2], edges[3])
    return marked
