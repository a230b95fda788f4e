"""Open items as reconciliation sees them: signed integer minor units and keys to find them by."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TextIO

from contor.banking.figures import parse_date
from contor.banking.statement import Refused
from contor.banking.table import cells_of, parse_plain
from contor.errors import Refusal
from contor.money import Money, minor_digits
from contor.reconciliation.terms import DiscountTerm, parse_terms

KINDS = ("receivable", "payable", "credit_note")


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A receivable, payable or credit note; ``gross`` and ``open_amount`` are minor units, ≥ 0.

    ``party_id`` is the customer or supplier number; ``aliases`` are domains, e-mail addresses and
    former names. An item settled before has ``open_amount`` 0.
    """

    id: str
    kind: str
    number: str
    currency: str
    gross: int
    open_amount: int
    party_id: str = ""
    party_name: str = ""
    issue_date: date | None = None
    due_date: date | None = None
    party_iban: str = ""
    terms: tuple[DiscountTerm, ...] = ()
    order_reference: str = ""
    contract_reference: str = ""
    aliases: tuple[str, ...] = ()
    mandate_id: str = ""
    end_to_end_id: str = ""

    @property
    def party(self) -> str:
        """The key of the party: its number, else its name."""
        return self.party_id or self.party_name


def minor_of(amount: Decimal, currency: str) -> int:
    """Minor units of an amount; refuses one finer than the currency."""
    return Money.of(amount, currency or "XXX").minor  # ISO 4217: XXX is no currency


def decimal_of(minor: int, currency: str) -> Decimal:
    """The amount of ``minor`` units with the currency's decimals."""
    return Decimal(minor).scaleb(-minor_digits(currency))


def read_items(stream: TextIO) -> Iterator[OpenItem | Refused]:
    """Open items from a table in file order; a row that cannot be read comes as ``Refused``."""
    reader = csv.DictReader(stream)
    missing = {"id", "kind", "number", "currency", "open_amount"} - set(reader.fieldnames or ())
    if missing:
        raise Refusal(
            "columns_missing",
            "The table of open items lacks the columns {columns}.",
            "Give at least id, kind, number, currency and open_amount.",
            columns=", ".join(sorted(missing)),
        )
    seen: set[str] = set()
    for row in reader:
        try:
            item = item_from(_checked(cells_of(row), seen))
        except Refusal as refusal:
            yield Refused(reader.line_num, refusal, (row["id"] or "").strip())
        else:
            seen.add(item.id)
            yield item


def _checked(cells: dict[str, str], seen: set[str]) -> dict[str, str]:
    """The cells of an item whose id is its own and whose amounts are not negative."""
    if not cells["id"] or cells["id"] in seen:
        raise Refusal(
            "item_id_repeated" if cells["id"] else "id_missing",
            "The open item has no id of its own: “{id}”.",
            "Give every open item an id that no other has.",
            id=cells["id"][:80],
        )
    negative = any(cells.get(name, "").startswith("-") for name in ("gross", "open_amount"))
    if negative and cells["kind"].lower() != "credit_note":
        raise Refusal(
            "amount_negative",
            "A {kind} has a negative amount.",
            "Write a credit note with its kind, credit_note, and a positive amount.",
            kind=cells["kind"][:80],
        )
    return cells


def item_from(cells: dict[str, str]) -> OpenItem:
    """An open item from its cells; refuses unknown kinds, amounts and dates that do not read."""
    kind, currency = cells["kind"].lower(), cells["currency"].upper()
    if kind not in KINDS:
        raise Refusal(
            "kind_unknown",
            "“{kind}” is no kind of open item.",
            "Write receivable, payable or credit_note.",
            kind=kind[:80],
        )
    open_amount = minor_of(parse_plain(cells["open_amount"]), currency)
    gross_text = cells.get("gross", "")
    gross = minor_of(parse_plain(gross_text), currency) if gross_text else open_amount
    return OpenItem(
        id=cells["id"],
        kind=kind,
        number=cells["number"],
        currency=currency,
        gross=abs(gross),
        open_amount=abs(open_amount),
        party_id=cells.get("party_id", ""),
        party_name=cells.get("party_name", ""),
        issue_date=_day(cells.get("issue_date", "")),
        due_date=_day(cells.get("due_date", "")),
        party_iban=cells.get("party_iban", "").replace(" ", "").upper(),
        terms=parse_terms(cells.get("discount_terms", "")),
        order_reference=cells.get("order_reference", ""),
        contract_reference=cells.get("contract_reference", ""),
        aliases=tuple(a.strip() for a in cells.get("party_aliases", "").split(";") if a.strip()),
        mandate_id=cells.get("mandate_id", ""),
        end_to_end_id=cells.get("end_to_end_id", ""),
    )


def _day(text: str) -> date | None:
    return parse_date(text) if text else None
