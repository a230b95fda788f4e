"""Cold start: hosting-trade texts find their account by the chart's names alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from contor.account_assignment.chart_prior import ChartPrior
from contor.account_assignment.cold_start import confidence_of
from contor.bootstrap.assignment import live_encoder, live_sense
from tests.support.shared import SAMPLES, SHARED, needs_shared

PROBE = Path(__file__).with_name("cold_start_skr03.csv")
OTHER_TRADES = Path(__file__).with_name("other_trades_skr03.csv")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def shares(chart: Path) -> tuple[float, float]:
    names = [(row["number"], row["name"]) for row in rows(chart)]
    prior = ChartPrior(names, live_encoder(), live_sense())
    known = {number for number, _ in names}
    asked = [row for row in rows(PROBE) if known & set(row["accepted"].split("|"))]
    ranked = prior.rank([f"{row['text']} {row['supplier']}" for row in asked])
    hits = [
        [account.number in row["accepted"].split("|") for account in best]
        for row, best in zip(asked, ranked, strict=True)
    ]
    return sum(hit[0] for hit in hits) / len(hits), sum(any(hit) for hit in hits) / len(hits)


def test_on_the_selection_that_ships() -> None:
    first, five = shares(SAMPLES / "charts" / "skr03.csv")
    assert first >= 0.6
    assert five >= 0.92


@needs_shared
def test_on_the_whole_chart() -> None:
    first, five = shares(SHARED / "charts" / "skr03.csv")
    assert first >= 0.6
    assert five >= 0.92


@needs_shared
@pytest.mark.parametrize("probe", [PROBE, OTHER_TRADES])
def test_confidence_is_honest_for_a_hosting_company_and_for_a_bakery(probe: Path) -> None:
    """On the half that was looked at: as sure as it is right, and where it is sure it is right."""
    chart = [(row["number"], row["name"]) for row in rows(SHARED / "charts" / "skr03.csv")]
    prior = ChartPrior(chart, live_encoder(), live_sense())
    asked = [row for row in rows(probe) if row["half"] == "dev"]
    ranked = prior.rank([f"{row['text']} {row['supplier']}" for row in asked])
    right = [
        best[0].number in row["accepted"].split("|")
        for best, row in zip(ranked, asked, strict=True)
    ]
    held = [confidence_of(best[0].score) for best in ranked]
    assert abs(sum(right) / len(right) - sum(held) / len(held)) < 0.12
    sure = [hit for hit, share in zip(right, held, strict=True) if share > 0.8]
    unsure = [hit for hit, share in zip(right, held, strict=True) if share < 0.5]
    assert len(sure) > 30
    assert sum(sure) / len(sure) > 0.9
    assert sum(unsure) / len(unsure) < 0.6


def test_another_chart_is_answered_by_the_names_of_its_accounts() -> None:
    chart = [
        ("62", "Office rent"),
        ("63", "Electricity, water"),
        ("64", "Postage"),
        ("70", "Sales"),
    ]
    prior = ChartPrior(chart, sense=live_sense())
    wanted = {"Stromlieferung Rechenzentrum": "63", "affitto ufficio maggio": "62", "Porto": "64"}
    ranked = prior.rank(list(wanted))
    assert [best[0].number for best in ranked] == list(wanted.values())


@pytest.mark.parametrize("text", ["", "🎉🎉", "x" * 100_000, "qwrtzp"])
def test_a_text_that_says_nothing_is_no_error(text: str) -> None:
    prior = ChartPrior([("4910", "Porto"), ("4930", "Bürobedarf")])
    assert len(prior.rank([text])[0]) == 2


def test_an_empty_chart_has_no_answer() -> None:
    assert ChartPrior([]).rank(["Porto"]) == [[]]
