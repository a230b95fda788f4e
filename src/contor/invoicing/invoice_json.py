"""The invoice file: what ``contor preview`` prints and ``contor render`` takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from contor.errors import Refusal
from contor.invoicing.codec import from_value, schema_of, to_value
from contor.invoicing.invoice import INVOICE_FORMAT, Invoice


def invoice_value(invoice: Invoice) -> dict[str, Any]:
    """The invoice as a JSON object, its format first."""
    value: dict[str, Any] = to_value(invoice)
    return {"format": value.pop("format"), **value}


def invoice_from_value(value: Any) -> Invoice:
    """The invoice of a JSON object; refuses ``invoice_format`` and ``invoice_unreadable``."""
    if not isinstance(value, dict) or value.get("format") != INVOICE_FORMAT:
        raise Refusal(
            "invoice_format",
            "This is no invoice file.",
            'It is a JSON object with "format": "{format}".',
            format=INVOICE_FORMAT,
        )
    invoice = from_value(Invoice, value, str(value.get("currency", "EUR")))
    assert isinstance(invoice, Invoice)
    return invoice


def invoice_text(invoice: Invoice) -> str:
    """The invoice as JSON text; the same invoice always gives the same bytes."""
    return json.dumps(invoice_value(invoice), ensure_ascii=False, indent=2) + "\n"


def parse_invoice(text: str) -> Invoice:
    """The invoice of a JSON text."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise Refusal(
            "json_unreadable", "The file is no readable JSON.", "Check that it is complete."
        ) from None
    return invoice_from_value(value)


def invoice_schema() -> Mapping[str, Any]:
    """The JSON Schema of the invoice file, made from the Invoice value itself."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Contor invoice",
        **schema_of(Invoice),
    }
