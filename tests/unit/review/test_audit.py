"""The blind sample and the verdict on the promise."""

from __future__ import annotations

import hashlib

import pytest
from scipy.stats import binom

from contor.review.audit import audit, lower_bound, was_wrong
from contor.review.policy import Routing, for_a_person, in_sample


def test_the_sample_is_the_share_it_says() -> None:
    hashes = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(20_000)]
    assert sum(in_sample(h, 0.02) for h in hashes) == pytest.approx(400, abs=80)
    assert not any(in_sample(h, 0.0) for h in hashes)
    assert all(in_sample(h, 1.0) for h in hashes)


def test_a_sampled_item_is_an_ordinary_one() -> None:
    assert for_a_person(Routing(True, (), 0.99)) == Routing(False, ("check",), 0.99)


@pytest.mark.parametrize(("wrong", "total"), [(1, 1), (1, 6), (3, 80), (50, 50)])
def test_the_bound_is_exact(wrong: int, total: int) -> None:
    assert binom.sf(wrong - 1, total, lower_bound(wrong, total)) == pytest.approx(0.05)


def test_the_promise_breaks_when_the_errors_prove_it() -> None:
    assert not audit([], 0.01).broken
    assert not audit([False] * 400, 0.01).broken
    assert not audit([False] * 96 + [True] * 2, 0.01).broken
    assert audit([False] * 96 + [True] * 4, 0.01).broken
    assert not audit([False] * 96 + [True] * 4, 0.05).broken


def test_only_the_newest_decisions_count() -> None:
    assert not audit([True] * 500 + [False] * 2000, 0.01).broken


def test_what_counts_as_wrong() -> None:
    claim = {"lines": [{"account": {"value": "4964"}, "tax_code": {"value": "V19"}}]}
    same = {"account": "4964", "cost_centre": "", "tax_code": "V19"}
    assert not was_wrong("accept", claim, {"entry": "1", "postings": []})
    assert not was_wrong("correct", claim, {"postings": [same]})
    assert not was_wrong("correct", claim, {"fields": {"number": "7"}, "postings": []})
    assert was_wrong("correct", claim, {"postings": [{**same, "account": "4940"}]})
    assert was_wrong("correct", claim, {"postings": [{**same, "cost_centre": "110"}]})
    assert was_wrong("correct", claim, {"postings": [{**same, "tax_code": "V7"}]})
    assert was_wrong("correct", claim, {"postings": [same, same]})
    assert was_wrong("reject", claim, {"reason": "not for us"})
