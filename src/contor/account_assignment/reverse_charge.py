"""Accounts for tax we owe: an account has to go with the tax code that the document itself decides.

Many charts book what is bought under reverse charge or as an intra-community acquisition to accounts
of their own. Which these are shows in the past: (nearly) all their lines bear such a tax code. Words
and habit know nothing of the document's tax; so where its tax code is decided by facts, an account
of the other kind is in doubt (``contor.review.consistency`` lets it stand back).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contor.account_assignment.history import History
from contor.ledger.tax_code import TaxCode

_OWED = frozenset({"AE", "K"})
_FEWEST = 5
_NEARLY = 0.98
_APART = 0.9
"""So much of what we owe tax on has to be booked apart before other accounts are in doubt."""


@dataclass(frozen=True, slots=True)
class OwedTax:
    """Tax codes under which we owe the tax; accounts booked under these only, and never so."""

    codes: frozenset[str]
    only: frozenset[str]
    never: frozenset[str]

    @classmethod
    def of(cls, history: History, tax_codes: Sequence[TaxCode]) -> OwedTax:
        """Read the past; accounts of few lines are of no kind."""
        owed = frozenset(row.code for row in tax_codes if row.category in _OWED)
        names = history.names.get("tax_code", ())
        accounts = history.names.get("account", ())
        if not accounts or not owed.intersection(names):
            return cls(owed, frozenset(), frozenset())
        account, tax = history.past["account"].codes, history.past["tax_code"].codes
        coded = (account >= 0) & (tax >= 0)
        is_owed = np.array([name in owed for name in names], bool)[tax[coded]]
        count = np.bincount(account[coded], minlength=len(accounts))
        share = np.bincount(account[coded], is_owed, len(accounts)) / np.maximum(count, 1)
        known = count >= _FEWEST
        only, never = known & (share >= _NEARLY), known & (share <= 1.0 - _NEARLY)
        apart = only[account[coded]][is_owed]
        if not len(apart) or apart.mean() < _APART:
            never &= False
        return cls(owed, _named(accounts, only), _named(accounts, never))

    def contradicts(self, account: str, tax_code: str) -> bool:
        """Whether the account was booked often, and always with tax codes of the other kind."""
        return account in (self.never if tax_code in self.codes else self.only)


NOTHING_KNOWN = OwedTax(frozenset(), frozenset(), frozenset())
"""Where no line was booked yet."""


def _named(names: Sequence[str], which: NDArray[np.bool_]) -> frozenset[str]:
    return frozenset(name for name, one in zip(names, which.tolist(), strict=True) if one)
