"""Lines find their items; what is not sure is not called sure; nothing is taken twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from contor.banking.statement import BankLine
from contor.reconciliation.covering import covering_sets
from contor.reconciliation.item import OpenItem
from contor.reconciliation.matching import reconcile
from contor.reconciliation.proposal import Proposal
from contor.reconciliation.terms import parse_terms

IBAN = "DE89370400440532013000"


def item(number: str, gross: int, **more: object) -> OpenItem:
    fields: dict[str, object] = {
        "id": number,
        "kind": "receivable",
        "number": number,
        "currency": "EUR",
        "gross": gross,
        "open_amount": gross,
        "party_id": "K10001",
        "party_name": "Müller & Söhne GmbH",
        "issue_date": date(2026, 9, 1),
        "due_date": date(2026, 9, 15),
        "party_iban": IBAN,
    }
    return OpenItem(**{**fields, **more})  # type: ignore[arg-type]


def line(amount: str, text: str, **more: object) -> BankLine:
    fields: dict[str, object] = {
        "id": f"L{text}{amount}",
        "booking_date": date(2026, 9, 5),
        "amount": Decimal(amount),
        "currency": "EUR",
        "counterparty_name": "MUELLER UND SOEHNE",
        "remittance": text,
    }
    return BankLine(**{**fields, **more})  # type: ignore[arg-type]


def one(bank_line: BankLine, *items: OpenItem) -> Proposal:
    (proposal,) = reconcile([bank_line], items)
    return proposal


def test_reference_amount_and_party_are_sure() -> None:
    proposal = one(line("119.00", "RE-2026-00471"), item("RE-2026-00471", 11900))
    assert (proposal.status, proposal.kind, proposal.residual) == ("auto", "payment", 0)


def test_two_items_alike_without_reference_are_ambiguous_and_both_shown() -> None:
    proposal = one(line("119.00", "Danke"), item("RE-1001", 11900), item("RE-1002", 11900))
    assert proposal.status == "ambiguous"
    assert len(proposal.alternatives) == 1


def test_discount_inside_its_deadline_closes_the_item() -> None:
    terms = parse_terms("7:2.00")
    proposal = one(line("116.62", "RE-2026-00471"), item("RE-2026-00471", 11900, terms=terms))
    (share,) = proposal.allocations
    assert (share.amount, share.discount, proposal.status) == (11662, 238, "auto")


def test_discount_after_its_deadline_is_never_sure() -> None:
    terms = parse_terms("2:2.00")
    late = line("116.62", "RE-2026-00471", booking_date=date(2026, 9, 11))
    assert one(late, item("RE-2026-00471", 11900, terms=terms)).status == "propose"


def test_one_payment_of_several_items_listed() -> None:
    proposal = one(
        line("357.00", "RE-1001, RE-1002"), item("RE-1001", 11900), item("RE-1002", 23800)
    )
    assert (proposal.kind, {a.item for a in proposal.allocations}) == (
        "batch",
        {"RE-1001", "RE-1002"},
    )


def test_credit_note_is_netted_with_a_negative_amount() -> None:
    note = item("GS-2001", 1900, kind="credit_note")
    proposal = one(line("100.00", "RE-1001 abz. GS-2001"), item("RE-1001", 11900), note)
    assert {a.item: a.amount for a in proposal.allocations} == {"RE-1001": 11900, "GS-2001": -1900}


def test_part_payment_then_the_rest() -> None:
    lines = [line("50.00", "Teilzahlung RE-2026-00471"), line("69.00", "Rest RE-2026-00471")]
    first, second = reconcile(lines, [item("RE-2026-00471", 11900)])
    assert (first.kind, second.kind) == ("partial", "payment")
    assert first.allocations[0].amount + second.allocations[0].amount == 11900


def test_paid_twice_takes_the_item_once() -> None:
    lines = [line("119.00", "RE-2026-00471"), line("119.00", "RE-2026-00471", id="again")]
    first, second = reconcile(lines, [item("RE-2026-00471", 11900)])
    assert first.status == "auto"
    assert (second.status, second.residual) == ("none", 11900)


def test_returned_debit_reopens_the_settled_item() -> None:
    back = line("-124.00", "Rücklastschrift RE-2026-00471", return_reason="AM04")
    proposal = one(back, item("RE-2026-00471", 11900, open_amount=0))
    assert (proposal.kind, proposal.allocations[0].amount, proposal.residual) == (
        "return",
        -11900,
        -500,
    )


def test_transposed_digits_are_proposed_with_the_party() -> None:
    proposal = one(
        line("119.00", "RE-2026-00417"), item("RE-2026-00471", 11900), item("RE-2026-00999", 5000)
    )
    assert proposal.allocations[0].item == "RE-2026-00471"


def test_another_currency_is_no_candidate() -> None:
    proposal = one(line("119.00", "RE-2026-00471"), item("RE-2026-00471", 11900, currency="CHF"))
    assert proposal.status == "none"


def test_bank_fees_and_transfers_say_what_they_are() -> None:
    fee = line("-9.90", "Kontoführung Entgelt", counterparty_name="")
    assert one(fee).kind == "fee"
    assert one(line("500.00", "Umbuchung", counterparty_name="")).kind == "transfer"


@given(
    st.lists(st.integers(1, 30_000), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(-40_000, 40_000), st.integers(0, 9)), min_size=1, max_size=6),
)
def test_allocations_add_up_and_never_exceed_what_is_open(
    gross: list[int], payments: list[tuple[int, int]]
) -> None:
    items = [item(f"RE-20{n:04d}", amount) for n, amount in enumerate(gross)]
    lines = [
        line(str(Decimal(amount).scaleb(-2)), f"RE-20{target:04d}", id=str(n))
        for n, (amount, target) in enumerate(payments)
        if amount
    ]
    left = {i.id: i.open_amount for i in items}
    for bank_line, proposal in zip(lines, reconcile(lines, items), strict=True):
        money = sum(a.amount for a in proposal.allocations)
        assert money + proposal.residual == int(bank_line.amount.scaleb(2))
        if proposal.status in {"auto", "propose"}:
            for a in proposal.allocations:
                left[a.item] -= a.amount + a.discount + a.fee + a.write_off
    assert all(rest >= 0 for rest in left.values())


@given(st.lists(st.integers(-50, 50).filter(bool), max_size=10), st.integers(1, 60))
def test_covering_sets_sum_to_the_target(values: list[int], target: int) -> None:
    for members in covering_sets(values, target).sets:
        assert sum(values[i] for i in members) == target
