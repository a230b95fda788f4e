"""PayPal and Stripe exports: each payment a gross line and a fee line, so that the net adds up.

Holds (open authorisations, reserves), pending and failed payments move no money of the account and
are counted, not booked.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from contor.banking.delimited_balance import balances_of
from contor.banking.delimited_header import fold
from contor.banking.delimited_table import Table
from contor.banking.figures import date_order, decimal_mark, parse_amount, parse_date
from contor.banking.statement import BankLine, Reading, Refused, Statement, period_of
from contor.errors import Finding, Refusal

_PAYPAL = {
    "gross": ("brutto", "gross", "lordo", "bruto", "avant-commission"),
    "fee": ("gebuehr", "fee", "tariffa", "entgelt", "kosten", "commission", "fees"),
    "net": ("netto", "net", "neto", "avant-net"),
    "date": ("datum", "date", "data", "fecha"),
    "name": ("name", "nome", "nom", "nombre", "naam"),
    "type": ("typ", "type", "tipo", "beschreibung", "description"),
    "status": ("status", "stato", "etat", "estado"),
    "currency": ("waehrung", "currency", "valuta", "devise", "divisa"),
    "id": ("transaktionscode", "transaction-id", "codice-transazione", "id-transacao"),
    "invoice": ("rechnungsnummer", "invoice-number", "numero-fattura", "rechnungs-nr"),
    "note": ("hinweis", "note", "nota", "betreff", "subject", "artikelbezeichnung", "item-title"),
    "balance": ("guthaben", "balance", "saldo", "solde"),
    "related": ("zugehoeriger-transaktionscode", "reference-txn-id"),
    "email": ("absender-e-mail-adresse", "from-email-address"),
    "effect": ("auswirkung-auf-guthaben", "balance-impact"),
}
_STRIPE = {
    "id": ("id", "balance-transaction-id"),
    "type": ("type", "reporting-category"),
    "source": ("source", "source-id", "charge-id"),
    "gross": ("amount", "gross"),
    "refunded": ("amount-refunded", "converted-amount-refunded"),
    "fee": ("fee", "fees"),
    "net": ("net",),
    "currency": ("currency",),
    "converted": ("converted-amount",),
    "converted_refunded": ("converted-amount-refunded",),
    "converted_currency": ("converted-currency",),
    "date": ("created", "created-utc", "created-date-utc", "created-date"),
    "value": ("available-on", "available-on-utc"),
    "note": ("description",),
    "name": ("customer-description", "customer-name", "card-name"),
    "email": ("customer-email",),
    "status": ("status",),
    "invoice": ("invoice-id", "invoice-number"),
    "transfer": ("transfer", "automatic-payout-id"),
}
_HOLD = re.compile(
    r"einbehalt|account hold|general hold|hold on|payment hold|open authori[sz]ation|reserve\b"
    r"|autorisierung|release of|allgemeine[rn]? einbehaltung|temporary hold",
    re.IGNORECASE,
)
_UNBOOKED = re.compile(
    r"ausstehend|pending|in bearbeitung|denied|abgelehnt|cancell?ed|storniert|failed|expired"
    r"|in sospeso|en attente|requires|incomplete|blocked|processing",
    re.IGNORECASE,
)


def is_provider(table: Table) -> bool:
    """Whether the header is PayPal's (gross, fee, net) or Stripe's (id, amount, fee, status|net)."""
    return bool(_kind(table))


def _kind(table: Table) -> str:
    names = {fold(name) for name in table.header}
    if all(names & set(_PAYPAL[key]) for key in ("gross", "fee", "net")) and names & set(
        _PAYPAL["status"] + _PAYPAL["id"]
    ):
        return "paypal"
    stripe_id = bool(names & {"id", "balance-transaction-id"})
    if stripe_id and "fee" in names and names & {"net", "status"} and names & set(_STRIPE["date"]):
        return "stripe"
    return ""


def parse_provider(table: Table) -> Reading:
    """Read the export into one statement a currency."""
    kind = _kind(table)
    keys = _PAYPAL if kind == "paypal" else _STRIPE
    folded = [fold(name) for name in table.header]
    at = {
        key: [folded.index(name) for name in names if name in folded] for key, names in keys.items()
    }
    records = [
        (number, {key: _cell(row, places) for key, places in at.items()})
        for number, row in table.rows
    ]
    mark = decimal_mark(record["gross"] for _, record in records)
    order = date_order([r["date"] for _, r in records if r["date"]], american=kind == "stripe")
    refused: list[Refused] = []
    found: list[tuple[BankLine, Decimal | None]] = []
    skipped = 0
    for number, record in records:
        try:
            lines = _lines_of(record, kind, mark, order)
        except Refusal as refusal:
            refused.append(Refused(number, refusal))
            continue
        skipped += not lines
        found.extend(lines)
    return Reading(
        kind, _statements(kind, found, skipped), tuple(refused), _nothing(found, refused)
    )


def _nothing(
    found: list[tuple[BankLine, Decimal | None]], refused: list[Refused]
) -> tuple[Finding, ...]:
    if found or refused:
        return ()
    return (Finding("no_lines", "info", "The export is well formed and holds no booked line."),)


def _cell(row: list[str], places: list[int]) -> str:
    cells = (row[place].strip() for place in places if place < len(row))
    return next((cell for cell in cells if cell), "")


def _lines_of(
    record: dict[str, str], kind: str, mark: str, order: str
) -> list[tuple[BankLine, Decimal | None]]:
    """Gross, refund and fee lines of one record with the balance printed; none for a hold."""
    if _UNBOOKED.search(record["status"]) or _HOLD.search(record["type"]):
        return []
    if record.get("effect", "").lower() in {"memo", "info"}:
        return []
    currency = record.get("converted_currency") or record["currency"]
    gross = record.get("converted") or record["gross"]
    day = parse_date(record["date"], order)
    line = BankLine(
        booking_date=day,
        amount=parse_amount(gross, mark),
        currency=currency.upper(),
        value_date=parse_date(record["value"], order) if record.get("value") else None,
        counterparty_name=record["name"] or record["email"],
        remittance=" ".join(p for p in (record["invoice"], record["note"]) if p),
        end_to_end_id=record.get("source") or record["id"],
        transaction_code=record["type"] or record["status"],
        account_iban=kind,
        bank_reference=record["id"],
    )
    lines = [line]
    refund = record.get("converted_refunded") or record.get("refunded", "")
    if refund and parse_amount(refund, mark):
        back = -abs(parse_amount(refund, mark))
        lines.append(replace(line, amount=back, transaction_code="refund"))
    fee = parse_amount(record["fee"], mark) if record["fee"] else Decimal(0)
    if fee:
        signed = fee if kind == "paypal" else -fee
        lines.append(replace(line, amount=signed, transaction_code="fee", counterparty_name=kind))
    balance = record.get("balance", "")
    printed = parse_amount(balance, mark) if balance else None
    return [(made, None) for made in lines[:-1]] + [(lines[-1], printed)]


def _statements(
    kind: str, found: list[tuple[BankLine, Decimal | None]], skipped: int
) -> tuple[Statement, ...]:
    by_currency: dict[str, list[tuple[BankLine, Decimal | None]]] = {}
    for line, balance in found:
        by_currency.setdefault(line.currency, []).append((line, balance))
    statements = []
    for currency, members in by_currency.items():
        lines = tuple(line for line, _ in members)
        opening, closing = _chain(members)
        first, last = period_of(lines)
        statements.append(
            Statement(f"{kind} {currency}", kind, currency, first, last, opening, closing, lines)
        )
    if statements:
        statements[0] = replace(statements[0], skipped=skipped)
    return tuple(statements) or (Statement(kind, kind, skipped=skipped),)


def _chain(members: list[tuple[BankLine, Decimal | None]]) -> tuple[Decimal | None, Decimal | None]:
    """Balances from records whose last line carries the balance after gross and fee."""
    sums: list[BankLine] = []
    balances: list[Decimal | None] = []
    total = Decimal(0)
    for line, balance in members:
        total += line.amount
        if balance is not None:
            sums.append(replace(line, amount=total))
            balances.append(balance)
            total = Decimal(0)
    return balances_of(sums, balances) if sums and not total else (None, None)
