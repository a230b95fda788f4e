from __future__ import annotations

import numpy as np
import pytest

from contor.documents.facts import facts_from
from contor.documents.forest import Forest
from contor.documents.name_features import name_feature_names
from contor.documents.page_tagger import Tagger
from contor.documents.suppliers.memory import SupplierMemory
from contor.documents.text_scores import BITS, TextScores
from contor.documents.value_features import feature_names
from contor.errors import Refusal
from tests.unit.documents.paper import page_of

CLASSES = ("seller", "buyer", "address", "address_first", "address_last")


def stump(feature: int) -> Forest:
    """One question: is the feature at most a half? No says yes."""
    return Forest(
        np.array([feature, 0, 0], dtype=np.int32), np.array([0.5, 0.0, 0.0]),
        np.array([1, 1, 2], dtype=np.int32), np.array([2, 1, 2], dtype=np.int32),
        np.array([0.0, -3.0, 3.0], dtype=np.float32), np.array([0], dtype=np.int32), 1,
    )  # fmt: skip


def tagger() -> Tagger:
    """A tagger that takes the figure behind *Total* and any name with a legal form."""
    names = name_feature_names(CLASSES)
    texts = TextScores(
        CLASSES, np.zeros((5, 1 << BITS), dtype=np.float32), np.zeros(5, dtype=np.float32)
    )
    heads = {
        "gross_total": stump(feature_names().index("left_gross_total")),
        "seller_name": stump(names.index("legal")),
        "buyer_name": stump(names.index("above_buyer_label")),
        "seller_address": stump(4),
    }
    return Tagger(heads, texts, SupplierMemory(("1 MAIN STREET, BERLIN",)))


def test_the_artefact_gives_the_same_tagger_and_the_same_bytes() -> None:
    content = tagger().to_bytes()
    again = Tagger.from_bytes(content)
    assert again.to_bytes() == content
    rows = np.random.RandomState(0).rand(20, len(feature_names())).astype(np.float32)
    np.testing.assert_array_equal(
        again.probability("gross_total", rows), tagger().probability("gross_total", rows)
    )


def test_a_model_for_other_features_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = tagger().to_bytes()
    monkeypatch.setattr("contor.documents.page_tagger.feature_hash", lambda names: "other")
    with pytest.raises(Refusal, match="model_mismatch"):
        Tagger.from_bytes(content)


def test_the_tagger_decides_where_it_has_a_head() -> None:
    page = page_of("Acme Trading Ltd\nReceipt\nCash   50.00\nTotal   12.00\nChange   38.00")
    facts = facts_from([page], tagger())
    assert facts.fields["gross_total"].value == "12.00"
    assert facts.fields["seller_name"].value == "Acme Trading Ltd"


def test_a_likely_total_that_is_printed_less_its_commission_is_sure() -> None:
    page = page_of("Order 4711\nTotal   100.00\nCommission   15%\nRest   85.00")
    sure = facts_from([page], tagger()).fields["gross_total"]
    page = page_of("Order 4711\nTotal   100.00\nCommission   15%\nRest   86.00")
    likely = facts_from([page], tagger()).fields["gross_total"]
    assert (sure.value, likely.value) == ("100.00", "100.00")
    assert likely.confidence < 0.98 <= sure.confidence


def test_no_rows_no_probabilities() -> None:
    assert len(stump(0).probability(np.zeros((0, 3), dtype=np.float32))) == 0
