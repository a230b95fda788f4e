"""A party: a customer or supplier with address, tax identity and bank account, as values."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TextIO, cast

from contor.errors import Refusal


@dataclass(frozen=True, slots=True)
class Party:
    """Master data of one party; an empty text is unknown. ``country`` is ISO 3166, two letters."""

    id: str
    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    vat_id: str = ""
    tax_number: str = ""
    iban: str = ""
    bic: str = ""
    email: str = ""
    seen_at: str = ""


@dataclass(frozen=True, slots=True)
class RefusedParty:
    """A row of a table of parties that is refused: its 1-based line in the file, and why."""

    row: int
    refusal: Refusal
    id: str = ""


def read_parties(stream: TextIO) -> Iterator[Party | RefusedParty]:
    """Parties from a table with at least the column ``id``, refused rows in their places."""
    reader = csv.DictReader(stream)
    if "id" not in (reader.fieldnames or ()):
        raise Refusal(
            "columns_missing", "The table of parties needs the column id.", "Add the column id."
        )
    known = {field.name for field in fields(Party)}
    for row in reader:
        refusal = refusal_of_row(row, "id")
        if refusal:
            yield RefusedParty(reader.line_num, refusal, (row["id"] or "").strip()[:80])
        else:
            yield Party(**{k: " ".join((v or "").split()) for k, v in row.items() if k in known})


def refusal_of_row(row: Mapping[str, str | list[str] | None], key: str) -> Refusal | None:
    """Why a row of a table is refused: more cells than columns, or nothing under ``key``."""
    beyond = row.get(cast("str", None))  # csv puts surplus cells under None
    if any(text.strip() for text in beyond or ()):
        return Refusal(
            "cells_too_many",
            "The row has more cells than the header has columns.",
            "Put cells that hold commas or line breaks into quotation marks.",
        )
    if not str(row[key] or "").strip():
        return Refusal("id_missing", "The row has no id.", "Give every row an id.")
    return None
