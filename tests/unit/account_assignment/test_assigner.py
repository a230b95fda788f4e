"""The assigner learns, suggests, takes a correction in at once, and survives odd input."""

from __future__ import annotations

import pickle
import random
from typing import Any

import numpy as np
import pytest

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.choice import Choices
from contor.account_assignment.corrections import Corrections
from contor.account_assignment.exact_rules import ExactRule
from contor.account_assignment.keys import keys_of
from contor.account_assignment.lines import Lines
from contor.account_assignment.memory import Index
from contor.account_assignment.suggestion import Suggestion
from contor.account_assignment.walk import walk
from contor.account_assignment.words import WordsModel

SUPPLIERS = [
    ("RIPE NCC", "4380", "900"),
    ("Hetzner Online", "4960", "110"),
    ("DB Vertrieb", "4663", "300"),
    ("Stadtwerke", "4240", "210"),
    ("Deutsche Post", "4910", "900"),
    ("Telekom", "4920", "900"),
]


def ledger(count: int, seed: int = 1) -> list[dict[str, str]]:
    draw = random.Random(seed)
    rows = []
    for i in range(count):
        supplier, account, centre = draw.choice(SUPPLIERS)
        rows.append(
            {
                "date": f"20{20 + i * 5 // count}-{1 + i * 60 // count % 12:02d}-{1 + i % 28:02d}",
                "supplier": supplier,
                "amount": f"{draw.randint(1, 400)}.00",
                "account": account,
                "cost_centre": centre,
            }
        )
    return sorted(rows, key=lambda row: row["date"])


@pytest.fixture(scope="module")
def taught() -> AccountAssigner:
    return AccountAssigner(0.05).fit(Lines.from_rows(ledger(900)))


def one(assigner: AccountAssigner, **facts: str) -> Any:
    return assigner.suggest(Lines.from_rows([{"date": "2026-01-05", **facts}]))[0]


def test_a_known_supplier_is_booked_as_always(taught: AccountAssigner) -> None:
    found = one(taught, supplier="Stadtwerke", amount="120.00")
    assert (found["account"].code, found["cost_centre"].code) == ("4240", "210")
    assert found["account"].rung == "memory"
    assert found["account"].confidence > 0.9
    assert "of this supplier's last" in found["account"].reason


def test_targets_absent_in_the_ledger_are_left_out(taught: AccountAssigner) -> None:
    assert taught.targets == ("account", "cost_centre")


def test_what_the_line_itself_is_coded_to_is_not_looked_at(taught: AccountAssigner) -> None:
    honest = one(taught, supplier="Telekom", amount="9.00")
    told = one(taught, supplier="Telekom", amount="9.00", account="4380", cost_centre="110")
    assert honest == told


def test_an_unknown_supplier_is_less_sure_than_a_known_one(taught: AccountAssigner) -> None:
    new = one(taught, supplier="Zimbabwe Ostrich Farm", amount="17.23")["account"]
    assert new.confidence < one(taught, supplier="Telekom", amount="17.23")["account"].confidence
    assert not new.auto


def test_a_correction_holds_for_the_next_line_like_it() -> None:
    assigner = AccountAssigner().fit(Lines.from_rows(ledger(300)))
    line = {"date": "2026-02-01", "supplier": "Telekom", "amount": "77.00"}
    assert assigner.suggest(Lines.from_rows([line]))[0]["account"].code == "4920"
    assigner.learn(Lines.from_rows([{**line, "account": "4925", "cost_centre": "200"}]))
    after = assigner.suggest(Lines.from_rows([line]))[0]
    assert (after["account"].code, after["cost_centre"].code) == ("4925", "200")
    assert not after["account"].auto
    assert "A person corrected the last line like it." in after["account"].reason


def test_a_correction_still_holds_after_it_was_confirmed() -> None:
    assigner = AccountAssigner().fit(Lines.from_rows(ledger(300)))
    line = {"date": "2026-02-01", "supplier": "Telekom", "amount": "77.00"}
    for _ in range(3):
        said = {t: [one.code] for t, one in assigner.suggest(Lines.from_rows([line]))[0].items()}
        decided = {**line, "account": "4925", "cost_centre": "200"}
        assigner.learn(Lines.from_rows([decided]), said)
        found = assigner.suggest(Lines.from_rows([line]))[0]["account"]
        assert found.code == "4925"


def test_lines_decided_now_so_now_otherwise_are_left_to_the_ranker() -> None:
    keys = keys_of(Lines.from_rows([{"date": "2026-02-01", "supplier": "A", "amount": "7.00"}]))
    corrections, taught = Corrections(), []
    for decided in (1, 0, 1, 0, 1):
        odds, signs = (np.zeros((1, n), np.float32) for n in (3, 0))
        choices = Choices(np.array([[0, 1, -1]]), odds, signs)
        shown, _ = corrections.apply(keys, choices)
        taught.append(int(shown.codes[0, 0]))
        corrections.note(keys, shown.codes[:, 0], np.array([decided]))
    assert taught == [0, 1, 0, 1, 0]


def test_one_code_alone_does_not_silence_the_chart() -> None:
    chart = (("4210", "Miete"), ("4910", "Porto"))
    rent = {"date": "2026-01-01", "supplier": "Immobilien KG", "amount": "900.00"}
    assigner = AccountAssigner(chart=chart).fit(Lines.from_rows([{**rent, "account": "4210"}]))
    stamps = {"date": "2026-01-02", "supplier": "Post", "amount": "8.00", "description": "Porto"}
    found = assigner.suggest(Lines.from_rows([stamps]))[0]["account"]
    assert (found.code, found.rung) == ("4910", "chart")


def test_a_supplier_under_another_name_is_known_by_its_vat_id() -> None:
    rows = [{**row, "vat_id": f"DE{len(row['supplier']):09d}"} for row in ledger(400)]
    assigner = AccountAssigner().fit(Lines.from_rows(rows))
    asked = {"date": "2026-02-01", "supplier": "Grid & Water AG", "amount": "90.00"}
    asked["vat_id"] = f"DE{len('Stadtwerke'):09d}"
    found = assigner.suggest(Lines.from_rows([asked]))[0]["account"]
    assert found.code == "4240"
    assert "Nearest past booking of Stadtwerke" in found.reason
    assert "(same VAT-ID)" in found.reason


def test_the_same_history_gives_the_same_suggestions() -> None:
    rows = ledger(400)
    new = Lines.from_rows(ledger(30, seed=5))
    first = AccountAssigner().fit(Lines.from_rows(rows)).suggest(new)
    again = AccountAssigner().fit(Lines.from_rows(rows)).suggest(new)
    assert first == again


def test_an_assigner_comes_back_from_the_shelf_as_it_was(taught: AccountAssigner) -> None:
    copy = pickle.loads(pickle.dumps(taught))
    new = Lines.from_rows(ledger(20, seed=9))
    assert copy.suggest(new) == taught.suggest(new)


def test_rows_of_the_past_do_not_depend_on_what_came_later() -> None:
    from contor.account_assignment.history import History

    rows = ledger(240)
    full = History.of(Lines.from_rows(rows))
    cut = int(full.cuts(full.lines.day[200:201])[0])
    part = History.of(full.lines.take(__import__("numpy").arange(cut)))
    names = full.names["account"]
    assert part.names["account"] == names  # few codes, all met early
    early = next(iter(walk(full, "account", WordsModel(len(names)), (100, cut))))
    short = next(iter(walk(part, "account", WordsModel(len(names)), (100, cut))))
    assert (early.rows.code == short.rows.code).all()
    assert (early.rows.features == short.rows.features).all()


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{}],
        [{"date": "", "supplier": "", "amount": "", "account": ""}],
        [{"date": "2026-01-01", "supplier": "A", "amount": "1", "account": "1"}],
        [{"date": "2026-01-01", "supplier": "A", "amount": "1", "account": "1"}] * 300,
        [
            {
                "date": "x",
                "supplier": "🎉",
                "amount": "1e99",
                "description": "y" * 10**6,
                "account": "1",
            }
        ],
    ],
)
def test_odd_histories_end_in_a_sensible_answer(rows: list[dict[str, str]]) -> None:
    assigner = AccountAssigner().fit(Lines.from_rows(rows))
    found = one(assigner, supplier="🎉 A", amount="", description="z" * 10**6)
    for suggestion in found.values():
        assert 0.0 <= suggestion.confidence <= 1.0
        assert not suggestion.auto or suggestion.code


def test_an_empty_history_learns_from_its_first_decision() -> None:
    assigner = AccountAssigner(chart=(("4910", "Porto"), ("4380", "Beiträge"))).fit(
        Lines.from_rows([])
    )
    cold = one(assigner, supplier="Deutsche Post", description="Briefmarken")["account"]
    assert (cold.code, cold.rung) == ("4910", "chart")
    assigner.learn(Lines.from_rows(ledger(3)))
    assert "cost_centre" in assigner.targets


def test_a_rule_of_the_tenant_speaks_first(taught: AccountAssigner) -> None:
    ruled = AccountAssigner(
        0.05, rules=[ExactRule(1, supplier="Deutsche Post AG", account="4930")]
    ).fit(Lines.from_rows(ledger(200)))
    found = one(ruled, supplier="DEUTSCHE POST AG", amount="3.70")["account"]
    assert (found.code, found.rung) == ("4930", "rule")
    assert found.others


def test_the_accounting_reference_of_an_einvoice_counts_where_it_is_an_account() -> None:
    assigner = AccountAssigner(chart=(("4910", "Porto"), ("4930", "Bürobedarf"))).fit(
        Lines.from_rows(ledger(200))
    )
    named = one(assigner, supplier="Telekom", amount="5", accounting_reference="4930")["account"]
    assert (named.code, named.rung) == ("4930", "einvoice")
    other = one(assigner, supplier="Telekom", amount="5", accounting_reference="PO-17")["account"]
    assert other.rung != "einvoice"


def test_the_words_that_spoke_for_a_code_are_told() -> None:
    rows = [
        {
            "date": f"2026-01-{1 + i % 28:02d}",
            "supplier": f"Firma {i}",
            "amount": "5",
            "description": "Colocation Rack" if i % 2 else "Briefmarken Porto",
            "account": "4960" if i % 2 else "4910",
        }
        for i in range(200)
    ]
    assigner = AccountAssigner().fit(Lines.from_rows(rows))
    found = one(assigner, supplier="Neue Firma", description="Colocation Nachtrag")["account"]
    assert found.code == "4960"
    assert "colocation" in found.words
    assert "colocation" in found.reason


def _suggested(suppliers: int, *names: str) -> list[dict[str, Suggestion]]:
    """For new lines of ``names``, where so many hotels and server suppliers were booked in 2025."""
    rows = [
        {"date": f"2025-{1 + i // 100:02d}-{1 + i % 28:02d}", "supplier": f"{kind} {i % suppliers}",
         "amount": "80.00", "account": account}
        for kind, account in (("Hotel", "4666"), ("Server", "4925"))
        for i in range(1200)
    ]  # fmt: skip
    assigner = AccountAssigner(0.05).fit(Lines.from_rows(rows))
    new = ({**rows[0], "date": "2026-02-01", "supplier": name} for name in names)
    return [assigner.suggest(Lines.from_rows([row]))[0] for row in new]


def test_where_strangers_were_never_met_nobody_is_sure_of_one() -> None:
    known, stranger = _suggested(5, "Hotel 3", "Hotel Adler")
    assert known["account"].confidence > 0.95
    assert stranger["account"].code == "4666"
    assert stranger["account"].confidence <= 0.5
    assert not stranger["account"].auto


def test_where_strangers_come_every_day_they_are_judged_like_all_others() -> None:
    (stranger,) = _suggested(1200, "Hotel Adler")
    found = stranger["account"]
    assert found.code == "4666"
    assert found.confidence > 0.95


def test_newcomers_are_counted_over_everything_that_was_put_in() -> None:
    keys = np.array([5, 5, 7, 0, 9, 7])
    index = Index().grown(keys).grown(np.array([9, 11])).grown(np.array([11, 13, 5]))
    assert [len(index.first_met(since)) for since in (0, 1, 4, 6, 8, 11)] == [5, 4, 3, 2, 1, 0]
