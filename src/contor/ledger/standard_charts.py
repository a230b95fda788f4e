"""The kind of an account by its number in the German standard charts SKR03 and SKR04.

Both charts number by class; the ranges below follow the balance sheet positions (§ 266 HGB) and the
profit and loss positions (§ 275 HGB) that the numbers stand for. Numbers of five and more digits
are personal accounts: customers 10000 to 69999, suppliers 70000 to 99999.

>>> kind_of("4930", "skr03"), kind_of("8400", "skr03"), kind_of("1200", "skr03")
('expense', 'income', 'asset')
>>> kind_of("4400", "skr04"), kind_of("70001", "skr04")
('income', 'liability')
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Literal

from contor.errors import Refusal
from contor.ledger.accounts import AccountKind

Scheme = Literal["skr03", "skr04"]

# First number of each run of accounts of one kind; a run lasts until the next one.
_SKR03: tuple[tuple[int, AccountKind], ...] = (
    (0, "asset"),
    (600, "liability"),
    (800, "equity"),
    (930, "liability"),
    (980, "asset"),
    (987, "liability"),
    (996, "asset"),
    (1593, "liability"),
    (1594, "asset"),
    (1600, "liability"),
    (1800, "equity"),
    (2000, "expense"),
    (2500, "income"),
    (2800, "expense"),
    (2860, "equity"),
    (2870, "expense"),
    (3970, "asset"),
    (4000, "expense"),
    (7000, "asset"),
    (8000, "income"),
    (9000, "equity"),
)
_SKR04: tuple[tuple[int, AccountKind], ...] = (
    (0, "asset"),
    (2000, "equity"),
    (2980, "liability"),
    (4000, "income"),
    (5000, "expense"),
    (7000, "income"),
    (7200, "expense"),
    (7400, "income"),
    (7500, "expense"),
    (7700, "equity"),
    (7900, "expense"),
    (8000, "income"),
    (9000, "equity"),
)
_RUNS: dict[Scheme, tuple[tuple[int, AccountKind], ...]] = {"skr03": _SKR03, "skr04": _SKR04}


def kind_of(number: str, scheme: Scheme) -> AccountKind:
    """The kind of the account; refuses ``account_number_unreadable``."""
    if not (number.isascii() and number.isdigit()):
        raise Refusal(
            "account_number_unreadable",
            "{number} is no account number of {scheme}.",
            "Write digits only, or give the kind in a column of its own.",
            number=number,
            scheme=scheme.upper(),
        )
    value = int(number)
    if len(number) > 4 and value >= 10000:
        leading = value // 10 ** (len(str(value)) - 5)
        return "asset" if leading < 70000 else "liability"
    runs = _RUNS[scheme]
    return runs[bisect_right(runs, value, key=lambda run: run[0]) - 1][1]


def scheme_of(numbers: Iterable[str]) -> Scheme:
    """Which of the two charts the numbers belong to; refuses ``chart_scheme_unknown``.

    Only SKR03 has accounts (revenue) in class 8, only SKR04 in classes 5 and 6 (costs).
    """
    classes = {number[0] for number in numbers if len(number) == 4}
    skr03, skr04 = "8" in classes, bool(classes & {"5", "6"})
    if skr03 == skr04:
        raise Refusal(
            "chart_scheme_unknown",
            "The account numbers belong clearly neither to SKR03 nor to SKR04.",
            "Say which chart it is, or add a column kind (asset, liability, equity, income, "
            "expense).",
        )
    return "skr03" if skr03 else "skr04"
