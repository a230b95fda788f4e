"""The journal entry and the open item that a supplier's document leads to.

Expense (net) and input tax are debited, the payable is credited; where the recipient owes the tax
(§ 13b UStG, intra-community acquisition) tax is debited and credited and the payable is the net
amount. A credit note turns every sign. The cents of the printed total are kept: a difference of
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
class _Taxed:
    choice: PostingChoice
    net: Money
    code: TaxCode | None
    tax: Money

    @property
    def owed_by_us(self) -> bool:
        return bool(self.code and self.code.counter_account)


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
            ``tax_code_unknown``, ``tax_code_not_valid``.
    """
    taxed = _fit_to_gross([_tax(document, choice, tax_codes) for choice in choices], document)
    lines = [line for item in taxed for line in _lines_of(item)]
    owed = Money(
        sum(item.net.minor + (0 if item.owed_by_us else item.tax.minor) for item in taxed),
        document.gross.currency,
    )
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
    return SupplierPosting(entry, _open_item(document, owed, taxed, payables))


def _tax(document: SupplierDocument, choice: PostingChoice, tax_codes: Sequence[TaxCode]) -> _Taxed:
    if not choice.account:
        raise Refusal(
            "account_missing", "A line has no ledger account.", "Choose an account for every line."
        )
    if choice.net is None:
        raise Refusal(
            "amount_missing", "A line has no net amount.", "Give every line its net amount."
        )
    code = None
    if choice.tax_code:
        code = find_tax_code(tax_codes, choice.tax_code, document.tax_date)
    taxable = code is not None and code.rate and code.tax_account
    tax = choice.net.times(code.rate / Decimal(100)) if code and taxable else choice.net.times(0)
    return _Taxed(choice, choice.net, code, tax)


def _fit_to_gross(items: list[_Taxed], document: SupplierDocument) -> list[_Taxed]:
    """Give the cents between computed and printed total to the largest tax line."""
    if not items:
        raise Refusal(
            "nothing_to_post", "There is no line to post.", "Choose an account for the document."
        )
    total = sum(item.net.minor + (0 if item.owed_by_us else item.tax.minor) for item in items)
    difference = document.gross.minor - total
    if not difference:
        return items
    payable_tax = [item for item in items if item.tax and not item.owed_by_us]
    allowed = ROUNDING_CENTS_PER_LINE * max(1, len(items))
    if abs(difference) > allowed:
        currency = document.gross.currency
        raise Refusal(
            "entry_differs_from_document",
            "The lines come to {total}, the document says {gross}.",
            "Correct the net amounts or the tax codes.",
            total=str(Money(total, currency)),
            gross=str(document.gross),
        )
    cents = Money(difference, document.gross.currency)
    if payable_tax:
        largest = max(payable_tax, key=lambda item: abs(item.tax.minor))
        mended = replace(largest, tax=largest.tax + cents)
    else:
        largest = max(items, key=lambda item: abs(item.net.minor))
        mended = replace(largest, net=largest.net + cents)
    return [mended if item is largest else item for item in items]


def _lines_of(item: _Taxed) -> list[JournalLine]:
    choice = item.choice
    lines = [
        JournalLine(
            choice.account,
            item.net,
            text=choice.text,
            cost_centre=choice.cost_centre,
            tax_code=choice.tax_code,
        )
    ]
    if item.code and item.tax:
        lines.append(
            JournalLine(
                item.code.tax_account, item.tax, text=item.code.name, tax_code=item.code.code
            )
        )
        if item.owed_by_us:
            lines.append(
                JournalLine(
                    item.code.counter_account,
                    -item.tax,
                    text=item.code.name,
                    tax_code=item.code.code,
                )
            )
    return lines


def _open_item(
    document: SupplierDocument, owed: Money, taxed: Sequence[_Taxed], payables: str
) -> OpenItem | None:
    if not owed:
        return None
    shares = tuple(
        TaxShare(
            item.code.code, item.code.rate, item.net if item.owed_by_us else item.net + item.tax
        )
        for item in taxed
        if item.code and item.tax
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
