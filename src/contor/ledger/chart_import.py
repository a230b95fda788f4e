r"""Read a chart, cost centres and tax codes from CSV (columns by name, others are ignored).

>>> chart = read_chart("number,name\n4930,Bürobedarf\n8400,Erlöse 19 %\n", "own")
>>> [(account.number, account.kind) for account in chart.accounts]
[('4930', 'expense'), ('8400', 'income')]
"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import cast, get_args

from contor.errors import Refusal
from contor.ledger.accounts import Account, AccountKind, Chart, CostCentreUse
from contor.ledger.cost_centre import CostCentre
from contor.ledger.standard_charts import Scheme, kind_of, scheme_of
from contor.ledger.tax_code import Direction, TaxCategory, TaxCode


def read_chart(text: str, name: str, *, scheme: Scheme | None = None, language: str = "") -> Chart:
    """The chart; ``language`` prefers a column such as ``name_en`` over ``name``.

    Kinds come from a column ``kind`` where there is one, else from the number ranges of the
    scheme (recognised by its numbers where not given). ``cost_centre`` (required or forbidden) and
    ``tax_code`` say what an account demands. Refuses ``chart_column_missing``,
    ``account_kind_unknown``, ``account_number_unreadable``, ``account_twice``,
    ``cost_centre_use_unknown`` and ``chart_scheme_unknown``.
    """
    rows = _rows(text, ("number", "name"))
    by_number = [row["number"] for row in rows if row["number"] and not row.get("kind")]
    chosen = scheme or (scheme_of(by_number) if by_number else "skr03")
    accounts = tuple(
        Account(
            row["number"],
            _name(row, language),
            _kind(row, chosen),
            cost_centre_use=_cost_centre_use(row),
            only_tax_code=row.get("tax_code", ""),
        )
        for row in rows
        if row["number"]
    )
    return Chart(name, accounts)


def read_cost_centres(text: str, *, language: str = "") -> tuple[CostCentre, ...]:
    """Cost centres from ``code,name``; refuses ``chart_column_missing``."""
    return tuple(
        CostCentre(row["code"], _name(row, language))
        for row in _rows(text, ("code", "name"))
        if row["code"]
    )


def read_tax_codes(
    text: str, *, scheme: Scheme | None = None, language: str = ""
) -> tuple[TaxCode, ...]:
    """Tax codes from ``code,name,rate,direction,category,valid_from,valid_to`` and accounts.

    The tax account stands in ``account`` or ``account_<scheme>``, the account of the tax owed in
    return (reverse charge) in ``output_account`` or ``output_account_<scheme>``.
    """
    columns = ("code", "name", "rate", "direction", "category", "valid_from")
    return tuple(_tax_code(row, scheme, language) for row in _rows(text, columns) if row["code"])


def _tax_code(row: dict[str, str], scheme: Scheme | None, language: str) -> TaxCode:
    suffix = f"_{scheme}" if scheme else ""
    try:
        return TaxCode(
            code=row["code"],
            name=_name(row, language),
            rate=Decimal(row["rate"]),
            direction=cast("Direction", row["direction"]),
            category=cast("TaxCategory", row["category"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row.get("valid_to") else None,
            tax_account=row.get(f"account{suffix}") or row.get("account") or "",
            counter_account=row.get(f"output_account{suffix}") or row.get("output_account") or "",
        )
    except (ValueError, InvalidOperation):
        raise Refusal(
            "tax_code_unreadable",
            "The rate or a date of tax code {tax_code} cannot be read.",
            "Write rates like 19.00 and dates like 2026-01-31.",
            tax_code=row["code"],
        ) from None


def _rows(text: str, needed: tuple[str, ...]) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    present = [column.strip() for column in reader.fieldnames or ()]
    missing = [column for column in needed if column not in present]
    if missing:
        raise Refusal(
            "chart_column_missing",
            "The column {columns} is missing.",
            "The first line names the columns: {needed}.",
            columns=", ".join(missing),
            needed=", ".join(needed),
        )
    return [{k.strip(): (v or "").strip() for k, v in row.items() if k} for row in reader]


def _name(row: dict[str, str], language: str) -> str:
    return (row.get(f"name_{language}") if language else "") or row["name"]


def _cost_centre_use(row: dict[str, str]) -> CostCentreUse:
    given = row.get("cost_centre", "").lower()
    if given not in get_args(CostCentreUse):
        raise Refusal(
            "cost_centre_use_unknown",
            "Account {number}: {use} does not say whether it takes a cost centre.",
            "Use required, forbidden, or leave the cell empty.",
            use=given,
            number=row["number"],
        )
    return cast("CostCentreUse", given)


def _kind(row: dict[str, str], scheme: Scheme) -> AccountKind:
    given = row.get("kind", "").lower()
    if not given:
        return kind_of(row["number"], scheme)
    if given not in get_args(AccountKind):
        raise Refusal(
            "account_kind_unknown",
            "{kind} is no kind of account ({number}).",
            "Use asset, liability, equity, income or expense.",
            kind=given,
            number=row["number"],
        )
    return cast("AccountKind", given)
