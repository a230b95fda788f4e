"""The buyer's accounting reference of an e-invoice (BT-19, BT-133): where the buyer books it.

EN 16931 leaves its wording to the buyer; an account, a cost centre, or both side by side are told
apart by what the books know.

>>> resolve("4960/110", {"4960", "110"}, {"110"})
{'account': '4960', 'cost_centre': '110'}
>>> resolve("PO-17", {"4960"}, {"110"}), resolve("KST 110", {"4960"}, {"110"})
({}, {'cost_centre': '110'})
>>> resolve("4960 - 110", {"4960"}, {"110"})
{'account': '4960', 'cost_centre': '110'}

Words behind a number say what it stands for; a second number nobody knows, or words before the
first, may mean something else.

>>> resolve("4930 Bürobedarf", {"4930"}, {"110"}), resolve("Lager 110", {"4930"}, {"110"})
({'account': '4930'}, {})
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

_PARTS = re.compile(r"[^\s/;,|+:#]+")
_NAMES = frozenset({"kst", "kostenstelle", "konto", "account", "cost", "centre", "center", "conto",
                    "kto", "sachkonto", "cdc", "centro", "di", "costo"})  # fmt: skip


def resolve(
    reference: str, accounts: AbstractSet[str], cost_centres: AbstractSet[str]
) -> dict[str, str]:
    """Account and cost centre that the reference names; nothing where a part of it is unknown."""
    text = reference.strip()
    if text in accounts or text in cost_centres:
        name = "account" if text in accounts else "cost_centre"
        return {} if text in accounts and text in cost_centres else {name: text}
    found: dict[str, str] = {}
    for part in _PARTS.findall(text):
        if part.lower().strip(".") in _NAMES or not any(letter.isalnum() for letter in part):
            continue
        if part in accounts and "account" not in found:
            found["account"] = part
        elif part in cost_centres and "cost_centre" not in found:
            found["cost_centre"] = part
        elif _numbered(part) or not any(map(_numbered, found.values())):
            return {}
    return found


def _numbered(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
