"""Peers that are fitted once on the past: TF-IDF with a linear model, paperless, smart_importer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from contor_training.benchmarks.assignment.peers import Line


def linear(past: Sequence[Line], new: Sequence[Line]) -> list[dict[str, float]]:
    """TF-IDF of letters and words with a linear model (SGD), as in the reference: shares of codes."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import SGDClassifier
    from sklearn.pipeline import make_pipeline, make_union

    model = make_pipeline(
        make_union(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), max_features=60_000),
            TfidfVectorizer(ngram_range=(1, 2)),
        ),
        SGDClassifier(loss="log_loss", alpha=1e-6, max_iter=8, tol=None, random_state=0),
    )
    model.fit([f"{line.supplier} {line.text}" for line in past], [line.code for line in past])
    odds = model.predict_proba([f"{line.supplier} {line.text}" for line in new])
    codes = [str(code) for code in model.classes_]
    return [dict(zip(codes, row, strict=True)) for row in odds.tolist()]


def paperless(past: Sequence[Line], new: Sequence[Line]) -> list[str]:
    """CountVectorizer (1-2 words, in at least 1 % of lines) and a small neural network."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.utils._testing import ignore_warnings

    model = make_pipeline(
        CountVectorizer(ngram_range=(1, 2), min_df=0.01),
        MLPClassifier(tol=0.01, random_state=0, max_iter=40),
    )
    found: list[str] = ignore_warnings(category=ConvergenceWarning)(_fitted)(model, past, new)
    return found


def _fitted(model: object, past: Sequence[Line], new: Sequence[Line]) -> list[str]:
    texts = [f"{line.supplier} {line.text}" for line in past]
    fitted = model.fit(texts, [line.code for line in past])  # type: ignore[attr-defined]
    found = fitted.predict([f"{line.supplier} {line.text}" for line in new])
    return [str(code) for code in found]


def smart_importer(past: Sequence[Line], new: Sequence[Line]) -> list[str]:
    """smart_importer itself: bank lines against one account, the other posting predicted."""
    from beancount.core import data
    from beancount.core.amount import Amount
    from smart_importer import PredictPostings

    accounts = {code: f"Expenses:A{number}" for number, code in enumerate(_codes(past))}
    named = {account: code for code, account in accounts.items()}
    bank = "Assets:Bank"

    def entry(line: Line, number: int, *, coded: bool) -> Any:
        day = dt.date(2020, 1, 1) + dt.timedelta(days=number // 20)
        money = Amount(Decimal(-line.cents) / 100, "EUR")
        postings = [data.Posting(bank, money, None, None, None, None)]
        if coded:
            postings.append(data.Posting(accounts[line.code], -money, None, None, None, None))
        meta = data.new_metadata("ledger", number)
        return data.Transaction(
            meta, day, "*", line.supplier, line.text, frozenset(), frozenset(), postings
        )

    opened = [
        data.Open(data.new_metadata("ledger", 0), dt.date(2019, 1, 1), account, [], None)
        for account in (bank, *accounts.values())
    ]
    known = [*opened, *(entry(line, number, coded=True) for number, line in enumerate(past))]
    asked = [entry(line, len(past) + number, coded=False) for number, line in enumerate(new)]
    predicted: Any = PredictPostings().hook([("bank", asked, bank, None)], known)[0][1]
    return [
        next((named[p.account] for p in one.postings if p.account in named), "")
        for one in predicted
    ]


def _codes(lines: Sequence[Line]) -> list[str]:
    return sorted({line.code for line in lines})
