"""A prior shared by companies that agreed to it: which account suppliers' names usually go to.

What leaves a company is, for a supplier it always books alike, its normalised name and the account:
no amounts, dates, texts or counts. What comes back are names that at least three companies of the
same standard chart book to the same account.

>>> one = contribution([("RIPE NCC", "4380")] * 3 + [("Hetzner Online GmbH", "4964")] * 2)
>>> one, pooled([one, one]), pooled([one, one, one])
({'ripe ncc': '4380'}, {}, {'ripe ncc': ('4380', 3)})
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from contor.account_assignment.lines import Lines
from contor.account_assignment.suggestion import Suggestion, behind
from contor.account_assignment.wording import head

COMPANIES = 3
"""Fewer companies are never told of."""
_LINES, _ALIKE, _UNSURE = 3, 0.9, 0.6
_WORDS = 4
Prior = Mapping[str, tuple[str, int]]


def contribution(booked: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The suppliers (normalised names) that a company books alike, from (name, account) of lines."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, account in booked:
        if name and account:
            counts[head(name, _WORDS)][account] += 1
    found = {}
    for name, accounts in counts.items():
        (account, most), *_ = accounts.most_common(1)
        if name and most >= _LINES and most >= _ALIKE * accounts.total():
            found[name] = account
    return found


def pooled(contributions: Sequence[Mapping[str, str]]) -> dict[str, tuple[str, int]]:
    """Names that enough companies book to the same account, with how many do."""
    counts = Counter(pair for one in contributions for pair in one.items())
    best: dict[str, tuple[str, int]] = {}
    for (name, account), companies in sorted(counts.items()):
        if companies >= COMPANIES and companies > best.get(name, ("", 0))[1]:
            best[name] = (account, companies)
    return best


def from_others(
    prior: Prior,
    lines: Lines,
    answers: Sequence[dict[str, Suggestion]],
    accounts: frozenset[str],
) -> None:
    """Put what other companies book where the own past and the chart know hardly anything."""
    names = lines.facts.get("supplier", ("",) * len(lines))
    for name, answer in zip(names, answers, strict=True):
        account, companies = prior.get(head(name, _WORDS), ("", 0)) if name else ("", 0)
        found = answer.get("account")
        known = found is not None and (found.nearest is not None or found.confidence >= _UNSURE)
        if not account or known or (accounts and account not in accounts):
            continue
        confidence = 0.9 * companies / (companies + 1)
        others, chances = behind(account, confidence, found.ranked() if found else (), 3)
        answer["account"] = Suggestion(
            "account",
            account,
            confidence,
            others=others,
            chances=chances,
            rung="chart",
            reason=f"{companies} companies that share what they know book this supplier so.",
        )
