"""Reasons in words: the nearest past booking, what spoke for the code, why the runner-up lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from contor.account_assignment.choice import Choices
from contor.account_assignment.history import History
from contor.account_assignment.keys import IDENTITIES, RATE, RATE_SIDE, SUPPLIER, TEXT, Ints
from contor.account_assignment.lines import UNKNOWN_CENTS, Lines
from contor.account_assignment.suggestion import Booking, Rung, Suggestion
from contor.account_assignment.words import WordsModel

_ALIKE = (4, 2, 5, 3, 0)
"""Kinds of keys that make a booking near, the most telling first: same text, same amount, same
range of document numbers, similar amount, same supplier."""
_WHAT = (
    "same supplier and text",
    "same supplier and amount",
    "same supplier and document type",
    "same supplier and similar amount",
    "same supplier",
    "same supplier number",
    "same VAT-ID",
    "same IBAN",
    "same text",
)
_SAME_TEXT = len(_WHAT) - 1
"""What makes a booking near to a line that names no supplier."""
_UNMARKED = {
    "account": "The last lines of this supplier have no account: judged by words, amount and document.",
    "cost_centre": "The last lines of this supplier have no cost centre: judged by words, amount and document.",
    "tax_code": "The last lines of this supplier have no tax code: judged by words, amount and document.",
}
"""Where a supplier is known and was never given a code of the target lately."""
_NOBODY = "No supplier is named: judged by words, amount and document."
_NAMELESS = 2
"""Stands for a supplier that is not named; 0 and 1 for one that is new and one that is known."""
_LIKENESS = ("text", "amount", "document", "size", *["supplier"] * 4, "text")
_LONGEST_NAME, _LONGEST_TEXT = 40, 60
_Told = tuple[Rung, tuple[str, ...], str, Booking | None]
_CLOSE = 0.5
"""From this part of the winner's odds on a runner-up is close."""


class Explainer:
    """Explains the choices of one target; holds what its reasons refer to.

    Lines whose reasons are equal share them: in bulk that is most of them.
    """

    def __init__(self, history: History, target: str, words: WordsModel) -> None:
        self.history = history
        self.target = target
        self.names = history.names[target]
        self.words = words
        self._told: dict[tuple[object, ...], _Told] = {}

    def explain(
        self,
        lines: Lines,
        choices: Choices,
        confidence: Sequence[float],
        auto: Sequence[bool],
        *,
        keys: Ints | None = None,
        positions: Ints | None = None,
        taught: Sequence[bool] = (),
        chances: Sequence[Sequence[float]] | None = None,
    ) -> list[Suggestion]:
        """One suggestion a line, in order; ``keys`` are theirs where they are known already.

        ``chances`` is the confidence in the codes after the first.

        ``positions`` says where lines of the history itself stand: they are explained by what
        was known on their day. ``taught`` says which lines follow a person's correction.
        """
        if positions is None:
            keys = self.history.keys_for(lines) if keys is None else keys
            cuts = np.full(len(lines), len(self.history))
        else:
            keys = self.history.keys[positions]
            cuts = self.history.cuts(self.history.lines.day[positions])
        near, what, of_supplier, known = self._nearest(keys, cuts, choices.codes[:, 0])
        names = lines.facts.get("supplier", ("",) * len(lines))
        texts = lines.facts.get("description", ("",) * len(lines))
        total = (of_supplier >= 0).sum(axis=1)
        mine = ((of_supplier == choices.codes[:, :1]) & (of_supplier >= 0)).sum(axis=1)
        theirs = ((of_supplier == choices.codes[:, 1:2]) & (of_supplier >= 0)).sum(axis=1)
        spoken = self.words.spoken_for(names, texts, choices.codes[:, 0], choices.codes[:, 1])
        same_tax = self._of_this_rate(keys, cuts, choices)
        counts = np.concatenate([np.stack([mine, total, theirs, known], axis=1), same_tax], axis=1)
        columns = (choices.codes, choices.odds, near, what, counts)
        codes, odds, nears, whats, counted = (column.tolist() for column in columns)
        corrected = taught or (False,) * len(codes)
        moved = (False,) * len(codes) if choices.moved is None else choices.moved.tolist()
        why = list(zip(corrected, moved, strict=True))
        left = choices.behind(np.asarray(confidence)).tolist() if chances is None else chances
        sure = zip(confidence, left, auto, strict=True)
        each = zip(codes, odds, sure, nears, whats, counted, spoken, why, strict=True)
        return [self._one(*one) for one in each]

    def _nearest(self, keys: Ints, cuts: Ints, codes: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """The nearest booking of each line to its code, what makes it near, and the supplier's codes.

        Whose lines under this name have no code of the target is looked for by number, VAT-ID and
        IBAN, and a line that names nobody by its text. Last comes whether the supplier is known at
        all, by whichever of these: that is the same for every target of a line.
        """
        recalled, booked = self._recall(_ALIKE, keys, cuts)
        near, what = _nearest(booked, recalled, codes)
        of_supplier = booked[-1]
        known = np.any(recalled[-1] >= 0, axis=1).astype(np.int64)
        strange = np.flatnonzero((of_supplier < 0).all(axis=1) & (near < 0))
        if len(strange):
            recalled, others = self._recall(IDENTITIES, keys[strange], cuts[strange])
            near[strange], kind = _nearest(others, recalled, codes[strange])
            what[strange] = kind + len(_ALIKE)
            known[strange] |= np.any(np.stack(recalled) >= 0, axis=(0, 2))
            of_supplier[strange, : others[0].shape[1]] = _by_identity(others, near[strange], kind)
        nameless = np.flatnonzero(keys[:, SUPPLIER] == 0)
        if len(nameless):
            recalled, others = self._recall((TEXT,), keys[nameless], cuts[nameless])
            near[nameless], _ = _nearest(others, recalled, codes[nameless])
            what[nameless], known[nameless] = _SAME_TEXT, _NAMELESS
        return near, what, of_supplier, known

    def _of_this_rate(self, keys: Ints, cuts: Ints, choices: Choices) -> Ints:
        """Of lines that show the same tax: how many went to the code, how many were coded.

        Last comes whether the supplier itself never showed it; all 0 where codes do not follow from it.
        """
        if choices.unheard is None:
            return np.zeros((len(keys), 3), np.int64)
        near, far = self._recall((RATE_SIDE, RATE), keys, cuts)[1]
        booked = np.where(np.any(near >= 0, axis=1, keepdims=True), near, far)
        coded = booked >= 0
        same = coded & (booked == choices.codes[:, :1])
        return np.stack([same.sum(axis=1), coded.sum(axis=1), choices.unheard], axis=1)

    def _recall(
        self, kinds: Sequence[int], keys: Ints, cuts: Ints
    ) -> tuple[list[Ints], list[Ints]]:
        """The latest positions under some kinds of keys, and the codes there as they are called now."""
        past = self.history.past[self.target]
        recalled = [
            self.history.memory.indexes[kind].latest(keys[:, kind], cuts, 8 if kind else 40)
            for kind in kinds
        ]
        booked = [np.where(seen >= 0, past.codes[seen], -1) for seen in recalled]
        present = self.history.present(self.target, cuts)
        return recalled, booked if present is None else [present.of(codes) for codes in booked]

    def _one(
        self,
        codes: list[int],
        odds: list[float],
        sure: tuple[float, Sequence[float], bool],
        near: int,
        what: int,
        counts: list[int],
        words: tuple[str, ...],
        why: tuple[bool, bool],
    ) -> Suggestion:
        if codes[0] < 0:
            return Suggestion(
                self.target, "", 0.0, reason="Nothing like this line was booked before."
            )
        close = odds[1] > _CLOSE * odds[0]
        alike = (*codes, close, near, what, *counts, words, *why)
        if alike not in self._told:
            self._told[alike] = self._tell(codes, close, near, what, counts, words, why)
        rung, others, reason, booking = self._told[alike]
        code = self.names[codes[0]]
        confidence, left, auto = sure
        chances = tuple(left[: len(others)])
        return Suggestion(
            self.target, code, confidence, auto, others, rung, reason, booking, words, chances
        )

    def _tell(
        self,
        codes: list[int],
        close: bool,
        near: int,
        what: int,
        counts: list[int],
        words: tuple[str, ...],
        why: tuple[bool, bool],
    ) -> _Told:
        mine, total, theirs, known, of_rate, shown, unheard = counts
        taught, moved = why
        remembered = near >= 0 and (what <= 1 or mine * 2 >= total)
        rung: Rung = "memory" if remembered or taught else "model"
        booking = self._booking(near, what) if near >= 0 else None
        unmarked = ("", _UNMARKED[self.target], _NOBODY)[known]
        said = _past(booking, what, mine, total, unmarked)
        if booking and booking.code != self.names[codes[0]]:
            old, now = booking.code, self.names[codes[0]]
            said.append(f"What was booked to {old} is booked to {now} now.")
        if words and rung == "model" and not unheard:
            said.append(f"Words that speak for it: {', '.join(words)}.")
        if shown and (rung == "model" or unheard):
            said.append(f"{of_rate} of the last {shown} lines with this VAT rate were booked so.")
        if unheard:
            said.append("This supplier never showed this VAT rate before.")
        if taught:
            said.append("A person corrected the last line like it.")
        elif moved:
            said.append("Documents and lines that came with it speak for it.")
        if codes[1] >= 0 and not taught:
            said.append(_runner_up(self.names[codes[1]], close, theirs, total))
        others = tuple(self.names[code] for code in codes[1:] if code >= 0)
        return rung, others, " ".join(said), booking

    def _booking(self, position: int, what: int) -> Booking:
        past, lines = self.history.past[self.target], self.history.lines
        day = int(past.days[position])
        return Booking(
            _date(day),
            _amount(int(lines.cents[position])),
            self.names[int(past.codes[position])],
            _cell(lines, "supplier", position, _LONGEST_NAME),
            _cell(lines, "description", position, _LONGEST_TEXT),
            _LIKENESS[what],
        )


def _cell(lines: Lines, fact: str, position: int, longest: int) -> str:
    cells = lines.facts.get(fact)
    return _short(cells[position], longest) if cells else ""


@lru_cache(maxsize=1 << 14)
def _short(text: str, longest: int) -> str:
    return " ".join(text.split())[:longest].strip()


@lru_cache(maxsize=1 << 12)
def _date(day: int) -> str:
    return dt.date.fromordinal(day).isoformat() if day > 0 else ""


def _amount(cents: int) -> str:
    if cents == UNKNOWN_CENTS:
        return ""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _past(near: Booking | None, what: int, mine: int, total: int, unmarked: str) -> list[str]:
    """What was booked before: the nearest booking, and how often the supplier was booked so.

    ``unmarked`` says of a known supplier that it has no code of the target, of one that is not
    named that it is not; empty for a new one.
    """
    said: list[str] = []
    if near is not None:
        name, date, amount, text, like = (
            near.supplier, near.date, near.amount, near.text, _WHAT[what],
        )  # fmt: skip
        if text and not name:
            said.append(f"Nearest past booking: “{text}”, {date}, {amount} ({like}).")
        elif text:
            said.append(f"Nearest past booking: {name}, “{text}”, {date}, {amount} ({like}).")
        else:
            said.append(f"Nearest past booking of {name}: {date}, {amount} ({like}).")
        if mine == total == 1:
            said.append("It is this supplier's only line so far.")
        elif total:
            said.append(f"{mine} of this supplier's last {total} lines were booked so.")
    elif total:
        said.append(f"None of this supplier's last {total} lines was booked so.")
    elif unmarked:
        said.append(unmarked)
    else:
        said.append("New supplier: judged by words, amount and document.")
    return said


def _runner_up(other: str, close: bool, theirs: int, total: int) -> str:
    """Which code came second, and why it lost.

    Odds before calibration are not told: beside the confidence they would only seem to contradict it.
    """
    said: list[str] = []
    if not total and close:
        said.append(f"Runner-up {other} fits words and amount nearly as well.")
    elif not total:
        said.append(f"Runner-up {other} fits words and amount less.")
    elif theirs and close:
        said.append(f"Runner-up {other} is close: {theirs} of the last {total} lines.")
    elif theirs:
        said.append(f"Runner-up {other} fits less: {theirs} of the last {total} lines.")
    elif close:
        said.append(f"Runner-up {other} is close, though never booked for this supplier lately.")
    else:
        said.append(f"Runner-up {other} fits less: never booked for this supplier lately.")
    return said[0]


def _nearest(booked: Sequence[Ints], recalled: Sequence[Ints], code: Ints) -> tuple[Ints, Ints]:
    """The latest booking to the code under the most telling key, and which key that was."""
    near = np.full(len(code), -1, np.int64)
    what = np.zeros(len(code), np.int64)
    for kind, (codes, seen) in enumerate(zip(booked, recalled, strict=True)):
        same = (codes == code[:, None]) & (code >= 0)[:, None]
        hit = same.any(axis=1) & (near < 0)
        first = np.argmax(same, axis=1)
        near = np.where(hit, seen[np.arange(len(code)), first], near)
        what = np.where(hit, kind, what)
    return near, what


def _by_identity(booked: Sequence[Ints], near: Ints, kind: Ints) -> Ints:
    """The codes under the identity that gave the nearest booking, else under the first with any."""
    block = np.stack(booked)
    first = np.argmax((block >= 0).any(axis=2), axis=0)
    return np.asarray(block[np.where(near >= 0, kind, first), np.arange(len(near))], np.int64)
