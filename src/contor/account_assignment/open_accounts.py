"""Open accounts: what is not in the chart that is given any more stands back.

A chart handed over with a ledger may be the new one, while most of the ledger was coded by the old
one. Once the latest lines are all coded by accounts of the chart, and more of them than chance would
have (given how many before were), no other account is suggested first. A chart that lacks accounts
which are in use is only a part of one, and nothing stands back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from contor.account_assignment.history import History
from contor.account_assignment.suggestion import Suggestion, behind

_FEWEST = 5
_BEFORE = 300
_CHANCE = 0.01
_UNSURE = 0.2
"""What is left to a code that was second behind one that is closed."""


def closed_accounts(history: History, chart: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Codes of the history that the chart does not have and that are out of use."""
    listed = {cell for account in chart for cell in account}
    names = history.names.get("account", ())
    outside = np.array([name not in listed for name in names], bool)
    if not outside.any() or outside.all():
        return frozenset()
    codes = history.past["account"].codes
    gone = outside[codes[codes >= 0]]
    last = int(np.flatnonzero(gone)[-1]) if gone.any() else -1
    since = len(gone) - 1 - last
    inside = 1.0 - float(gone[max(last + 1 - _BEFORE, 0) : last + 1].mean()) if last >= 0 else 0.0
    if since < _FEWEST or inside**since > _CHANCE:
        return frozenset()
    return frozenset(name for name, out in zip(names, outside.tolist(), strict=True) if out)


def stand_back(answers: Sequence[dict[str, Suggestion]], closed: frozenset[str]) -> None:
    """Put the next best open account in the place of a closed one, with little confidence."""
    for answer in answers if closed else ():
        said = answer.get("account")
        if said is None:
            continue
        left = [(code, held) for code, held in said.ranked() if code and code not in closed]
        if said.code not in closed:
            kept = left[1:]
            others, chances = tuple(code for code, _ in kept), tuple(held for _, held in kept)
            answer["account"] = replace(said, others=others, chances=chances)
            continue
        code, confidence = (left[0][0], min(said.confidence, _UNSURE)) if left else ("", 0.0)
        others, chances = behind(code, confidence, left, len(left))
        answer["account"] = Suggestion(
            "account",
            code,
            confidence,
            others=others,
            chances=chances,
            rung="model" if left else "none",
            reason=f"{said.code} is not in the chart of accounts any more.",
        )
