"""Strangers: lines whose supplier was never met, and how sure anyone may be of them.

A model judged on regular suppliers is as sure of a stranger as its words and amount make it, and
where hardly any stranger came nobody has found out how often it is right then. So what it says of a
stranger is worth as much as there were newcomers to judge it by: its confidence is drawn towards
what newcomers are booked to anyway, by a few imagined decisions.
Newcomers that come with a text and such without one are told apart: words are what a stranger is
judged by. Where many came, as in most ledgers of thousands of suppliers, nothing changes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.choice import Choices
from contor.account_assignment.history import History
from contor.account_assignment.keys import IDENTITIES, RATE_SIDE, SUPPLIER, TEXT, Ints
from contor.account_assignment.targets import BY_RATE

_IMAGINED = 4.0
"""Imagined decisions, as many as calibration draws with."""
_JUDGED = 4
"""One in so many lines, the latest, is what newcomers are counted among."""

_SHOWING = 64
"""Lines that show the same tax are looked at so far back."""

Floats = NDArray[np.float64]


def most_sure(history: History, keys: Ints) -> Floats:
    """The most that can be said of a line by how few strangers came.

    Decisions on suppliers met for the first time are judged like all others; where the judged part of
    the past had next to none, nobody knows how such lines fare (rule of succession, Laplace 1774).
    """
    few = len(_newcomers(history))
    return np.where(met(history, keys) | (keys[:, SUPPLIER] == 0), 1.0, (few + 1) / (few + 2))


def first_code(history: History, keys: Ints) -> Floats:
    """The most that can be said while only one code was ever booked: how many suppliers met it.

    A supplier never met before has the next code of its own, as far as anyone knows.
    """
    suppliers = len(np.unique(history.keys[:, SUPPLIER]))
    return np.where(met(history, keys), 1.0, suppliers / (suppliers + 2.0))


def met(history: History, keys: Ints) -> NDArray[np.bool_]:
    """Whether the supplier of each line was booked before, under this name."""
    return _known(history, keys, (SUPPLIER,))


def doubted(history: History, target: str, keys: Ints, codes: Ints, held: Floats) -> Floats:
    """Confidence ``held`` in the ranked ``codes`` of lines (lines, ranks), less so of strangers.

    What is held of strangers is drawn to what is known of such.
    """
    nobody, silent = keys[:, SUPPLIER] == 0, keys[:, TEXT] == 0
    unmet = ~met(history, keys)
    if not unmet.any():
        return held
    strange = np.where(nobody, silent, unmet & ~_known(history, keys, IDENTITIES))
    usual = _usual(history, target)
    found = held.copy()
    if target == BY_RATE:  # a tax code follows from the tax shown, whoever shows it
        same, count = _at_rate(history, target, keys, codes)
        told = strange & (count > 0)
        found[told] = np.minimum(held, same / (count + 1.0)[:, None])[told]
        strange &= ~told
        renamed = np.flatnonzero(unmet & ~nobody & ~strange & ~told)
        share, own = _under_identity(history, target, keys[renamed], codes[renamed])
        shown = (count[renamed] > 0)[:, None]
        limit = np.where(shown, np.minimum(held[renamed], share), held[renamed])
        found[renamed] = np.where(own, share, limit)
    for alike in (nobody, ~nobody & silent, ~nobody & ~silent):
        where = np.flatnonzero(strange & alike)
        if len(where):
            seen = _alike(history, nobody=bool(nobody[where[0]]), silent=bool(silent[where[0]]))
            drawn = seen * held[where] + _IMAGINED * usual[codes[where]]
            found[where] = np.minimum(held[where], drawn / (seen + _IMAGINED))
    return np.where(codes >= 0, found, held)


def as_before(history: History, target: str, keys: Ints, choices: Choices) -> Choices:
    """Tax codes of suppliers that go by a new name: what they were coded to under the old one first.

    Whoever is known by number, VAT-ID or account and was coded unlike others of its country and rate
    stays so; the ranker has next to no such lines to learn it from.
    """
    if target != BY_RATE or not len(keys):
        return choices
    known = np.flatnonzero(~met(history, keys) & (keys[:, SUPPLIER] != 0))
    share, own = _under_identity(history, target, keys[known], choices.codes[known])
    best = np.where(own[:, 0], share.argmax(axis=1), 0)
    rows, turned = known[best > 0], best[best > 0]
    if not len(rows):
        return choices
    codes, odds = choices.codes.copy(), choices.odds.copy()
    for table in (codes, odds):
        front = table[rows, turned]
        table[rows, turned] = table[rows, 0]
        table[rows, 0] = front
    return replace(choices, codes=codes, odds=odds)


def _known(history: History, keys: Ints, kinds: tuple[int, ...]) -> NDArray[np.bool_]:
    """Whether a line shares one of some kinds of keys with a line of the past."""
    cuts = np.full(len(keys), len(history))
    indexes = history.memory.indexes
    return np.asarray(
        np.any([indexes[kind].before(keys[:, kind], cuts) > 0 for kind in kinds], axis=0)
    )


def _newcomers(history: History) -> Ints:
    """The first lines of suppliers that came in the judged part of the past."""
    return history.memory.indexes[SUPPLIER].first_met(len(history) - len(history) // _JUDGED)


def _alike(history: History, *, nobody: bool, silent: bool) -> int:
    """How many such strangers came in the judged part of the past.

    Of lines without any supplier every one counts: there is nothing they could be known by.
    """
    if nobody:
        late = history.keys[len(history) - len(history) // _JUDGED :]
        came = late[late[:, SUPPLIER] == 0]
    else:
        came = history.keys[_newcomers(history)]
    return int(((came[:, TEXT] == 0) == silent).sum())


def _usual(history: History, target: str) -> Floats:
    """How often each code was the first that a supplier was booked to."""
    past = history.past[target]
    codes = past.codes[history.memory.indexes[SUPPLIER].first_met(0)]
    now = history.present(target, np.array([len(history)]))
    codes = codes if now is None else now.of(codes[None, :])[0]
    count = np.bincount(codes[codes >= 0], minlength=len(history.names[target]))
    return np.asarray(count / (count.sum() + 1.0))


def _at_rate(history: History, target: str, keys: Ints, codes: Ints) -> tuple[Ints, Ints]:
    """Of the latest lines showing the same tax: how many went to each code, how many were coded."""
    return _counted(history, target, _latest(history, keys, RATE_SIDE), codes)


def _under_identity(
    history: History, target: str, keys: Ints, codes: Ints
) -> tuple[Floats, NDArray[np.bool_]]:
    """How sure a code is of a supplier that is known by number, VAT-ID or account alone.

    The share of its own latest lines showing the same tax, drawn towards that of everybody's by a
    few imagined ones. Last comes (lines, 1) whether it has any such lines.
    """
    same, count = _at_rate(history, target, keys, codes)
    usual = same / (count + 1.0)[:, None]
    own = np.stack([_latest(history, keys, kind) for kind in IDENTITIES])
    alike = history.keys[own, RATE_SIDE] == keys[:, RATE_SIDE, None]
    own = np.where((own >= 0) & alike, own, -1)
    first = np.argmax((own >= 0).any(axis=2), axis=0)
    mine, of = _counted(history, target, own[first, np.arange(len(keys))], codes)
    share = (mine + _IMAGINED / 2 * usual) / (of + _IMAGINED / 2)[:, None]
    return np.where(codes >= 0, share, 0.0), (of > 0)[:, None]


def _latest(history: History, keys: Ints, kind: int) -> Ints:
    cuts = np.full(len(keys), len(history))
    return history.memory.indexes[kind].latest(keys[:, kind], cuts, _SHOWING)


def _counted(history: History, target: str, seen: Ints, codes: Ints) -> tuple[Ints, Ints]:
    """Of lines (n, any; -1: none) how many went to each of the codes (n, ranks), and were coded."""
    coded = np.where(seen >= 0, history.past[target].codes[seen], -1)
    same = (coded[:, None, :] == codes[:, :, None]) & (coded >= 0)[:, None, :]
    return same.sum(axis=2), (coded >= 0).sum(axis=1)
