"""Parts of one document under different VAT rates: were they ever booked to several cost centres?

Whoever splits a document over cost centres does so by what it is for; a VAT rate alone is no such
reason. Models that met only the one kind of split take the other for the same. So the past is asked:
the supplier's latest documents with lines of several rates.

>>> from contor.account_assignment.lines import Lines
>>> def line(doc, rate, centre):
...     return {"date": "2026-01-05", "supplier": "Hotel", "amount": "50", "doc_no": doc,
...             "tax_rate": rate, "cost_centre": centre}
>>> split_by_purpose = [line("1", "19", "100"), line("1", "19", "200")]
>>> split_by_rate = [line("2", "7", "100"), line("2", "19", "200")]
>>> asked = Lines.from_rows([line("3", "7", "")])
>>> [parted_by_rate(History.of(Lines.from_rows(rows)), asked)
...  for rows in (split_by_purpose, split_by_purpose + split_by_rate)]
[[False], [True]]
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from contor.account_assignment.history import History
from contor.account_assignment.keys import SUPPLIER, Ints
from contor.account_assignment.lines import Lines

_LOOKED_BACK = 400
"""Lines of the supplier."""


def parted_by_rate(history: History, lines: Lines, target: str = "cost_centre") -> list[bool]:
    """For each line whether its supplier's documents of several rates had several codes, too."""
    past = history.past.get(target)
    if past is None or not len(lines):
        return [False] * len(lines)
    suppliers = history.keys_for(history.plain(lines))[:, SUPPLIER]
    cuts = np.full(len(lines), len(history))
    latest = history.memory.indexes[SUPPLIER].latest(suppliers, cuts, _LOOKED_BACK)
    return [_parted(history, places[places >= 0].tolist(), past.codes) for places in latest]


def _parted(history: History, places: list[int], codes: Ints) -> bool:
    """Whether one of the documents that the lines belong to has several rates and several codes."""
    blank = ("",) * len(history)
    numbers = history.lines.facts.get("doc_no", blank)
    rates = history.lines.facts.get("tax_rate", blank)
    taxes = history.lines.labels.get("tax_code", blank)
    found: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
    for place in places:
        if codes[place] >= 0:
            document = int(history.lines.day[place]), numbers[place]
            found[document].append((rates[place] or taxes[place], int(codes[place])))
    return any(
        len({rate for rate, _ in parts}) > 1 and len({code for _, code in parts}) > 1
        for parts in found.values()
    )
