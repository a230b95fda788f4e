"""Split bookings: which invoice lines of a document speak for codes of their own.

The document as a whole is suggested first, as a bookkeeper would who books it in one line. An
invoice line goes its own way only where it has something to say for itself: an exact rule, its
accounting reference, the same text booked before, or where the whole is hardly known. Lines that
are booked alike come together again in one posting line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from contor.account_assignment.targets import TARGETS
from contor.documents.reading import Reading
from contor.review.consistency import behind_it
from contor.review.document_facts import PostingLine
from contor.review.line_items import joined

Choice = Mapping[str, Any]
_WEAK = 0.5
_CLEARER = 0.1
_DECIDED = frozenset({"rule", "einvoice"})


def speaks_for_itself(whole: Choice, part: Choice) -> bool:
    """Whether an invoice line's suggestion stands against that of the whole document.

    A rule or an accounting reference that says the same of the whole is no voice of the line's own.
    """
    mine, theirs = part.get("account"), whole.get("account")
    if not mine or not mine["value"]:
        return False
    if any(_decided_apart(whole, part, target) for target in ("account", "cost_centre")):
        return True
    habit = part.get("cost_centre", {}) if mine["rung"] in _DECIDED else mine
    if habit.get("rung") == "memory" and (habit.get("nearest") or {}).get("likeness") == "text":
        return True
    if not theirs or not theirs["value"]:
        return True
    weak = float(theirs["confidence"]) < _WEAK
    return weak and float(mine["confidence"]) > float(theirs["confidence"]) + _CLEARER


def _decided_apart(whole: Choice, part: Choice, target: str) -> bool:
    mine = part.get(target, {})
    return mine.get("rung") in _DECIDED and mine["value"] != whole.get(target, {}).get("value")


def split(
    reading: Reading,
    whole: PostingLine,
    choice: Choice,
    parts: Sequence[PostingLine],
    choices: Sequence[Choice],
) -> list[tuple[PostingLine, Choice]]:
    """The posting lines of a whole with what is suggested for each; one where all are alike."""
    own = [mine if speaks_for_itself(choice, mine) else choice for mine in choices]
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, one in enumerate(own):
        groups.setdefault(codes_of(one), []).append(place)
    if len(groups) < 2:
        line = replace(
            whole,
            items=tuple(place for part in parts for place in part.items),
            item_nets=tuple(net for part in parts for net in part.item_nets),
        )
        agreed = not own or codes_of(own[0]) == codes_of(choice)
        return [(line, choice if agreed else _weakest(own, choice))]
    return [
        (joined(reading, [parts[i] for i in places]), _weakest([own[i] for i in places], choice))
        for places in groups.values()
    ]


def kept_together(parts: Sequence[PostingLine], choices: Sequence[Choice]) -> list[Choice]:
    """The parts of a document that nothing but their VAT rate sets apart, for one cost centre.

    Parts of one account take that of the largest and surest of them. A part that stays where it is has something
    to say for itself: a rule, or the same text booked before. What gave way does not go alone.
    """
    found = list(choices)
    for account in dict.fromkeys(codes_of(choice)[0] for choice in choices):
        named = [
            place
            for place, choice in enumerate(choices)
            if account and codes_of(choice)[0] == account and "cost_centre" in choice
        ]
        if named:
            weights = [
                abs(parts[i].net.minor) * float(choices[i]["cost_centre"]["confidence"])
                for i in named
            ]
            leading = choices[named[weights.index(max(weights))]]
            for place in named:
                found[place] = _beside(choices[place], leading)
    return found


def _beside(part: Choice, leading: Choice) -> Choice:
    mine, theirs = part["cost_centre"], leading["cost_centre"]
    known = (mine.get("nearest") or {}).get("likeness") == "text"
    if mine["value"] == theirs["value"] or known or mine["rung"] in _DECIDED:
        return part
    code, own = theirs["value"], mine["value"]
    others = [other for other in mine.get("alternatives", ()) if other["value"] != code]
    reason = (
        f"{code} as for the rest of the document: only the VAT rate sets this part off, and this "
        f"supplier's documents were never split over cost centres by rate. By itself it would be {own}."
        if own
        else f"{code} as for the rest of the document: only the VAT rate sets this part off."
    )
    confidence = min(float(theirs["confidence"]), _WEAK)
    given = {
        "value": code,
        "confidence": confidence,
        "auto": False,
        "rung": theirs["rung"],
        "reason": reason,
        "alternatives": [*behind_it(code, confidence, mine), *others],
    }
    return {**part, "cost_centre": given}


def codes_of(choice: Choice) -> tuple[str, ...]:
    """Account, cost centre and tax code of a suggestion."""
    return tuple(str(choice.get(target, {}).get("value") or "") for target in TARGETS)


def _weakest(members: Sequence[Choice], whole: Choice) -> Choice:
    """What is suggested for lines booked alike: per target the least certain of them speaks."""
    if any(member is whole for member in members):
        return whole
    found = {}
    for target in TARGETS:
        said = [member[target] for member in members if target in member]
        if said:
            least = min(said, key=lambda one: float(one["confidence"]))
            found[target] = {**least, "auto": all(one["auto"] for one in said)}
    return found
