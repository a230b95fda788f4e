"""Lines of the entry as a form shows them: what was suggested, or what the person typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from babel.core import Locale
from starlette.datastructures import FormData

from contor.errors import Refusal
from contor.money import Money
from contor.review.decisions import PostingChoice
from contor_api import figures
from contor_api.desk.forms import texts
from contor_api.desk.item_rows import (
    ItemRow,
    item_rows,
    joined_texts,
    less,
    sum_of,
    typed_accounts,
)

TARGETS = ("account", "cost_centre", "tax_code")


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One line of the form; ``hints`` holds per target what the ladder said.

    ``items`` are the invoice lines it consists of, where they are told apart.
    """

    account: str = ""
    cost_centre: str = ""
    tax_code: str = ""
    net: str = ""
    text: str = ""
    currency: str = ""
    suggestion: str = ""
    rate: str = ""
    hints: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    items: tuple[ItemRow, ...] = ()

    @property
    def choice(self) -> tuple[str, str, str, str]:
        """What a person can change."""
        return (self.account, self.cost_centre, self.tax_code, self.net)


def suggested_rows(
    lines: Sequence[Mapping[str, Any]],
    currency: str,
    locale: Locale,
    items: Sequence[Mapping[str, Any]] = (),
) -> tuple[PostingRow, ...]:
    """One row per suggested line, amounts as people write them; ``items``: the invoice lines."""
    return tuple(
        _suggested(number, line, currency, locale, item_rows(line, items))
        for number, line in enumerate(lines)
    )


def _suggested(
    number: int,
    line: Mapping[str, Any],
    currency: str,
    locale: Locale,
    items: tuple[ItemRow, ...],
) -> PostingRow:
    account, cost_centre, tax_code = (
        str((line.get(target) or {}).get("value") or "") for target in TARGETS
    )
    return PostingRow(
        account,
        cost_centre,
        tax_code,
        net=figures.write_plain(line.get("net"), locale),
        text=str(line.get("text") or ""),
        currency=str(line.get("currency") or currency),
        suggestion=str(number),
        rate=str(line.get("rate") or ""),
        hints={target: line[target] for target in TARGETS if line.get(target)},
        items=items,
    )


def typed_rows(
    form: FormData, suggested: Sequence[PostingRow], currency: str, locale: Locale
) -> tuple[PostingRow, ...]:
    """The rows as posted, each with the hints of the suggestion it came from."""
    columns = [texts(form, f"posting.{name}") for name in (*TARGETS, "net", "text", "suggestion")]
    rows: list[PostingRow] = []
    elsewhere = typed_accounts(form)
    for account, cost_centre, tax_code, net, text, origin in zip(*columns, strict=False):
        known = int(origin) if origin.isdigit() and int(origin) < len(suggested) else None
        base = suggested[known] if known is not None else PostingRow(currency=currency)
        number = account.split(" ")[0]
        row = PostingRow(
            number,
            cost_centre,
            tax_code,
            net,
            text,
            base.currency,
            origin,
            base.rate,
            base.hints,
            base.items,
        )
        rows += _taken_apart(row, elsewhere, locale)
    return tuple(row for row in rows if any(row.choice))


def _taken_apart(row: PostingRow, elsewhere: Mapping[int, str], locale: Locale) -> list[PostingRow]:
    """The row without the invoice lines that go to other accounts, and a row for each of these."""
    moved: dict[str, list[ItemRow]] = {}
    for item in row.items:
        account = elsewhere.get(item.place, "")
        if account and account != row.account:
            moved.setdefault(account, []).append(item)
    if not moved:
        return [row]
    gone = {item.place for items in moved.values() for item in items}
    left = tuple(item for item in row.items if item.place not in gone)
    total = sum_of([item for items in moved.values() for item in items], row.currency)
    kept = replace(
        row, net=less(row.net, total, locale), text=joined_texts(left) or row.text, items=left
    )
    others = [
        replace(
            row,
            account=account,
            net=figures.write_plain(str(sum_of(items, row.currency).amount), locale),
            text=joined_texts(items),
            items=tuple(items),
        )
        for account, items in moved.items()
    ]
    return [*([kept] if left else []), *others]


def postings_of(
    rows: Sequence[PostingRow], suggested: Sequence[PostingRow], locale: Locale
) -> tuple[PostingChoice, ...]:
    """The choices where they differ from the suggestion, else none.

    An amount that was not touched in a single line is left open: it follows the document's amounts.
    """
    if [row.choice for row in rows] == [row.choice for row in suggested]:
        return ()
    if not rows:
        raise Refusal(
            "no_lines_left",
            "Every line of the entry was taken away.",
            "Choose an account for at least one line, or reject the document.",
        )
    follows = len(rows) == 1 and len(suggested) == 1 and rows[0].net == suggested[0].net
    return tuple(
        PostingChoice(
            row.account,
            row.cost_centre,
            row.tax_code,
            None if follows else _net(row, locale),
            row.text,
            tuple(item.place for item in row.items),
            int(row.suggestion) if row.suggestion.isdigit() else None,
        )
        for row in rows
    )


def _net(row: PostingRow, locale: Locale) -> Money | None:
    return figures.read_money(row.net, row.currency, locale) if row.net.strip() else None
