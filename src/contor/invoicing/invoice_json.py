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


def parse_document(text: str, number: int | None = None) -> Invoice:
    """The invoice of a JSON text, or the document ``number`` (from 1) of a preview.

    Refuses ``json_unreadable``, ``document_missing``, ``document_ambiguous`` and what
    :func:`invoice_from_value` refuses.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise Refusal(
            "json_unreadable", "The file is no readable JSON.", "Check that it is complete."
        ) from None
    documents = value.get("documents") if isinstance(value, dict) else None
    if not isinstance(documents, list):
        return invoice_from_value(value)
    if number is None and len(documents) > 1:
        raise Refusal(
            "document_ambiguous",
            "The preview holds {count} documents.",
            "Say which one by --document.",
            count=len(documents),
        )
    if not 1 <= (number or 1) <= len(documents):
        raise Refusal(
            "document_missing",
            "The preview has no document {number}; it holds {count}.",
            "Count from 1.",
            number=number or 1,
            count=len(documents),
        )
    return invoice_from_value(documents[(number or 1) - 1])


def invoice_schema() -> Mapping[str, Any]:
    """The JSON Schema of the invoice file, made from the Invoice value itself."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Contor invoice",
        **schema_of(Invoice),
    }
