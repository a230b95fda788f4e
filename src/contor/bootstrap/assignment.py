"""Account assignment for the doors: tables of rows in, tables of suggestions out."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contor.account_assignment.lines import Lines
from contor.account_assignment.suggestion import Suggestion
from contor.account_assignment.targets import TARGETS
from contor.account_assignment.trade_sense import TradeSense
from contor.bootstrap.ledger_rows import refused_in, slips
from contor.errors import Refusal
from contor.ports.assignment import ModelShelf, TextEncoder

if TYPE_CHECKING:  # half a second of a command that needs neither
    from contor.account_assignment.exact_rules import ExactRule
    from contor.account_assignment.history import History
    from contor.account_assignment.replay import Stretch
    from contor.ports.store import UnitOfWork

MODELS = Path(__file__).resolve().parents[3] / "models"
"""The shelf of a checkout; an installed program without it does without its models."""
SENSE = "trade-sense"
"""The name of the sense of the trade on the shelf."""
_RANKS = 5
"""Codes of a target that a table names, each with its confidence."""
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to write, with what was refused and what to say about it."""

    header: tuple[str, ...]
    rows: list[list[object]]
    summary: dict[str, Any]
    refusals: list[tuple[int, Refusal]] = field(default_factory=list)
    unlearnt: list[tuple[int, Refusal]] = field(default_factory=list)
    """Rows of the history that are no use."""


def columns_of(target: str) -> tuple[str, ...]:
    """The columns of ``contor suggest`` for one target."""
    return (
        target,
        *(
            f"{target}_{part}"
            for part in ("confidence", "auto", "2", "3", "rung", "reason", "4", "5")
        ),
        *(f"{target}_{rank}_confidence" for rank in range(2, _RANKS + 1)),
    )


def cells_of(found: Suggestion) -> list[object]:
    """One suggestion as the cells of its columns."""
    second, third, fourth, fifth, *_ = (*found.others, "", "", "", "")
    held = [f"{chance:.4f}" for chance in found.chances[: _RANKS - 1]]
    return [
        found.code,
        f"{found.confidence:.4f}",
        "true" if found.auto else "false",
        second,
        third,
        found.rung,
        found.reason,
        fourth,
        fifth,
        *held,
        *[""] * (_RANKS - 1 - len(held)),
    ]


def suggest_rows(
    history: Sequence[Row],
    rows: Sequence[Row],
    chart: Sequence[tuple[str, str]],
    error: float,
    rules: Sequence[ExactRule] = (),
) -> Table:
    """Learn from ``history``, suggest for ``rows``; nothing is lost, rows keep their order.

    ``rules`` are those of :func:`rules_in`. A ``chart`` is read with the encoder of the setting ``encoder``; one that cannot be had is a failure before
    anything is learnt.
    """
    import numpy as np

    from contor.account_assignment.assigner import AccountAssigner
    from contor.account_assignment.cold_start import coded_by
    from contor.account_assignment.horizon import beyond, days_ahead

    encoder, sense = (_encoder_set(), live_sense()) if chart else (None, None)
    unlearnt = slips(history)
    useless = {place for place, _ in unlearnt}
    past = Lines.from_rows([row for i, row in enumerate(history) if i not in useless])
    del history  # a million rows as dictionaries would stand beside their columns
    new = Lines.from_rows(rows)
    last = int(past.day.max()) if len(past) else 0
    horizon = days_ahead(last, new.day) if last else 1
    assigner = AccountAssigner(error, horizon, tuple(chart), encoder, sense=sense, rules=rules).fit(
        past
    )
    targets = assigner.targets
    ours = tuple(column for target in targets for column in columns_of(target))
    carried = _carried(rows, {*ours, "refusal"}) if rows else ("date", "supplier", "amount")
    refusals = refused_in(rows)
    refused: dict[int, Refusal] = dict(refusals)
    answers = assigner.suggest(new)
    far = np.flatnonzero(beyond(last, new.day, horizon)).tolist() if last else []
    for place in far:
        answers[place] = {t: replace(one, auto=False) for t, one in answers[place].items()}
    table: list[list[object]] = [
        [
            *(row.get(name, "") for name in carried),
            *_answer(answers[i], targets, refused.get(i)),
            refused[i].code if i in refused else "",
        ]
        for i, row in enumerate(rows)
    ]
    header = (*carried, *ours, "refusal")
    codes = sorted({code for code in past.labels.get("account", ()) if code})
    summary = {
        "lines": len(rows),
        "history": len(past),
        "targets": list(targets),
        "learnt": list(assigner.models_),
        "refused": len(refusals),
        "not_learnt": len(unlearnt),
        "far_ahead": len(far),
        "chart_strange": bool(chart and codes) and not any(coded_by(chart, codes)),
        "auto": {t: sum(a[t].auto for a in answers if t in a) for t in targets},
    }
    return Table(header, table, summary, refusals, unlearnt)


def _encoder_set() -> TextEncoder | None:
    from contor.bootstrap.store import read_settings  # settings cost a tenth of a second

    return encoder_of_service(read_settings().encoder)


def _carried(rows: Sequence[Row], ours: Container[str]) -> tuple[str, ...]:
    """The columns handed on: all but those that are written anew, and surplus cells behind them."""
    names = [name for name in rows[0] if name != "surplus"]
    names += ["surplus"] if any(row.get("surplus") for row in rows) else []
    return tuple(name for name in names if name not in ours)


def _answer(
    answer: Mapping[str, Suggestion], targets: Iterable[str], refused: Refusal | None
) -> list[object]:
    cells: list[object] = []
    for target in targets:
        found = answer.get(target)
        if refused is not None or found is None:
            reason = refused.message if refused else ""
            found = Suggestion(target, "", 0.0, reason=reason)
        cells += cells_of(found)
    return cells


def replay_rows(
    rows: Sequence[Row], *, every: int, warmup: float, error: float, explained: bool
) -> Table:
    """Replay a ledger; ``explained`` asks for the table of suggestions with their reasons."""
    import numpy as np

    from contor.account_assignment.history import History
    from contor.account_assignment.replay import Watch, replay, scored_from
    from contor.account_assignment.scores import score

    refusals = slips(rows)
    useless = {place for place, _ in refusals}
    kept = np.array([i for i in range(len(rows)) if i not in useless], np.int64)
    lines = Lines.from_rows([rows[i] for i in kept.tolist()])
    order = kept[np.argsort(lines.day, kind="stable")]
    history = History.of(lines)
    begin = scored_from(history, warmup)
    targets = [target for target in TARGETS if target in history.names]
    cells: dict[int, list[object]] = {int(row): [] for row in order[begin:]}
    figures = {}

    watch = Watch()  # of all targets: they are learnt and asked side by side
    found: dict[str, list[Stretch]] = {target: [] for target in targets}
    walked = replay(
        history,
        targets,
        every=every,
        warmup=warmup,
        errors=(error,),
        watch=watch,
        explained=explained,
    )
    for stretches in walked:
        for target, stretch in stretches.items():
            found[target].append(replace(stretch, words=None))
            for position, one in _told(history, target, stretch, error):
                cells[int(order[position])] += cells_of(one)
    for target in targets:
        figures[target] = {
            **score(history, target, found[target], error),
            "learn_seconds": round(watch.learning, 3),
            "suggest_seconds": round(watch.suggesting, 3),
        }
    ours = tuple(column for target in targets for column in columns_of(target))
    carried = _carried(rows, {*ours, *TARGETS, "row"}) if rows else ()
    table = [
        [row, *(rows[row].get(name, "") for name in carried), *cells[row]] for row in sorted(cells)
    ]
    summary = {"lines": len(rows), "targets": figures}
    return Table(("row", *carried, *ours), table if explained else [], summary, refusals)


def _told(
    history: History, target: str, stretch: Stretch, error: float
) -> Iterator[tuple[int, Suggestion]]:
    """Position and suggestion of each line of a stretch, with reasons, where they are wanted."""
    from contor.account_assignment.reasons import Explainer

    if stretch.words is None:
        return
    found = Explainer(history, target, stretch.words).explain(
        history.lines.take(stretch.positions),
        stretch.choices,
        stretch.confidence.tolist(),
        stretch.auto[error].tolist(),
        positions=stretch.positions,
    )
    yield from zip(stretch.positions.tolist(), found, strict=True)


def shelf_at(root: Path) -> ModelShelf:
    """The shelf of models in a folder."""
    from contor.adapters.model_shelf import FolderShelf

    return FolderShelf(root)


def encoder_for(name: str, root: Path = MODELS) -> TextEncoder:
    """``static``, ``universal``, or the name of a sentence-transformers model."""
    from contor.adapters.encoder import encoder_named

    return encoder_named(name, shelf_at(root))


def live_encoder(root: Path = MODELS) -> TextEncoder | None:
    """The static encoder of the shelf, None where there is none that fits."""
    try:
        return encoder_for("static", root)
    except Refusal:
        return None


def live_sense(root: Path = MODELS) -> TradeSense | None:
    """The sense of the trade from the shelf, None where there is none that fits."""
    try:
        return TradeSense.from_bytes(shelf_at(root).load(SENSE).content)
    except Refusal:
        return None


@cache
def encoder_of_service(name: str) -> TextEncoder | None:
    """The encoder of the setting ``encoder``, loaded once.

    Without the static encoder on the shelf the service works on letters and lexicon alone; a model
    that was named and cannot be had is a failure, and no command that suggests begins with it.
    """
    if name == "none":
        return None
    return live_encoder() if name == "static" else encoder_for(name)


def label_rows(uow: UnitOfWork) -> tuple[list[int], list[dict[str, str]]]:
    """A tenant's labels: ids, and rows of a coded ledger; as many of the latest as are learnt from."""
    from contor.adapters.assigners import MOST_LINES, row_of

    labels = uow.labels.newest(MOST_LINES)
    return [label.id for label in labels], [row_of(label) for label in labels]
