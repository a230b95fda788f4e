"""The invoice file: written, read, checked by its own schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from contor.errors import Refusal
from contor.invoicing.invoice_json import (
    invoice_from_value,
    invoice_schema,
    invoice_text,
    invoice_value,
    parse_document,
)
from tests.support.billing import draft, line, tax

DOCUMENT = draft([line("3", "12.90"), line("1", "5.555", tax(rate="7"))])


def test_written_and_read_is_the_same() -> None:
    assert parse_document(invoice_text(DOCUMENT)) == DOCUMENT


def test_the_schema_knows_what_is_written() -> None:
    schema = invoice_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(invoice_text(DOCUMENT)))


def test_amounts_are_texts() -> None:
    totals = invoice_value(DOCUMENT)["totals"]
    assert totals["gross"] == "52.00"
    assert all(isinstance(value, str) for value in totals.values())


CHANGES: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (lambda v: v["totals"].update(gross=52.0), "$.totals.gross"),
    (lambda v: v["totals"].update(gross="NaN"), "$.totals.gross"),
    (lambda v: v["totals"].pop("net"), "$.totals.net"),
    (lambda v: v["lines"][0].update(quantity="1e9999"), "$.lines[0].quantity"),
    (lambda v: v["lines"][0].update(quantity="1_000"), "$.lines[0].quantity"),
    (lambda v: v["lines"][1].update(colour="red"), "$.lines[1].colour"),
    (lambda v: v["lines"][0].update(period={"start": "2026-01-01"}), "$.lines[0].period.end"),
    (lambda v: v.update(kind="bill"), "$.kind"),
    (lambda v: v.update(lines={}), "$.lines"),
    (lambda v: v.update(issue_date="1.10.2026"), "$.issue_date"),
    (lambda v: v["customer"].update(business="yes"), "$.customer.business"),
    (lambda v: v["payment"].update(due_days="14"), "$.payment.due_days"),
]


@pytest.mark.parametrize(("change", "path"), CHANGES)
def test_what_cannot_be_read_is_named(change: Callable[[dict[str, Any]], Any], path: str) -> None:
    value = invoice_value(DOCUMENT)
    change(value)
    with pytest.raises(Refusal) as refusal:
        invoice_from_value(value)
    assert refusal.value.code == "invoice_unreadable"
    assert refusal.value.message.startswith(f"{path}:")


@pytest.mark.parametrize(
    ("text", "number", "code"),
    [
        ("{", None, "json_unreadable"),
        ("[]", None, "invoice_format"),
        ('{"format": "x"}', None, "invoice_format"),
        ('{"documents": [{}, {}]}', None, "document_ambiguous"),
        ('{"documents": [{}]}', 2, "document_missing"),
        ('{"documents": []}', None, "document_missing"),
        ("[" * 100000, None, "json_unreadable"),
    ],
)
def test_files_that_are_no_invoice(text: str, number: int | None, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_document(text, number)
    assert refusal.value.code == code
