"""A party: a customer or supplier with address, tax identity and bank account, as values."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TextIO

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


def read_parties(stream: TextIO) -> Iterator[Party]:
    """Parties from a table with at least the column ``id``."""
    reader = csv.DictReader(stream)
    if "id" not in (reader.fieldnames or ()):
        raise Refusal(
            "columns_missing", "The table of parties needs the column id.", "Add the column id."
        )
    known = {field.name for field in fields(Party)}
    for row in reader:
        yield Party(**{k: " ".join((v or "").split()) for k, v in row.items() if k in known})
