"""Challenger against champion on a tenant's latest documents, read as the service would read them.

"Not worse" is strict where money is at stake: no fewer right values in all, and of the values it is
sure of (0.98) no more wrong ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from contor.documents.facts import facts_from
from contor.documents.page_tagger import Tagger
from contor.documents.suppliers.layout import SupplierLayout
from contor_training.documents.confirmed import Confirmed

_SURE = 0.98
_SHARE = 0.75


@dataclass(slots=True)
class Trial:
    """Values asked for and read right, by field, and wrong ones among the sure."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    sure: int = 0
    sure_wrong: int = 0

    def share(self) -> float:
        """Share of right values."""
        return sum(self.right.values()) / max(1, sum(self.asked.values()))

    def figures(self) -> dict[str, float]:
        """Shares in all and by field, and how the sure ones fared."""
        shares = {name: round(self.right[name] / self.asked[name], 4) for name in self.asked}
        sure = {"sure": float(self.sure), "sure_wrong": float(self.sure_wrong)}
        return {"all": round(self.share(), 4), **dict(sorted(shares.items())), **sure}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the challenger goes live, and what spoke against it."""

    promoted: bool
    objections: tuple[str, ...]


def split_by_time(documents: Sequence[Confirmed]) -> tuple[list[Confirmed], list[Confirmed]]:
    """The older three quarters, and the latest quarter for the trial."""
    border = int(len(documents) * _SHARE)
    return list(documents[:border]), list(documents[border:])


def try_out(
    tagger: Tagger | None, documents: Sequence[Confirmed], layouts: Sequence[SupplierLayout]
) -> Trial:
    """Read documents with a tagger and with the layouts known before them."""
    trial = Trial()
    for one in documents:
        facts = facts_from(one.example.pages, tagger, layouts=layouts).fields
        for name, accepted in one.example.accepted.items():
            trial.asked[name] += 1
            fact = facts.get(name)
            right = fact is not None and fact.value in accepted
            trial.right[name] += right
            if fact is not None and fact.confidence >= _SURE:
                trial.sure += 1
                trial.sure_wrong += not right
    return trial


def judge(champion: Trial, challenger: Trial) -> Verdict:
    """Compare two trials on the same documents."""
    objections = []
    lost = sum(champion.right.values()) - sum(challenger.right.values())
    if lost > 0:
        objections.append(f"{lost} values fewer right of {sum(champion.asked.values())}")
    if challenger.sure_wrong > champion.sure_wrong:
        more = challenger.sure_wrong - champion.sure_wrong
        objections.append(f"{more} more wrong values among those it is sure of")
    return Verdict(not objections, tuple(objections))
