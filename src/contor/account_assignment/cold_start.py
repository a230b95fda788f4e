"""Cold start: accounts from the names in the chart where the past has nothing to say."""

from __future__ import annotations

import math
from collections.abc import Sequence

from contor.account_assignment.chart_prior import Account, ChartPrior
from contor.account_assignment.lines import Lines
from contor.account_assignment.suggestion import Suggestion, behind

_UNSURE = 0.25
"""Below this confidence the names in the chart are asked, too."""
_UNSURE_OF_NEW = 0.5
_OTHERS = 4
_RISE, _MIDDLE, _TOP, _LEAST = 9.0, 0.47, 0.88, 0.05
"""How often a score is right (logistic), on wordings of the hosting trade and of any other alike: a
score of 0.25 one time in nine, 0.5 one in two, 0.8 five in six; more is promised of none."""
_THOUGHT_OF = 0.75
"""Where the first account is wrong, so often is one of the others right."""


def from_chart(
    prior: ChartPrior,
    lines: Lines,
    answers: Sequence[dict[str, Suggestion]],
    known: Sequence[str],
) -> None:
    """Put the chart's answer where there is no account yet, or only a weak guess.

    ``known`` are the codes of the history: a ledger that codes by the accounts' names is answered
    in names, and a chart that has nothing in common with the ledger's codes stays silent.
    """
    numbers, names = coded_by(prior.chart, known)
    if known and not numbers and not names:
        return
    by_name = names > numbers
    asked = [i for i, answer in enumerate(answers) if _weak(answer.get("account"))]
    texts = [text_of(lines, i) for i in asked]
    places: dict[str, list[int]] = {}
    for i, text in zip(asked, texts, strict=True):
        places.setdefault(text, []).append(i)
    wordings = [text for text in places if text]
    for begin in range(0, len(wordings), 256):
        part = wordings[begin : begin + 256]
        for text, ranked in zip(part, prior.rank(part), strict=True):
            for i in places[text]:
                answers[i]["account"] = _answer(ranked, by_name, answers[i].get("account"))
    for i in places.get("", ()):
        answers[i].setdefault("account", Suggestion("account", "", 0.0, reason="Nothing to go by."))


def coded_by(chart: Sequence[tuple[str, str]], known: Sequence[str]) -> tuple[int, int]:
    """How many of the ``known`` codes are numbers of a chart (number, name), and how many names."""
    numbers, names = {number for number, _ in chart}, {name for _, name in chart}
    return sum(code in numbers for code in known), sum(code in names for code in known)


def text_of(lines: Lines, place: int) -> str:
    """What a line says in words: its description and its supplier's name."""
    parts = (
        lines.facts.get(name, ("",) * len(lines))[place] for name in ("description", "supplier")
    )
    return " ".join(part[:400] for part in parts if part)


def confidence_of(score: float) -> float:
    """How sure an account is that the chart's names score so for a text.

    >>> [round(confidence_of(score), 2) for score in (0.0, 0.47, 0.8, 1.2)]
    [0.05, 0.44, 0.84, 0.88]
    """
    return max(_LEAST, _TOP / (1.0 + math.exp(-_RISE * (score - _MIDDLE))))


def _weak(found: Suggestion | None) -> bool:
    if found is None or not found.code or found.confidence < _UNSURE:
        return True
    return found.nearest is None and found.confidence < _UNSURE_OF_NEW


def _answer(ranked: list[Account], by_name: bool, found: Suggestion | None) -> Suggestion:
    best = ranked[0]
    confidence = confidence_of(best.score)
    if found is not None and found.confidence >= confidence:
        return found
    named = [(account.name if by_name else account.number, account.score) for account in ranked]
    code, behind_it = named[0][0], max(sum(score for _, score in named[1:]), _LEAST)
    held = [(other, _THOUGHT_OF * score / behind_it) for other, score in named[1:]]
    if found is not None and found.code not in {other for other, _ in named}:
        held.append((found.code, found.confidence))
        held.sort(key=lambda one: -one[1])
    others, chances = behind(code, confidence, held, _OTHERS)
    return Suggestion(
        "account",
        code,
        confidence,
        others=others,
        chances=chances,
        rung="chart",
        reason=_said(ranked, others, by_name, found),
    )


def _said(
    ranked: Sequence[Account], others: Sequence[str], by_name: bool, found: Suggestion | None
) -> str:
    """Why the first account, and why not the second."""
    name = ranked[0].name
    said = [
        f"Past bookings say too little; nearest name in the chart: {name}."
        if found is not None and found.code
        else f"Nothing like it was booked before; nearest name in the chart: {name}."
    ]
    other = others[0] if others else ""
    second = next((one for one in ranked if other in (one.number, one.name)), None)
    if second is not None:
        name = second.name if by_name else f"{second.number} {second.name}"
        said.append(f"Runner-up {name} fits less by its name.")
    elif other:
        said.append(f"Runner-up {other}, by past bookings, is less likely.")
    return " ".join(said)
