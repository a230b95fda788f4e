"""Whoever was never met before: how sure one may be depends on how many such came before."""

from __future__ import annotations

import datetime as dt

import pytest

from contor.account_assignment.assigner import AccountAssigner
from contor.account_assignment.lines import Lines

Row = dict[str, str]
KNOWN = {
    "Rechenhalle AG": ("4964", "Colocation"),
    "Netzweg GmbH": ("4925", "IP transit"),
    "Papierhaus KG": ("4930", "Paper and toner"),
    "Kraftwerk eG": ("4240", "Electricity"),
}
NONSENSE = ("Xqwzt", "Bofu Lagi GmbH", "Kevuvuna Navajezi Ltd")


def row(day: int, supplier: str, account: str, text: str, **more: str) -> Row:
    date = (dt.date(2025, 1, 1) + dt.timedelta(days=day)).isoformat()
    told = {"date": date, "supplier": supplier, "amount": f"{40 + day % 7}.00", "account": account}
    return {"iban": "", **told, "description": text, **more}


def regulars(count: int) -> list[Row]:
    """Four suppliers that come again and again, each to its account."""
    names = list(KNOWN)
    return [row(day, names[day % 4], *KNOWN[names[day % 4]]) for day in range(count)]


def confidence(assigner: AccountAssigner, **line: str) -> float:
    asked = {"date": "2027-01-01", "amount": "43.00", "description": "", "iban": "", **line}
    return assigner.suggest(Lines.from_rows([asked]))[0]["account"].confidence


@pytest.fixture(scope="module")
def small() -> AccountAssigner:
    """Regular suppliers; three of the latest lines were of newcomers, with a text."""
    came = [row(590 + i, f"Neuling {i}", "4930", "Paper") for i in range(3)]
    return AccountAssigner().fit(Lines.from_rows([*regulars(590), *came, *regulars(597)[593:]]))


@pytest.mark.parametrize("name", NONSENSE)
def test_a_stranger_without_a_text_is_a_guess(small: AccountAssigner, name: str) -> None:
    assert confidence(small, supplier="Rechenhalle AG") > 0.9
    assert confidence(small, supplier=name) < 0.3
    assert confidence(small, supplier="") < 0.3, "nobody is a stranger, too"


def test_of_a_stranger_with_a_text_three_newcomers_tell_a_little(small: AccountAssigner) -> None:
    silent = confidence(small, supplier="Bofu Lagi GmbH")
    speaking = confidence(small, supplier="Bofu Lagi GmbH", description="Colocation")
    assert silent < speaking < 0.6


def test_a_known_account_under_a_new_name_is_no_stranger() -> None:
    iban = "DE89370400440532013000"
    past = [
        line | {"iban": iban} if "Rechen" in line["supplier"] else line for line in regulars(600)
    ]
    assigner = AccountAssigner().fit(Lines.from_rows(past))
    renamed = confidence(assigner, supplier="RH Kiel", iban=iban, description="Colocation")
    assert renamed > confidence(assigner, supplier="RH Kiel", description="Colocation")
    assert renamed > 0.8


def test_where_strangers_without_a_text_come_every_day_they_are_judged_like_others() -> None:
    past = [row(day, f"Hotel {day}", "4666", "") for day in range(1200)]
    assert confidence(AccountAssigner().fit(Lines.from_rows(past)), supplier="Hotel Adler") > 0.95


def test_a_ledger_that_names_nobody_and_says_nothing_is_judged_by_its_amounts() -> None:
    """Without suppliers and texts every line is a stranger, and there are many to judge by."""
    past = [
        {"date": line["date"], "amount": "9.90" if day % 2 else "500.00",
         "account": "4910" if day % 2 else "4210"}
        for day, line in enumerate(regulars(1200))
    ]  # fmt: skip
    (found,) = (
        AccountAssigner()
        .fit(Lines.from_rows(past))
        .suggest(Lines.from_rows([{"date": "2028-05-01", "amount": "9.90"}]))
    )
    assert found["account"].code == "4910"
    assert found["account"].confidence > 0.9


def test_a_stranger_that_shows_a_usual_rate_is_a_guess_for_the_account_alone() -> None:
    reduced = {"vat_id": "DE136695976", "tax_rate": "7", "tax_code": "V7"}
    full = {"vat_id": "DE811907980", "tax_rate": "19", "tax_code": "V19"}
    taxed = [
        {**line, **(reduced if line["supplier"] == "Papierhaus KG" else full)}
        for line in regulars(600)
    ]
    assigner = AccountAssigner().fit(Lines.from_rows(taxed))
    line = {"date": "2027-01-01", "supplier": "Xqwzt", "amount": "43.00", "tax_rate": "7"}
    found = assigner.suggest(Lines.from_rows([{**line, "country": "DE"}]))[0]
    assert found["tax_code"].code == "V7"
    assert found["tax_code"].confidence > 0.8
    assert found["account"].confidence < 0.4
    assert not found["tax_code"].auto, "hardly any stranger came before"


GOODS = {"vat_id": "IE6388047V", "tax_rate": "0", "tax_code": "E19"}
DOMESTIC = {"vat_id": "DE811907980", "tax_rate": "19", "tax_code": "V19"}
SERVICES = {"vat_id": "NL003207768B01", "tax_rate": "0", "tax_code": "R19"}


def renamed(vat_id: str) -> tuple[str, float]:
    """The tax code of a supplier's first bill under a new name; most of its kind sell services."""
    selling = {"Papierhaus KG": GOODS, "Kraftwerk eG": DOMESTIC}
    taxed = [{**line, **selling.get(line["supplier"], SERVICES)} for line in regulars(600)]
    assigner = AccountAssigner().fit(Lines.from_rows(taxed))
    line = {"date": "2027-01-01", "supplier": "Nova Trading", "amount": "43.00", "tax_rate": "0"}
    found = assigner.suggest(Lines.from_rows([{**line, "vat_id": vat_id}]))[0]["tax_code"]
    return found.code, found.confidence


def test_who_sold_goods_under_its_old_name_sells_goods_under_the_new_one() -> None:
    code, confidence = renamed("IE6388047V")
    assert code == "E19"
    assert confidence > 0.9
    assert renamed("NL003207768B01")[0] == "R19"


def test_a_supplier_known_by_nothing_is_taken_for_what_most_are_and_no_surer_than_that() -> None:
    code, confidence = renamed("IE9999999V")
    assert code == "R19"
    assert confidence < 0.8, "one in three lines that show no tax was of goods"


def test_a_text_without_supplier_and_rate_is_no_worse_known_than_before() -> None:
    taxed = [
        {**line, "supplier": "", "tax_code": "V7" if line["account"] == "4930" else "V19"}
        for line in regulars(600)
    ]
    assigner = AccountAssigner().fit(Lines.from_rows(taxed))
    line = {"date": "2027-01-01", "amount": "43.00", "description": "Paper and toner"}
    found = assigner.suggest(Lines.from_rows([line]))[0]["tax_code"]
    assert found.code == "V7"
    assert found.confidence > 0.9
