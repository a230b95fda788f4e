"""What people disagree on, and what only looks like it: a renamed account, a changed mind."""

from __future__ import annotations

from datetime import date, timedelta

from contor.account_assignment.contradictions import contradictions
from contor.account_assignment.lines import Lines

Row = dict[str, str]
SUPPLIERS = {
    "Rack AG": "Strom",
    "Netz GmbH": "Transit",
    "Papier KG": "Toner",
    "Putz eG": "Reinigung",
}


def weekly(account: dict[str, str], changed: dict[str, str], weeks: int = 40) -> list[Row]:
    """Every supplier invoices once a week; after half of the weeks the accounts are ``changed``."""
    return [
        {
            "date": (date(2026, 1, 5) + timedelta(weeks=week, days=place)).isoformat(),
            "supplier": supplier,
            "description": text,
            "amount": f"{100 + week}.00",
            "account": (account if week < weeks // 2 else changed)[supplier],
        }
        for week in range(weeks)
        for place, (supplier, text) in enumerate(SUPPLIERS.items())
    ]


OLD = dict.fromkeys(SUPPLIERS, "4980")


def test_a_renamed_account_is_no_disagreement() -> None:
    """Every booking before the day to 4980, every one after it to 6850: a new chart."""
    renamed = Lines.from_rows(weekly(OLD, dict.fromkeys(SUPPLIERS, "6850")))
    assert contradictions(renamed) == []


def test_who_books_to_both_the_renamed_account_and_another_is_listed_by_what_it_is_now() -> None:
    rows = weekly(OLD, dict.fromkeys(SUPPLIERS, "6850"))
    for row in rows:
        if row["supplier"] == "Papier KG" and row["date"][8:] < "10":
            row["account"] = "4930"
    (one,) = contradictions(Lines.from_rows(rows))
    assert one.supplier == "Papier KG"
    assert {code for code, _ in one.codes} == {"4930", "6850"}


def test_a_changed_mind_says_since_when_and_stands_behind_what_is_open() -> None:
    rows = weekly(OLD, OLD | {"Putz eG": "4250"})
    for number, row in enumerate(rows):
        if row["supplier"] == "Papier KG" and number % 3:
            row["account"] = "4930"
    disputed, changed = contradictions(Lines.from_rows(rows))
    assert (disputed.supplier, disputed.since) == ("Papier KG", "")
    assert changed.supplier == "Putz eG"
    assert changed.codes == (("4250", 20), ("4980", 20))
    assert changed.since == "2026-05-28"
