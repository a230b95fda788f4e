"""Load what a company brings along: parties, coded history, open items. Each load happens once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from contor.errors import Refusal
from contor.ledger.discount_terms import parse_discount_terms
from contor.ledger.open_items import OpenItem
from contor.money import Money
from contor.periods import BOOK_YEARS
from contor.ports.store import UnitOfWork
from contor.ports.store_people import AddressRecord, PartyBankAccount, PartyKind, PartyRecord
from contor.ports.store_review import LabelRecord

_CARRIED = ("vat_id", "iban", "tax_rate", "doc_no")


def load_parties(uow: UnitOfWork, text: str) -> int:
    """Parties from the columns of ``contor screen`` (and ``kind``, ``language``, ``aliases``)."""
    return uow.parties.save_many([_party(row) for _, row in _rows(text, ("id", "name"))])


def load_history(uow: UnitOfWork, text: str) -> int:
    """A coded ledger as labels; nothing where there are labels already."""
    if uow.labels.count():
        return 0
    needed = ("date", "supplier", "amount", "account")
    currency = uow.tenant.currency
    return uow.labels.add([label_of(number, row, currency) for number, row in _rows(text, needed)])


def label_of(number: int, row: Mapping[str, str], currency: str) -> LabelRecord:
    """A row of a coded ledger as a label; ``currency`` where it names none.

    Refuses ``date_unreadable``, ``date_far_off`` and what ``Money.of`` refuses.
    """
    return LabelRecord(
        date=_day(number, row["date"]),
        supplier=row["supplier"],
        supplier_id=row.get("supplier_id", ""),
        description=row.get("description", ""),
        amount=Money.of(row["amount"], row.get("currency") or currency),
        account=row.get("account", ""),
        cost_centre=row.get("cost_centre", ""),
        tax_code=row.get("tax_code", ""),
        columns={name: row[name] for name in _CARRIED if row.get(name)},
    )


def load_open_items(uow: UnitOfWork, text: str) -> int:
    """Open items in the form of ``contor reconcile``; an item known already is left as it is."""
    needed = ("kind", "number", "party_id", "currency", "gross", "open_amount")
    added = 0
    for number, row in _rows(text, needed):
        item = _open_item(number, row)
        if not uow.open_items.by_number(item.number, item.party_number):
            uow.open_items.add(item)
            added += 1
    return added


def _rows(text: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    missing = [column for column in needed if column not in (reader.fieldnames or ())]
    if missing:
        raise Refusal(
            "column_missing",
            "The table has no column {columns}.",
            "The first line names the columns.",
            columns=", ".join(missing),
        )
    for number, row in enumerate(reader, 2):
        yield number, {name: (value or "").strip() for name, value in row.items() if name}


def _party(row: Mapping[str, str]) -> PartyRecord:
    return PartyRecord(
        number=row["id"],
        name=row["name"],
        kind=_kind(row),
        email=row.get("email", ""),
        tax_number=row.get("tax_number", ""),
        language=row.get("language", ""),
        aliases=tuple(alias for alias in row.get("party_aliases", "").split(";") if alias),
        addresses=(
            AddressRecord(
                row.get("street", ""),
                row.get("postcode", ""),
                row.get("city", ""),
                row.get("country", ""),
            ),
        ),
        vat_ids=(row["vat_id"],) if row.get("vat_id") else (),
        bank_accounts=(
            (PartyBankAccount(row["iban"], row.get("bic", "")),) if row.get("iban") else ()
        ),
    )


def _kind(row: Mapping[str, str]) -> PartyKind:
    """As the table says, else by the range of personal accounts: suppliers from 70000 on."""
    given = row.get("kind", "")
    if given in {"customer", "supplier", "both"}:
        return cast("PartyKind", given)
    return "supplier" if row["id"].isdigit() and int(row["id"]) >= 70000 else "customer"


def _open_item(number: int, row: Mapping[str, str]) -> OpenItem:
    kind, currency = row["kind"], row["currency"]
    if kind not in {"receivable", "payable", "credit_note"}:
        raise Refusal(
            "open_item_kind_unknown",
            "Row {row}: {kind} is no kind of open item.",
            "Use receivable, payable or credit_note.",
            row=number,
            kind=kind,
        )
    issued = _day(number, row["issue_date"])
    item = OpenItem(
        "receivable" if kind == "receivable" else "payable" if kind == "payable" else "credit_note",
        row["number"],
        row["party_id"],
        row.get("party_name", ""),
        issued,
        _day(number, row["due_date"]) if row.get("due_date") else issued,
        Money.of(row["gross"], currency),
        Money.of(row["open_amount"], currency),
        "payable" if kind == "payable" or row.get("side") == "payable" else "receivable",
    )
    return replace(
        item,
        discount_terms=parse_discount_terms(row.get("discount_terms", "")),
        order_reference=row.get("order_reference", ""),
        contract_reference=row.get("contract_reference", ""),
        mandate_id=row.get("mandate_id", ""),
        end_to_end_id=row.get("end_to_end_id", ""),
    )


def _day(number: int, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal(
            "date_unreadable",
            "Row {row}: {text} is no date.",
            "Write dates as 2026-09-30.",
            row=number,
            text=text,
        ) from None
    if day.year not in BOOK_YEARS:
        raise Refusal(
            "date_far_off",
            "Row {row}: {text} is no day of these books.",
            "Check the year.",
            row=number,
            text=text,
        )
    return day
