"""The demo company: same seed, same bytes; the books and statements hold together."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from stdnum import iban
from stdnum.eu import vat

from contor.contracts.contract_file import Catalogue, parse_contract_file
from contor_training.synthetic.demo_company import SEED, __main__, contracts, ledger, parties
from contor_training.synthetic.demo_company.open_items import open_items
from contor_training.synthetic.demo_company.statements import accounts
from tests.support.shared import SAMPLES


def _rows(name: str) -> list[dict[str, str]]:
    with (SAMPLES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_samples_are_what_the_generator_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["demo_company", "--out", str(tmp_path / "demo")])
    __main__.main()
    written = {
        path.relative_to(tmp_path): path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert len(written) > 45
    for name, content in written.items():
        assert (SAMPLES / name).read_bytes() == content, name


def test_the_ledger_uses_only_accounts_cost_centres_and_codes_that_exist() -> None:
    known = {row["number"] for row in _rows("charts/skr03.csv")}
    centres = {row["code"] for row in _rows("charts/cost_centres.csv")}
    codes = {row["code"] for row in _rows("charts/tax_codes.csv")}
    lines = ledger.lines(SEED)
    assert 4000 <= len(lines) <= 8000
    assert {line.account for line in lines} <= known
    assert {line.cost_centre for line in lines} <= centres
    assert {line.tax_code for line in lines} <= codes
    assert min(line.date for line in lines) >= date(2024, 11, 1)
    assert max(line.date for line in lines) <= date(2026, 10, 31)


def test_another_seed_gives_another_company() -> None:
    assert ledger.lines(SEED + 1) != ledger.lines(SEED)


def test_the_chart_change_is_visible() -> None:
    accounts_of: dict[bool, Counter[str]] = defaultdict(Counter)
    for line in ledger.lines(SEED):
        if line.supplier_id == "70016":
            accounts_of[line.date < ledger.CHART_CHANGED][line.account] += 1
    assert accounts_of[True].most_common(1)[0][0] == "4806"
    assert accounts_of[False].most_common(1)[0][0] == "4964"


def test_no_payment_exceeds_what_was_open() -> None:
    items = {item.id: item for item in open_items(SEED)}
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for account in accounts(SEED):
        for payment in account.payments:
            if payment.kind == "return":
                continue
            for share in payment.shares:
                paid[share.item] += abs(share.amount) + share.discount
    assert paid
    assert all(total <= items[name].open_amount for name, total in paid.items())


def test_shares_add_up_to_the_line() -> None:
    for account in accounts(SEED):
        for payment in account.payments:
            total = sum((share.amount for share in payment.shares), Decimal(0))
            if payment.kind == "overpayment":
                assert total < payment.amount
            elif payment.shares:
                assert total == payment.amount


def test_identifiers_pass_their_check_digits_unless_spoilt_on_purpose() -> None:
    rows, truth = parties.parties(SEED)
    spoilt = {entry["id"] for entry in truth}
    for row in rows:
        if row.id not in spoilt:
            assert not row.vat_id or vat.is_valid(row.vat_id), row
            assert not row.iban or iban.is_valid(row.iban), row
    for entry in truth:
        row = next(row for row in rows if row.id == entry["id"])
        if entry["what"] in {"digits_transposed", "too_short"}:
            value = getattr(row, entry["field"])
            assert not (vat if entry["field"] == "vat_id" else iban).is_valid(value)


def test_every_contract_is_one() -> None:
    catalogue = parse_contract_file(contracts.catalogue(SEED))
    assert isinstance(catalogue, Catalogue)
    texts = contracts.contracts(SEED)
    assert len(texts) == contracts.COUNT
    for text in texts.values():
        assert not isinstance(parse_contract_file(text, catalogue), Catalogue)
    known = {f"C-{number}" for number in range(10_001, 10_001 + contracts.COUNT)}
    assert {row[2] for row in contracts.usage(SEED)} <= known


def test_the_statement_twins_add_up() -> None:
    for path in sorted((SAMPLES / "statements").glob("*.expected.json")):
        twin = json.loads(path.read_text(encoding="utf-8"))
        total = sum(Decimal(line["amount"]) for line in twin["lines"])
        assert total == Decimal(twin["sum"])
        if twin["opening"] is not None:
            assert Decimal(twin["opening"]) + total == Decimal(twin["closing"])
