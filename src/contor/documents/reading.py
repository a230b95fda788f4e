"""A reading: everything the house knows about one document, frozen, to and from JSON.

The JSON form is the contract of ``contor read``: amounts as decimal strings with a point, dates in
ISO 8601, boxes in PDF points from the top left, pages counted from 1.

>>> reading = Reading("a.pdf", "00", 1, "text", "invoice", "de",
...                   {"gross_total": Fact("119.00", 0.99, 1, (10.0, 20.0, 40.0, 30.0), "text")})
>>> Reading.from_json(reading.to_json()) == reading
True
>>> reading.value("gross_total"), reading.value("iban")
('119.00', None)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from contor.documents.page import Box, Source
from contor.errors import Finding, Refusal

Route = Literal["einvoice", "text", "ocr", "mixed"]
Kind = Literal["invoice", "credit_note", "receipt", "reminder", "statement", "other"]

FIELD_NAMES = (
    "number", "issue_date", "due_date", "delivery_date", "period_start", "period_end", "currency",
    "net_total", "tax_total", "gross_total", "prepaid", "payable", "seller_name", "seller_address",
    "seller_vat_id", "seller_tax_number", "seller_iban", "seller_bic", "buyer_name",
    "buyer_address", "buyer_vat_id", "buyer_number", "order_reference", "contract_reference",
    "payment_reference", "discount_terms", "accounting_reference",
)  # fmt: skip
AMOUNT_FIELDS = ("net_total", "tax_total", "gross_total", "prepaid", "payable")
_SMALL = 20.0
DATE_FIELDS = ("issue_date", "due_date", "delivery_date", "period_start", "period_end")


@dataclass(frozen=True, slots=True)
class Fact:
    """One value read: where it stands (``page`` and ``box`` unknown for XML) and how sure it is.

    ``memory`` names the confirmed document (``document:12``) whose layout spoke for the value.
    """

    value: str
    confidence: float
    page: int | None = None
    box: Box | None = None
    source: Source = "text"
    memory: str = ""


@dataclass(frozen=True, slots=True)
class TaxRow:
    """One row of the VAT breakdown (BG-23); texts are decimals, None is unknown."""

    category: str | None
    rate: str | None
    base: str | None
    tax: str | None


@dataclass(frozen=True, slots=True)
class LineItem:
    """One invoice line (BG-25) as printed.

    ``category`` (BT-151) and ``accounting_reference`` (BT-133) are known of e-invoices only.
    """

    text: str
    quantity: str | None = None
    unit: str | None = None
    unit_price: str | None = None
    net: str | None = None
    rate: str | None = None
    page: int | None = None
    box: Box | None = None
    category: str | None = None
    accounting_reference: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Which of several invoices in one file it is, and its pages, the first and the last."""

    number: int
    of: int
    pages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts of one document, or the refusal that stands in their place.

    ``part``: where the file holds several invoices, and this is one of them. ``turned``: quarter
    turns to the left that bring a page upright, where it does not lie so.
    """

    file: str
    sha256: str
    pages: int
    route: Route | None = None
    kind: Kind | None = None
    language: str | None = None
    fields: Mapping[str, Fact] = field(default_factory=dict)
    tax_breakdown: tuple[TaxRow, ...] = ()
    lines: tuple[LineItem, ...] = ()
    findings: tuple[Finding, ...] = ()
    refusal: tuple[str, str] | None = None
    turned: Mapping[int, int] = field(default_factory=dict)
    part: Part | None = None

    def value(self, name: str) -> str | None:
        """The value of a field, None where it was not found."""
        fact = self.fields.get(name)
        return fact.value if fact else None

    def to_json(self) -> dict[str, Any]:
        """The record of ``contor read``."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "pages": self.pages,
            "route": self.route,
            "kind": self.kind,
            "language": self.language,
            "fields": {
                name: _fact_json(self.fields[name]) for name in FIELD_NAMES if name in self.fields
            },
            "tax_breakdown": [
                {"category": row.category, "rate": row.rate, "base": row.base, "tax": row.tax}
                for row in self.tax_breakdown
            ],
            "lines": [_line_json(line) for line in self.lines],
            "findings": [
                {
                    "code": finding.code,
                    "severity": finding.severity,
                    "message": finding.message,
                    "fields": list(finding.fields),
                }
                for finding in self.findings
            ],
            "refusal": (
                {"code": self.refusal[0], "message": self.refusal[1]} if self.refusal else None
            ),
            **(
                {"turned": {str(page): by for page, by in self.turned.items()}}
                if self.turned
                else {}
            ),
            **({"part": _part_json(self.part)} if self.part else {}),
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Reading:
        """The reading again from its record."""
        refusal = record.get("refusal")
        return cls(
            record["file"],
            record["sha256"],
            record["pages"],
            cast("Route | None", record.get("route")),
            cast("Kind | None", record.get("kind")),
            record.get("language"),
            {name: _fact_from(value) for name, value in record.get("fields", {}).items()},
            tuple(
                TaxRow(row["category"], row["rate"], row["base"], row["tax"])
                for row in record.get("tax_breakdown", ())
            ),
            tuple(_line_from(line) for line in record.get("lines", ())),
            tuple(
                Finding(item["code"], item["severity"], item["message"], tuple(item["fields"]))
                for item in record.get("findings", ())
            ),
            (refusal["code"], refusal["message"]) if refusal else None,
            {int(page): by for page, by in record.get("turned", {}).items()},
            _part_from(record.get("part")),
        )


def refused(file: str, sha256: str, refusal: Refusal, pages: int = 0) -> Reading:
    """The reading of a document that was refused: what is wrong and what to do."""
    message = f"{refusal.message} {refusal.advice}".strip()
    return Reading(file, sha256, pages, refusal=(refusal.code, message))


def _fact_json(fact: Fact) -> dict[str, Any]:
    record = {
        "value": fact.value,
        "confidence": round(fact.confidence, 4),
        "page": fact.page,
        "box": _box_json(fact.box),
        "source": fact.source,
    }
    return {**record, "memory": fact.memory} if fact.memory else record


def _line_json(line: LineItem) -> dict[str, Any]:
    said = {"category": line.category, "accounting_reference": line.accounting_reference}
    return {
        "text": line.text,
        "quantity": line.quantity,
        "unit": line.unit,
        "unit_price": line.unit_price,
        "net": line.net,
        "rate": line.rate,
        "page": line.page,
        "box": _box_json(line.box),
        **{name: value for name, value in said.items() if value},
    }


def _part_json(part: Part) -> dict[str, Any]:
    return {
        "number": part.number,
        "of": part.of,
        "pages": list(part.pages) if part.pages else None,
    }


def _part_from(record: Mapping[str, Any] | None) -> Part | None:
    if record is None:
        return None
    pages = record["pages"]
    return Part(record["number"], record["of"], (pages[0], pages[1]) if pages else None)


def _box_json(box: Box | None) -> list[float] | None:
    digits = 1 if box and max(box) > _SMALL else 4  # of a page in inches, or in shares of it
    return [round(edge, digits) for edge in box] if box else None


def _box_from(edges: list[float] | None) -> Box | None:
    return (edges[0], edges[1], edges[2], edges[3]) if edges else None


def _fact_from(record: Mapping[str, Any]) -> Fact:
    return Fact(
        record["value"],
        record["confidence"],
        record["page"],
        _box_from(record["box"]),
        record["source"],
        record.get("memory", ""),
    )


def _line_from(record: Mapping[str, Any]) -> LineItem:
    return LineItem(
        record["text"],
        record["quantity"],
        record["unit"],
        record["unit_price"],
        record["net"],
        record["rate"],
        record["page"],
        _box_from(record["box"]),
        record.get("category"),
        record.get("accounting_reference"),
    )
