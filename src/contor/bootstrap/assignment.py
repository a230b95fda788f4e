"""Account assignment for the doors: tables of rows in, tables of suggestions out."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contor.account_assignment.lines import Lines, parse_day
from contor.account_assignment.suggestion import Suggestion
from contor.account_assignment.targets import TARGETS
from contor.account_assignment.trade_sense import TradeSense
from contor.errors import Refusal
from contor.periods import BOOK_YEARS
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
_DECADE = 3653
_TIME = re.compile(r"([T ]\d{2}(:?\d{2}){0,2}([.,]\d+)?( ?(Z|[+-]\d{2}(:?\d{2})?))?)?")
"""What may stand behind a day: nothing, or a time of day and its zone, which say nothing here."""
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


def refusal_of(row: Row) -> Refusal | None:
    """Why a line cannot be coded, where its date or amount cannot be read."""
    if row.get("surplus"):
        return _surplus(row)
    date, amount = (row.get("date") or "").strip(), (row.get("amount") or "").strip()
    if date and (parse_day(date[:10]) is None or not _TIME.fullmatch(date[10:])):
        return Refusal(
            "date_unreadable",
            "The date {date} is not an ISO date.",
            "Write it as YYYY-MM-DD.",
            date=date[:40],
        )
    if date and int(date[:4]) not in BOOK_YEARS:
        return _far_off(date)
    if amount and not Lines.readable_amount(amount):
        return Refusal(
            "amount_unreadable",
            "The amount {amount} is not a decimal number.",
            "Write it with a point and without thousands separators.",
            amount=amount[:40],
        )
    return None


def _surplus(row: Row) -> Refusal:
    return Refusal(
        "cells_surplus",
        "The row has more cells than the first row has names: {surplus}.",
        "Put cells that contain a comma in quotation marks.",
        surplus=row["surplus"][:40],
    )


def _far_off(date: str) -> Refusal:
    return Refusal(
        "date_far_off",
        "The date {date} lies too far from those of other lines.",
        "Check the year.",
        date=date[:40],
    )


def rules_in(
    rows: Sequence[Row], table: str, chart: Sequence[tuple[str, str]] = ()
) -> list[ExactRule]:
    """Exact rules, a row each; refused where they make no sense, with ``table`` and row as note.

    Where there is a ``chart``, a rule names an account of it: another would never be heard.
    """
    from contor.account_assignment.rule_table import rules_of

    rules, numbers = rules_of(rows, table), {number for number, _ in chart}
    for place, (row, rule) in enumerate(zip(rows, rules, strict=True), 2):
        refused = _surplus(row) if row.get("surplus") else None
        if numbers and rule.account and rule.account not in numbers:
            refused = Refusal(
                "account_unknown",
                "There is no account {number} in the chart.",
                "Choose another account or add it to the chart.",
                number=rule.account[:40],
            )
        if refused is not None:
            refused.add_note(f"{table}:{place}")
            raise refused
    return rules


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
    unlearnt = _slips(history)
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
    refusals = _refused(rows)
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


def _refused(rows: Sequence[Row]) -> list[tuple[int, Refusal]]:
    return [(place, bad) for place, row in enumerate(rows) if (bad := refusal_of(row))]


def _slips(rows: Sequence[Row]) -> list[tuple[int, Refusal]]:
    """Rows of a past that are no use: unreadable ones, and such as lie decades from all others.

    One day of 2062 among those of 2026 would make yesterday old, and every habit with it.
    """
    import numpy as np

    refused = dict(_refused(rows))
    days = np.array(
        [
            day.toordinal()
            if place not in refused and (day := parse_day((row.get("date") or "").strip()[:10]))
            else 0
            for place, row in enumerate(rows)
        ]
    )
    known = days[days > 0]
    if len(known):
        early, late = np.quantile(known, (0.1, 0.9), method="nearest")
        reach = late - early + _DECADE
        far = (days > 0) & ((days < early - reach) | (days > late + reach))
        for place in np.flatnonzero(far).tolist():
            refused[place] = _far_off(str(rows[place]["date"]))
    return sorted(refused.items())


def sound_rows(
    rows: Sequence[Row],
) -> tuple[list[tuple[int, dict[str, str]]], list[tuple[int, Refusal]]]:
    """Rows of a past that can be used, each with its place, and why the others cannot.

    Their cells have no blanks around them and their dates are ISO days.
    """
    slips = _slips(rows)
    useless = {place for place, _ in slips}
    kept = []
    for place, row in enumerate(rows):
        if place not in useless:
            day = parse_day((row.get("date") or "").strip()[:10])
            cells = {name: (cell or "").strip() for name, cell in row.items()}
            kept.append((place, {**cells, "date": day.isoformat() if day else ""}))
    return kept, slips


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

    refusals = _slips(rows)
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
