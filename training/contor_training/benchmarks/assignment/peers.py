"""Peers re-created from their published behaviour, on the same days as the replay.

Each learns day by day from what is older than the day and answers one code or none; no answer
counts as wrong. Odoo: the last hundred postings of the partner ranked by shared words, taken when
1.1 times the runner-up. GnuCash: naive Bayes over words with its own combination, from 0.9 on.
History: recency and equal amount, the reference without learning.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from contor.account_assignment.wording import words


@dataclass(frozen=True, slots=True)
class Line:
    """What the peers look at."""

    supplier: str
    text: str
    cents: int
    weekday: int
    code: str


class Peer(Protocol):
    """Learns lines, answers a code (empty: none)."""

    def learn(self, line: Line) -> None:
        """Take a coded line in."""

    def answer(self, line: Line) -> str:
        """The code for a line whose own code is not looked at."""


@dataclass
class Odoo:
    """Last postings of the same partner, full-text rank, margin 1.1."""

    past: defaultdict[str, deque[tuple[frozenset[str], str]]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=100))
    )

    def learn(self, line: Line) -> None:
        """Keep the posting with the partner."""
        self.past[line.supplier].append((frozenset(words(line.text)), line.code))

    def answer(self, line: Line) -> str:
        """The code whose postings share most words."""
        spoken = set(words(line.text))
        rank: Counter[str] = Counter()
        for tokens, code in self.past[line.supplier]:
            rank[code] += 1 + len(tokens & spoken)
        best = rank.most_common(2)
        if not best or (len(best) > 1 and best[0][1] < 1.1 * best[1][1]):
            return ""
        return best[0][0]


@dataclass
class GnuCash:
    """Token counts by account, combined as p1·p2/(p1·p2 + (1-p1)(1-p2)), cut at 0.9."""

    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @staticmethod
    def tokens(line: Line) -> list[str]:
        """Words of name and text, and the weekday."""
        return [*words(f"{line.supplier} {line.text}"), f"weekday {line.weekday}"]

    def learn(self, line: Line) -> None:
        """Count the tokens for the account."""
        for token in self.tokens(line):
            self.counts[token][line.code] += 1

    def answer(self, line: Line) -> str:
        """The account with the highest combined probability from 0.9 on."""
        yes: defaultdict[str, float] = defaultdict(float)
        no: defaultdict[str, float] = defaultdict(float)
        for token in self.tokens(line):
            total = sum(self.counts[token].values()) if token in self.counts else 0
            for code, count in self.counts[token].items() if total else ():
                share = min(count / total, 1 - 1e-6)
                yes[code] += math.log(share)
                no[code] += math.log(1 - share)
        best, odds = "", 0.0
        for code, log in yes.items():
            likely = 1.0 / (1.0 + math.exp(min(max(no[code] - log, -500.0), 500.0)))
            if likely > odds:
                best, odds = code, likely
        return best if odds >= 0.9 else ""


@dataclass
class History:
    """The supplier's earlier lines: 0.97 a line, six times for an equal amount, twice for a near."""

    past: defaultdict[str, deque[tuple[int, str]]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=100))
    )

    def learn(self, line: Line) -> None:
        """Keep amount and code."""
        self.past[line.supplier].appendleft((line.cents, line.code))

    def votes(self, line: Line) -> dict[str, float]:
        """The weighted share of each code; empty for a supplier not met before."""
        votes: defaultdict[str, float] = defaultdict(float)
        for rank, (cents, code) in enumerate(self.past[line.supplier]):
            apart = abs(cents - line.cents) / max(abs(line.cents), 1)
            votes[code] += 0.97**rank * (6 if apart <= 0.002 else 2 if apart <= 0.1 else 1)
        total = sum(votes.values())
        return {code: vote / total for code, vote in votes.items()}

    def answer(self, line: Line) -> str:
        """The code with the largest share."""
        votes = self.votes(line)
        return max(votes, key=lambda code: votes[code]) if votes else ""


@dataclass
class Blend:
    """Text and history, half and half: the reference. ``odds`` has the text's share of each code."""

    odds: dict[Line, dict[str, float]]
    history: History = field(default_factory=History)

    def learn(self, line: Line) -> None:
        """Only the history learns on; the text model was fitted once."""
        self.history.learn(line)

    def answer(self, line: Line) -> str:
        """The code with the largest sum; lines the text model was not asked about have none."""
        total = dict(self.odds.get(line, {}))
        for code, share in self.history.votes(line).items() if total else ():
            total[code] = total.get(code, 0.0) + share
        return max(total, key=lambda code: total[code]) if total else ""


def walk(
    peer: Peer, lines: Sequence[Line], days: Sequence[int], begin: int, step: int = 1
) -> float:
    """Share of every ``step``-th line from ``begin`` on that the peer gets right, day by day."""
    right = 0
    waiting: list[Line] = []
    for place, line in enumerate(lines):
        if place and days[place] != days[place - 1]:
            for older in waiting:
                peer.learn(older)
            waiting = []
        if place >= begin and line.code and (place - begin) % step == 0:
            right += peer.answer(line) == line.code
        if line.code:
            waiting.append(line)
    return right / max(sum(bool(line.code) for line in lines[begin::step]), 1)
