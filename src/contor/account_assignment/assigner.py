"""The account assigner: learns a tenant's ledger, suggests codes for new lines, learns at once.

>>> rows = [{"date": f"2026-01-{d:02d}", "supplier": "RIPE NCC", "amount": "50", "account": "4964"}
...         for d in range(1, 9)]
>>> assigner = AccountAssigner().fit(Lines.from_rows(rows))
>>> found = assigner.suggest(Lines.from_rows([{"date": "2026-02-01", "supplier": "RIPE NCC",
...                                            "amount": "50"}]))[0]["account"]
>>> found.code, found.rung
('4964', 'memory')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from contor.account_assignment.arrivals import Arrivals
from contor.account_assignment.bag import bag_of
from contor.account_assignment.brake import Brake
from contor.account_assignment.chart_prior import ChartPrior, Encoder
from contor.account_assignment.choice import Choices, gather
from contor.account_assignment.cold_start import from_chart
from contor.account_assignment.corrections import Corrections
from contor.account_assignment.exact_rules import ExactRule
from contor.account_assignment.fitting import TargetModel, fit_targets
from contor.account_assignment.history import History, numbers
from contor.account_assignment.keys import Ints
from contor.account_assignment.ladder import Statutes, speak_first
from contor.account_assignment.lines import Lines
from contor.account_assignment.open_accounts import closed_accounts, stand_back
from contor.account_assignment.pilot import Assessment
from contor.account_assignment.reasons import Explainer
from contor.account_assignment.shared_prior import Prior, from_others
from contor.account_assignment.strangers import as_before, doubted, first_code, most_sure
from contor.account_assignment.suggestion import Suggestion
from contor.account_assignment.targets import TARGETS
from contor.account_assignment.trade_sense import TradeSense
from contor.account_assignment.unmarked import without_code
from contor.account_assignment.walk import rows_of
from contor.ledger.tax_code import TaxCode

_PART = 2048
"""Lines ranked at a time."""
_TOGETHER = 16 * _PART
"""Lines that are neighbours to one another when many arrive."""
VERSION = 7
"""Raised when a stored assigner of an older kind can no longer be read."""


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What one target's model holds of some lines, and which of them may go alone.

    ``behind`` is the confidence in the runners-up (lines, ranks - 1).
    """

    choices: Choices
    seen: Assessment
    confidence: NDArray[np.float64]
    behind: NDArray[np.float64]
    auto: NDArray[np.bool_]


_Taught = tuple[Choices, NDArray[np.bool_]]
"""Choices with corrections put in, and where those changed the choice."""


class AccountAssigner:
    """Suggestions for one tenant. Fitted state ends in ``_``; pickled whole for the shelf.

    ``error`` is the promised error rate of the autopilot; ``horizon`` says for how many days ahead
    suggestions are made before any code of them becomes known (a day in daily work); ``chart`` is
    (number, name) of the accounts, for lines nothing in the past speaks for, read with ``encoder``
    and ``sense``; ``rules`` and ``tax_codes`` (of a company in ``home``) speak before anything learnt,
    and an e-invoice may name an account of the chart or one of ``cost_centres``.
    """

    def __init__(
        self,
        error: float = 0.01,
        horizon: int = 1,
        chart: tuple[tuple[str, str], ...] = (),
        encoder: Encoder | None = None,
        *,
        sense: TradeSense | None = None,
        rules: Sequence[ExactRule] = (),
        tax_codes: Sequence[TaxCode] = (),
        cost_centres: Sequence[str] = (),
        home: str = "DE",
    ) -> None:
        self.error = error
        self.horizon = horizon
        self.chart = chart
        self.encoder = encoder
        self.sense = sense
        self.statutes = Statutes(
            tuple(rules),
            frozenset(number for number, _ in chart),
            frozenset(cost_centres),
            tuple(tax_codes),
            home,
        )
        self.version_ = VERSION
        self.history_: History | None = None
        self.models_: dict[str, TargetModel] = {}
        self.corrections_: dict[str, Corrections] = {}
        self.brakes_: dict[str, Brake] = {}
        self.prior_: ChartPrior | None = None
        self.shared: Prior = {}

    def __getstate__(self) -> dict[str, Any]:
        """What goes on the shelf: encoder and sense are the program's, not the tenant's."""
        return {**self.__dict__, "encoder": None, "sense": None, "prior_": None, "shared": {}}

    def equip(
        self,
        chart: tuple[tuple[str, str], ...],
        encoder: Encoder | None,
        sense: TradeSense | None,
        rules: Sequence[ExactRule],
        cost_centres: Sequence[str],
        shared: Prior,
    ) -> None:
        """Work with the books as they are now: chart, rules and cost centres change, too.

        ``shared`` is what other companies that agreed to it book suppliers to.
        """
        self.shared = shared
        if chart != self.chart or encoder is not self.encoder or sense is not self.sense:
            self.chart, self.encoder, self.sense, self.prior_ = chart, encoder, sense, None
        self.statutes = replace(
            self.statutes,
            rules=tuple(rules),
            accounts=frozenset(number for number, _ in chart),
            cost_centres=frozenset(cost_centres),
        )

    def promise(self, error: float) -> None:
        """Hold another promise from now on; bars come from the same decisions."""
        if error == self.error:
            return
        self.error = error
        for model in self.models_.values():
            model.pilot.errors = (error,)
            model.pilot.look(at_once=True)
        self._new_brakes()

    def _new_brakes(self) -> None:
        self.brakes_ = {t: Brake.of(model.pilot, self.error) for t, model in self.models_.items()}

    def fit(self, lines: Lines) -> AccountAssigner:
        """Learn from coded lines; targets without a single code are left out."""
        self.history_ = History.of(lines)
        self.corrections_ = {}
        self._fit(self.history_)
        return self

    def _fit(self, history: History) -> None:
        fitted = fit_targets(history, tuple(history.names), (self.error,), self.horizon)
        self.models_ = {target: one.model for target, one in fitted.items()}
        self.corrections_ = {t: self.corrections_.get(t, Corrections()) for t in self.models_}
        self._new_brakes()

    @property
    def targets(self) -> tuple[str, ...]:
        """What this assigner suggests."""
        named = {target for rule in self.statutes.rules for target in rule.codes}
        known = named | set(self.models_) | ({"account"} if self.chart else set())
        return tuple(target for target in TARGETS if target in known)

    def learn(self, lines: Lines, said: Mapping[str, Sequence[str]] | None = None) -> None:
        """Take decided lines into memory; the next suggestion knows them.

        What would have been suggested is compared with the decision, for calibration and
        autopilot; a decision against what was suggested to the person (``said``, by target; empty:
        nobody was asked) is remembered as a correction.
        """
        if self.history_ is None:
            self.fit(lines)
            self.remember(lines, said or {})
            return
        history = self.history_
        plain = history.plain(lines)
        keys = self.history_.keys_for(plain)
        bag = bag_of(plain, keys)
        first = self._ranked(plain, keys, bag)
        came = self._arrivals(plain, keys)
        found = {target: self._again(target, came, first) for target in self.models_}
        before = {target: self._opinion(target, came, found) for target in self.models_}
        self.history_ = history.grown(lines)
        fresh = np.arange(len(history), len(self.history_))
        if set(self.history_.past) - set(self.models_):  # a target's first codes: judge all anew
            self._fit(self.history_)
            self.remember(lines, said or {})
            return
        for target, past in self.history_.past.items():
            model, opinion, codes = self.models_[target], before[target], past.codes[fresh]
            chosen = opinion.choices.codes[:, 0]
            model.pilot.note(opinion.seen, chosen, codes, plain.day)
            model.pilot.look()
            self.brakes_[target] = Brake.of(model.pilot, self.error)
            if said is None:
                self.corrections_[target].note(keys, chosen, codes)
            model.words.widen(len(self.history_.names[target]))
            model.words.learn(bag, codes)
        self.remember(lines, said or {})

    def remember(self, lines: Lines, said: Mapping[str, Sequence[str]]) -> None:
        """Note corrections among lines learnt already: what was ``said`` against what holds."""
        if self.history_ is None or not len(lines):
            return
        keys = self.history_.keys_for(self.history_.plain(lines))
        for target, cells in said.items():
            asked = np.array([bool(cell) for cell in cells], bool)
            if target not in self.corrections_ or not asked.any():
                continue
            names = self.history_.names[target]
            codes = numbers(lines.labels.get(target, ("",) * len(lines)), names)
            told = numbers(cells, names)
            self.corrections_[target].note(keys[asked], told[asked], codes[asked])

    def _ranked(self, plain: Lines, keys: Ints, bag: sparse.csr_matrix) -> dict[str, Choices]:
        assert self.history_ is not None
        words = {target: model.words for target, model in self.models_.items()}
        found: dict[str, list[Choices]] = {target: [] for target in words}
        for batches in rows_of(self.history_, words, plain, keys, bag):
            for target, batch in batches.items():
                found[target].append(self.models_[target].choose(batch))
        return {target: gather(parts) for target, parts in found.items()}

    def _arrivals(self, plain: Lines, keys: Ints) -> Arrivals:
        assert self.history_ is not None
        return self.history_.arrivals(plain, keys, np.full(len(plain), len(self.history_)))

    def _again(self, target: str, came: Arrivals, first: Mapping[str, Choices]) -> _Taught:
        """What is chosen beside what came with it, and what people corrected."""
        rows = came.rows_again(target, first)
        choices = self.models_[target].second.choose(rows, first[target])
        assert self.history_ is not None
        choices = as_before(self.history_, target, came.keys, choices)
        return self.corrections_[target].apply(came.keys, choices)

    def _opinion(self, target: str, came: Arrivals, found: Mapping[str, _Taught]) -> _Opinion:
        assert self.history_ is not None
        model, taught, keys = self.models_[target], found[target][1], came.keys
        chosen = {name: one for name, (one, _) in found.items()}
        choices = came.seen_together(target, chosen)
        seen = model.pilot.assess(keys, choices)
        sure = most_sure(self.history_, keys)
        most = without_code(self.history_, target, keys)
        may = ~taught & (np.minimum(sure, most) >= 1.0 - self.error)
        may &= not self.brakes_[target].on
        auto = model.pilot.permit(self.error, seen) & may
        confidence = model.pilot.calibration.confidence(seen.score)
        if len(self.history_.names[target]) == 1:
            confidence = np.minimum(confidence, first_code(self.history_, keys))
        held = np.concatenate([confidence[:, None], choices.behind(confidence)], axis=1)
        held = doubted(self.history_, target, keys, choices.codes, held)
        held = np.minimum(held, most[:, None])
        trust = self.corrections_[target].trust(held[:, 0], taught)
        behind = np.minimum(held[:, 1:], np.minimum(trust, 1.0 - trust)[:, None])
        return _Opinion(choices, seen, trust, behind, auto)

    def _explained(
        self, explainer: Explainer, came: Arrivals, found: Mapping[str, _Taught]
    ) -> list[Suggestion]:
        target = explainer.target
        opinion = self._opinion(target, came, found)
        return explainer.explain(
            came.lines,
            opinion.choices,
            opinion.confidence.tolist(),
            opinion.auto.tolist(),
            keys=came.keys,
            taught=found[target][1].tolist(),
            chances=opinion.behind.tolist(),
        )

    def suggest(self, lines: Lines) -> list[dict[str, Suggestion]]:
        """Suggestions by target for each line, in order; the lines' own codes are not looked at."""
        answers: list[dict[str, Suggestion]] = [{} for _ in range(len(lines))]
        if not len(lines):
            return answers
        plain = lines.without_labels()
        if self.history_ is not None:
            plain = self.history_.plain(plain)
            self._from_the_past(plain, answers)
        if self.chart:
            if self.history_ is not None:
                stand_back(answers, closed_accounts(self.history_, self.chart))
            if self.prior_ is None:
                self.prior_ = ChartPrior(self.chart, self.encoder, self.sense)
            known = self.history_.names.get("account", ()) if self.history_ else ()
            from_chart(self.prior_, plain, answers, known)
        if self.shared:
            from_others(self.shared, plain, answers, self.statutes.accounts)
        speak_first(plain, answers, self._statutes())
        return answers

    def _from_the_past(self, plain: Lines, answers: list[dict[str, Suggestion]]) -> None:
        """What memory and models say of all lines, so many together that neighbours meet."""
        assert self.history_ is not None
        keys = self.history_.keys_for(plain)
        bag = bag_of(plain, keys)
        with ThreadPoolExecutor(2) as pool:  # it starts threads where there is work for them
            for begin in range(0, len(plain), _TOGETHER):
                part = slice(begin, begin + _TOGETHER)
                some = plain.part(begin, begin + _TOGETHER)
                told = self._together(self._arrivals(some, keys[part]), bag[part], pool)
                for target, column in told:
                    for place, one in enumerate(column, begin):
                        answers[place][target] = one

    def _together(
        self, came: Arrivals, bag: sparse.csr_matrix, pool: Executor
    ) -> Iterator[tuple[str, list[Suggestion]]]:
        """Suggestions for lines that arrive together, by target; two parts at work side by side."""
        parts = [slice(begin, begin + _PART) for begin in range(0, len(came), _PART)]
        at_once = pool.map if len(parts) > 1 else map

        def ranked(part: slice) -> dict[str, Choices]:
            some = came.part(part.start, part.stop)
            return self._ranked(some.lines, some.keys, bag[part])

        assert self.history_ is not None
        explainers = [Explainer(self.history_, t, one.words) for t, one in self.models_.items()]
        ranks = list(at_once(ranked, parts))
        first = {target: gather([one[target] for one in ranks]) for target in self.models_}
        again = at_once(lambda t: self._again(t, came, first), self.models_)
        found = dict(zip(self.models_, again, strict=True))

        def told(part: slice) -> dict[str, list[Suggestion]]:
            begin, stop = part.start, part.stop
            some = {t: (one.part(begin, stop), taught[part]) for t, (one, taught) in found.items()}
            lines = came.part(begin, stop)
            return {one.target: self._explained(one, lines, some) for one in explainers}

        columns = list(at_once(told, parts))
        for target in found:
            yield target, [one for column in columns for one in column[target]]

    def _statutes(self) -> Statutes:
        """What speaks first; cost centres that no one has listed are those met in the past."""
        if self.statutes.cost_centres or self.history_ is None:
            return self.statutes
        met = frozenset(self.history_.names.get("cost_centre", ()))
        return replace(self.statutes, cost_centres=met)
