"""Tax codes where no rules are set up: what the books alone teach, with and without the VAT shown.

Two years of a generated hosting company's books (``synthetic.demo_company``), each seed a company of
its own. Besides the replay, the last tenth is asked twice more: as if every supplier were new, and with
another VAT rate on the document than the supplier ever showed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import click
import numpy as np

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.history import History
from contor.account_assignment.lines import Lines
from contor.account_assignment.replay import Watch, replay
from contor.account_assignment.scores import score
from contor.account_assignment.suggestion import Suggestion
from contor.account_assignment.targets import TARGETS
from contor_training.synthetic.demo_company.ledger import lines as books

_SEEDS = (201, 202, 203)
_WARMUP, _PROMISE = 0.3, 0.02
_OTHER = {"V19": ("V7", "7.00"), "V7": ("V19", "19.00")}
_SHOWN = ("tax_rate", "vat_id")
_KNOWN_BY = ("supplier_id", "iban", "doc_no", "description")
_Row = dict[str, str]


def tax() -> None:
    """Print what becomes of tax codes, each beside the same without the VAT that lines show."""
    click.echo(
        f"\ntax codes from the books alone, {len(_SEEDS)} companies (in brackets: VAT not shown)"
    )
    shown, hidden = [], []
    for seed in _SEEDS:
        rows = [{name: str(cell) for name, cell in asdict(line).items()} for line in books(seed)]
        shown.append(_figures(rows))
        hidden.append(_figures([_without(row, _SHOWN) for row in rows]))
    for name in shown[0]:
        here, there = (float(np.mean([one[name] for one in some])) for some in (shown, hidden))
        click.echo(f"  {name}: {here:.1%} ({there:.1%})")


def _figures(rows: Sequence[_Row]) -> dict[str, float]:
    history = History.of(Lines.from_rows(rows))
    stretches = list(
        replay(history, ("tax_code",), every=30, warmup=_WARMUP, errors=(_PROMISE,), watch=Watch())
    )
    found: dict[str, Any] = score(history, "tax_code", [s["tax_code"] for s in stretches], _PROMISE)
    cut = len(rows) * 9 // 10
    assigner = AccountAssigner(_PROMISE).fit(Lines.from_rows(rows[:cut]))
    late = rows[cut:]
    new = [{**_without(row, _KNOWN_BY), "supplier": f"Nova {i}"} for i, row in enumerate(late)]
    other = _steady(rows[:cut], late)
    changed = [{**row, "tax_rate": _OTHER[row["tax_code"]][1]} for row in other]
    names, odd = (
        _asked(assigner, new),
        _asked(assigner, changed if "tax_rate" in rows[0] else other),
    )
    return {
        "replay, top-1": found["top1"],
        "replay, new suppliers": found["new_suppliers"]["top1"],
        "replay, calibration error": found["calibration_error"],
        "replay, alone at 2 %": found["auto"]["share"],
        "replay, wrong among these": found["auto"]["error"],
        "every supplier new, right": _share(
            a.code == r["tax_code"] for a, r in zip(names, late, strict=True)
        ),
        "every supplier new, mean confidence": float(np.mean([a.confidence for a in names])),
        "another rate than ever, coded by habit": _share(
            a.code == r["tax_code"] for a, r in zip(odd, other, strict=True)
        ),
        "another rate than ever, alone": _share(a.auto for a in odd),
    }


def _steady(known: Sequence[_Row], late: Sequence[_Row]) -> list[_Row]:
    """Late lines whose supplier always had one of the two taxed codes, and never the other."""
    habits: dict[str, set[str]] = {}
    for row in known:
        habits.setdefault(row["supplier"], set()).add(row["tax_code"])
    return [
        row
        for row in late
        if row["tax_code"] in _OTHER
        and row["tax_code"] in habits.get(row["supplier"], ())
        and _OTHER[row["tax_code"]][0] not in habits[row["supplier"]]
    ]


def _asked(assigner: AccountAssigner, rows: Sequence[_Row]) -> list[Suggestion]:
    bare = [_without(row, TARGETS) for row in rows]
    return [answer["tax_code"] for answer in assigner.suggest(Lines.from_rows(bare))]


def _share(hits: Iterable[bool]) -> float:
    return float(np.mean(list(hits)))


def _without(row: _Row, names: Sequence[str]) -> _Row:
    return {name: cell for name, cell in row.items() if name not in names}
