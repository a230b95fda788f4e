"""Lines of the entry as a form shows them: what was suggested, or what the person typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from babel.core import Locale
from starlette.datastructures import FormData

from contor.errors import Refusal
from contor.money import Money
from contor.review.decisions import PostingChoice
from contor_api import figures
from contor_api.desk.forms import texts

TARGETS = ("account", "cost_centre", "tax_code")


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One line of the form; ``hints`` holds per target what the ladder said."""

    account: str = ""
    cost_centre: str = ""
    tax_code: str = ""
    net: str = ""
    text: str = ""
    currency: str = ""
    suggestion: str = ""
    rate: str = ""
    hints: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def choice(self) -> tuple[str, str, str, str]:
        """What a person can change."""
        return (self.account, self.cost_centre, self.tax_code, self.net)


def suggested_rows(
    lines: Sequence[Mapping[str, Any]], currency: str, locale: Locale
) -> tuple[PostingRow, ...]:
    """One row per suggested line, amounts as people write them."""
    return tuple(_suggested(number, line, currency, locale) for number, line in enumerate(lines))


def _suggested(number: int, line: Mapping[str, Any], currency: str, locale: Locale) -> PostingRow:
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
    )


def typed_rows(
    form: FormData, suggested: Sequence[PostingRow], currency: str
) -> tuple[PostingRow, ...]:
    """The rows as posted, each with the hints of the suggestion it came from."""
    columns = [texts(form, f"posting.{name}") for name in (*TARGETS, "net", "text", "suggestion")]
    rows = []
    for account, cost_centre, tax_code, net, text, origin in zip(*columns, strict=False):
        known = int(origin) if origin.isdigit() and int(origin) < len(suggested) else None
        base = suggested[known] if known is not None else PostingRow(currency=currency)
        number = account.split(" ")[0]
        rows.append(
            PostingRow(
                number,
                cost_centre,
                tax_code,
                net,
                text,
                base.currency,
                origin,
                base.rate,
                base.hints,
            )
        )
    return tuple(row for row in rows if any(row.choice))


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
        )
        for row in rows
    )


def _net(row: PostingRow, locale: Locale) -> Money | None:
    return figures.read_money(row.net, row.currency, locale) if row.net.strip() else None
