"""Where on an item's form a person puts right what keeps its entry from being posted."""

from __future__ import annotations

_INPUTS = {
    "amount_missing": "field.gross_total",
    "currency_unknown": "field.currency",
    "supplier_missing": "field.seller_name",
    "nothing_to_post": "posting.account",
    "no_lines_left": "posting.account",
    "account_missing": "posting.account",
    "account_unknown": "posting.account",
    "account_closed": "posting.account",
    "cost_centre_missing": "posting.cost_centre",
    "cost_centre_forbidden": "posting.cost_centre",
    "cost_centre_unknown": "posting.cost_centre",
    "tax_code_not_for_account": "posting.tax_code",
    "tax_code_not_valid": "posting.tax_code",
    "tax_code_of_sales": "posting.tax_code",
    "tax_code_unknown": "posting.tax_code",
    "entry_differs_from_document": "posting.net",
    "period_closed": "field.issue_date",
    "period_unknown": "field.issue_date",
    "date_far_off": "field.issue_date",
}


def input_of(code: str, *, total_known: bool = False) -> str:
    """The name of the input that a refusal is about; empty where it is about none.

    Where the total is known, an amount that is missing is that of a line.

    >>> input_of("amount_missing"), input_of("amount_missing", total_known=True)
    ('field.gross_total', 'posting.net')
    >>> input_of("model_mismatch")
    ''
    """
    if code == "amount_missing" and total_known:
        return "posting.net"
    return _INPUTS.get(code, "")
