"""The blind sample, the verdict on the promise, and what people see of it."""

from __future__ import annotations

import hashlib
import random
from typing import Any

import pytest

from contor.review.audit import ENOUGH, audit, errors_of, evidence_against, evidence_for
from contor.review.blind import as_item, cap_of, carried, claimed, is_ordinary, shown
from contor.review.policy import Routing, in_sample


def test_the_sample_is_the_share_it_says() -> None:
    hashes = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(20_000)]
    assert sum(in_sample(h, 0.02) for h in hashes) == pytest.approx(400, abs=80)
    assert not any(in_sample(h, 0.0) for h in hashes)
    assert all(in_sample(h, 1.0) for h in hashes)


def looks(rate: float, promise: float, count: int, seed: int) -> tuple[bool, bool]:
    """Whether the promise was ever held broken, or proven, looking after every verdict."""
    draw = random.Random(seed)
    errors = [float(draw.random() < rate) for _ in range(count)]
    stops = range(1, count + 1)
    return (
        any(evidence_against(errors[:n], promise) >= ENOUGH for n in stops),
        any(evidence_for(errors[:n], promise) >= ENOUGH for n in stops),
    )


def test_looking_after_every_verdict_does_not_raise_false_alarms() -> None:
    alarms = [looks(0.05, 0.05, 200, seed)[0] for seed in range(200)]
    assert sum(alarms) <= 15, "5 % of 200, and what chance adds"
    proofs = [looks(0.05, 0.05, 200, seed)[1] for seed in range(200)]
    assert sum(proofs) <= 15


def test_a_broken_promise_is_found_and_a_kept_one_proven() -> None:
    assert sum(looks(0.2, 0.05, 200, seed)[0] for seed in range(40)) >= 38
    assert sum(looks(0.0, 0.05, 120, seed)[1] for seed in range(3)) == 3


def test_an_old_good_record_does_not_cover_a_new_fault() -> None:
    assert audit([0.0] * 1000 + [1.0] * 12, 0.05).broken
    assert not audit([0.0] * 1000 + [1.0], 0.05).broken


def test_what_counts_as_wrong_target_by_target() -> None:
    claim = {"lines": [{"account": {"value": "4964"}, "tax_code": {"value": "V19"}}]}
    same = {"account": "4964", "cost_centre": "", "tax_code": "V19"}
    right = {"account": 0.0, "cost_centre": 0.0, "tax_code": 0.0}
    assert errors_of("accept", claim, {"entry": "1", "postings": []}) == right
    assert errors_of("correct", claim, {"postings": [same]}) == right
    assert errors_of("correct", claim, {"fields": {"number": "7"}, "postings": []}) == right
    wrong = errors_of("correct", claim, {"postings": [{**same, "account": "4940"}]})
    assert wrong == {**right, "account": 1.0}
    apart = errors_of("correct", claim, {"postings": [same, {**same, "cost_centre": "110"}]})
    assert apart == {**right, "cost_centre": 1.0}
    assert set(errors_of("reject", claim, {"reason": "not for us"}).values()) == {1.0}
    two = {"lines": claim["lines"] * 2}
    half = [{**same, "line": 0}, {**same, "line": 1, "account": "4940"}]
    assert errors_of("correct", two, {"postings": half})["account"] == 0.5
    later = {**claim, "claim": [{**same, "account": "4940"}]}
    assert errors_of("correct", later, {"postings": [same]})["account"] == 1.0


def line(confidence: float, *, auto: bool) -> dict[str, Any]:
    choice = {"value": "4964", "confidence": confidence, "auto": auto, "rung": "memory"}
    return {"account": choice, "cost_centre": choice, "tax_code": choice, "net": "1.00"}


def test_a_sampled_item_and_an_ordinary_one_look_alike() -> None:
    cap = 0.9
    sure, near = line(0.997, auto=True), line(0.931, auto=False)
    sampled = as_item(Routing(True, (), 0.997), [sure], cap)
    reasons = ("unsure:account", "unsure:cost_centre", "unsure:tax_code")
    ordinary = as_item(Routing(False, reasons, 0.931), [near], cap)
    assert sampled == ordinary == Routing(False, ("check",), 0.9)
    seen = [
        shown({"lines": [one], "confidence": 0.5, "shown_at_most": cap, **more})
        for one, more in ((sure, {"sampled": True, "claim": []}), (near, {"reasons": reasons}))
    ]
    assert seen[0] == seen[1]
    assert "auto" not in repr(seen[0])


def test_runners_up_of_a_sampled_item_do_not_tell_how_sure_its_first_code_is() -> None:
    """What is left beside the confidence shown is shared as it was really shared."""
    told = []
    for confidence, left in ((0.997, 0.003), (0.931, 0.069)):
        behind = [("4930", 0.6 * left), ("4940", 0.2 * left)]
        choice = {
            **line(confidence, auto=False)["account"],
            "alternatives": [{"value": code, "confidence": held} for code, held in behind],
        }
        told.append(shown({"lines": [{"account": choice}], "shown_at_most": 0.9}))
    assert told[0] == told[1]
    assert [one["confidence"] for one in told[0]["lines"][0]["account"]["alternatives"]] == [
        0.06,
        0.02,
    ]
    unsure = {
        **line(0.5, auto=False)["account"],
        "alternatives": [{"value": "4930", "confidence": None}],
    }
    assert shown({"lines": [{"account": unsure}]})["lines"][0]["account"]["alternatives"] == [
        {"value": "4930", "confidence": None}
    ]


def test_what_is_hardly_known_says_so_and_so_does_what_looks_wrong() -> None:
    low = as_item(
        Routing(False, ("finding:iban_changed", "unsure:account"), 0.3),
        [line(0.3, auto=False)],
        0.9,
    )
    assert low.reasons[0] == "finding:iban_changed"
    assert "unsure:account" in low.reasons
    assert low.confidence == 0.3


def test_the_cap_leaves_a_quarter_of_the_ordinary_items_beside_the_sampled() -> None:
    assert cap_of([0.4] * 100) == 0.6
    assert cap_of([0.99] * 100) == 0.95
    usual = [n / 100 for n in range(100)]
    assert sum(c >= cap_of(usual) for c in usual) >= 25


def test_a_claim_is_carried_along_and_only_what_is_unsure_is_ordinary() -> None:
    content = claimed({"lines": [line(0.99, auto=True)], "reasons": []})
    assert carried({**content, "shown_at_most": 0.9}).keys() == {
        "sampled",
        "claim",
        "shown_at_most",
    }
    assert not is_ordinary(content)
    assert is_ordinary({"reasons": ["unsure:account"]})
    assert not is_ordinary({"reasons": ["unsure:account", "finding:x"]})
    assert not is_ordinary({"reasons": []})
