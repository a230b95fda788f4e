"""Strangers: lines whose supplier was never met, and how sure anyone may be of them.

A model judged on regular suppliers is as sure of a stranger as its words and amount make it, and
where hardly any stranger came nobody has found out how often it is right then. So what it says of a
stranger is worth as much as there were newcomers to judge it by: its confidence is drawn towards
what newcomers are booked to anyway, by a few imagined decisions.
Newcomers that come with a text and such without one are told apart: words are what a stranger is
judged by. Where many came, as in most ledgers of thousands of suppliers, nothing changes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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


def doubted(history: History, target: str, keys: Ints, codes: Ints, confidence: Floats) -> Floats:
    """Confidence in the first ``codes`` of lines, that in strangers' drawn to what is known of such."""
    nobody, silent = keys[:, SUPPLIER] == 0, keys[:, TEXT] == 0
    strange = np.where(nobody, silent, ~_known(history, keys, (SUPPLIER, *IDENTITIES)))
    strange &= codes >= 0
    if not strange.any():
        return confidence
    usual = _usual(history, target)
    found = confidence.copy()
    if target == BY_RATE:  # a tax code follows from the tax shown, whoever shows it
        share = _at_rate(history, target, keys, codes)
        told = strange & (share >= 0)
        found[told] = np.minimum(confidence, share)[told]
        strange &= ~told
    for alike in (nobody, ~nobody & silent, ~nobody & ~silent):
        where = np.flatnonzero(strange & alike)
        if len(where):
            seen = _alike(history, nobody=bool(nobody[where[0]]), silent=bool(silent[where[0]]))
            drawn = seen * confidence[where] + _IMAGINED * usual[codes[where]]
            found[where] = np.minimum(confidence[where], drawn / (seen + _IMAGINED))
    return found


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


def _at_rate(history: History, target: str, keys: Ints, codes: Ints) -> Floats:
    """The share of the latest lines showing the same tax that was coded so; -1 where none was."""
    cuts = np.full(len(keys), len(history))
    seen = history.memory.indexes[RATE_SIDE].latest(keys[:, RATE_SIDE], cuts, _SHOWING)
    coded = np.where(seen >= 0, history.past[target].codes[seen], -1)
    count = (coded >= 0).sum(axis=1)
    same = ((coded == codes[:, None]) & (coded >= 0)).sum(axis=1)
    return np.where(count > 0, same / (count + 1.0), -1.0)
