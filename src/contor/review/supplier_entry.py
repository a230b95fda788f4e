"""The journal entry and the open item that a supplier's document leads to.

Expense (net) and input tax are debited, the payable is credited; where the recipient owes the tax
(§ 13b UStG, intra-community acquisition) tax is debited and credited and the payable is the net
amount. Tax stands in one line a tax code, computed from the sum of its nets. A credit note turns every sign. The cents of the printed total are kept: a difference of
rounding goes to the largest tax line (or cost line, without tax), a larger one is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from contor.errors import Refusal
from contor.ledger.discount_terms import parse_discount_terms
from contor.ledger.entry import JournalEntry, JournalLine
from contor.ledger.open_items import OpenItem, TaxShare, open_credit_note, open_payable
from contor.ledger.tax_code import TaxCode, find_tax_code
from contor.money import Money
from contor.review.decisions import PostingChoice

ROUNDING_CENTS_PER_LINE = 1


@dataclass(frozen=True, slots=True)
class SupplierDocument:
    """What the entry needs to know of a document; ``gross`` is the amount printed, positive."""

    source: str
    number: str
    issue_date: date
    gross: Money
    supplier_number: str
    supplier_name: str
    due_date: date | None = None
    supply_date: date | None = None
    credit_note: bool = False
    discount_terms: str = ""

    @property
    def tax_date(self) -> date:
        """The day whose tax rates apply: that of the supply, else of the document."""
        return self.supply_date or self.issue_date


@dataclass(frozen=True, slots=True)
class SupplierPosting:
    """The entry to post and the open item it opens (none where nothing is owed)."""

    entry: JournalEntry
    open_item: OpenItem | None


@dataclass(frozen=True, slots=True)
class _Cost:
    """A line of the document: what goes to the cost account, and its tax code."""

    choice: PostingChoice
    net: Money
    code: TaxCode | None


@dataclass(frozen=True, slots=True)
class _Tax:
    """The tax of all lines of one code, rounded once, as invoices do (BT-117)."""

    code: TaxCode
    net: Money
    tax: Money

    @property
    def owed_by_us(self) -> bool:
        return bool(self.code.counter_account)


def post_supplier_document(
    document: SupplierDocument,
    choices: Sequence[PostingChoice],
    tax_codes: Sequence[TaxCode],
    payables: str,
    booked_on: date | None = None,
) -> SupplierPosting:
    """The entry and open item of ``document`` with the bookkeeper's (or machine's) choices.

    Raises:
        Refusal: ``nothing_to_post``, ``account_missing``, ``entry_differs_from_document``,
            ``tax_code_unknown``, ``tax_code_not_valid``, ``tax_code_of_sales``.
    """
    costs = [_cost(document, choice, tax_codes) for choice in choices]
    costs, taxes = _fit_to_gross(costs, _taxes(costs), document)
    lines = [
        *(_cost_line(cost) for cost in costs),
        *(line for tax in taxes for line in _tax_lines(tax)),
    ]
    owed = Money(_total(costs, taxes), document.gross.currency)
    lines.append(
        JournalLine(payables, -owed, text=document.supplier_name, party=document.supplier_number)
    )
    if document.credit_note:
        lines = [replace(line, amount=-line.amount) for line in lines]
    entry = JournalEntry(
        booked_on or document.issue_date,
        f"{document.supplier_name} {document.number}".strip(),
        tuple(line for line in lines if line.amount),
        source=document.source,
        reference=document.number,
        document_date=document.issue_date,
    )
    return SupplierPosting(entry, _open_item(document, owed, taxes, payables))


def _cost(document: SupplierDocument, choice: PostingChoice, codes: Sequence[TaxCode]) -> _Cost:
    if not choice.account:
        raise Refusal(
            "account_missing", "A line has no ledger account.", "Choose an account for every line."
        )
    if choice.net is None:
        raise Refusal(
            "amount_missing", "A line has no net amount.", "Give every line its net amount."
        )
    code = find_tax_code(codes, choice.tax_code, document.tax_date) if choice.tax_code else None
    if code and code.direction != "input":
        raise Refusal(
            "tax_code_of_sales",
            "The tax code {tax_code} is for what we sell.",
            "Choose a tax code for purchases.",
            tax_code=code.code,
        )
    return _Cost(choice, choice.net, code)


def _taxes(costs: Sequence[_Cost]) -> list[_Tax]:
    """The tax of each code that bears one, in the order of the lines."""
    nets: dict[str, list[_Cost]] = {}
    for cost in costs:
        if cost.code and cost.code.rate and cost.code.tax_account:
            nets.setdefault(cost.code.code, []).append(cost)
    found = []
    for some in nets.values():
        code = some[0].code
        assert code is not None
        net = Money(sum(cost.net.minor for cost in some), some[0].net.currency)
        found.append(_Tax(code, net, net.times(code.rate / Decimal(100))))
    return found


def _total(costs: Sequence[_Cost], taxes: Sequence[_Tax]) -> int:
    charged = sum(tax.tax.minor for tax in taxes if not tax.owed_by_us)
    return sum(cost.net.minor for cost in costs) + charged


def _fit_to_gross(
    costs: list[_Cost], taxes: list[_Tax], document: SupplierDocument
) -> tuple[list[_Cost], list[_Tax]]:
    """Give the cents between computed and printed total to the largest tax (else cost) line."""
    if not costs:
        raise Refusal(
            "nothing_to_post", "There is no line to post.", "Choose an account for the document."
        )
    total = _total(costs, taxes)
    difference = document.gross.minor - total
    if not difference:
        return costs, taxes
    if abs(difference) > ROUNDING_CENTS_PER_LINE * len(costs):
        currency = document.gross.currency
        raise Refusal(
            "entry_differs_from_document",
            "The lines come to {total}, the document says {gross}.",
            "Correct the net amounts or the tax codes.",
            total=str(Money(total, currency)),
            gross=str(document.gross),
        )
    cents = Money(difference, document.gross.currency)
    charged = [tax for tax in taxes if tax.tax and not tax.owed_by_us]
    if charged:
        largest = max(charged, key=lambda tax: abs(tax.tax.minor))
        mended = replace(largest, tax=largest.tax + cents)
        return costs, [mended if tax is largest else tax for tax in taxes]
    most = max(costs, key=lambda cost: abs(cost.net.minor))
    bent = replace(most, net=most.net + cents)
    return [bent if cost is most else cost for cost in costs], taxes


def _cost_line(cost: _Cost) -> JournalLine:
    choice = cost.choice
    return JournalLine(
        choice.account,
        cost.net,
        text=choice.text,
        cost_centre=choice.cost_centre,
        tax_code=choice.tax_code,
    )


def _tax_lines(tax: _Tax) -> list[JournalLine]:
    code = tax.code
    lines = [JournalLine(code.tax_account, tax.tax, text=code.name, tax_code=code.code)]
    if tax.owed_by_us:
        lines.append(
            JournalLine(code.counter_account, -tax.tax, text=code.name, tax_code=code.code)
        )
    return lines


def _open_item(
    document: SupplierDocument, owed: Money, taxes: Sequence[_Tax], payables: str
) -> OpenItem | None:
    if not owed:
        return None
    shares = tuple(
        TaxShare(tax.code.code, tax.code.rate, tax.net if tax.owed_by_us else tax.net + tax.tax)
        for tax in taxes
        if tax.tax
    )
    number = document.number or document.source
    if document.credit_note:
        item = open_credit_note(
            number,
            document.supplier_number,
            document.supplier_name,
            document.issue_date,
            owed,
            "payable",
        )
    else:
        item = open_payable(
            number,
            document.supplier_number,
            document.supplier_name,
            document.issue_date,
            document.due_date or document.issue_date,
            owed,
        )
    terms = parse_discount_terms(document.discount_terms) if document.discount_terms else ()
    return replace(item, account=payables, tax_shares=shares, discount_terms=terms)
