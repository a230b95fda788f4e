"""How well the wordings around a value fit each field: the part of the choice that needs no model.

Each field has the concepts that speak for it and those that speak against it; a value's score is
the strongest voice for it less the strongest against it, 0 to about 1.
"""

from __future__ import annotations

from functools import cache

from contor.documents.context import Context

_FOR: dict[str, dict[str, float]] = {
    "net_total": {"net_total": 1.0, "tax_base": 0.55, "subtotal_items": 0.5},
    "tax_total": {"tax_total": 1.0, "tax_rate": 0.4},
    "gross_total": {"gross_total": 1.0, "payable": 0.75, "line_total": 0.25},
    "payable": {"payable": 1.0},
    "prepaid": {"prepaid": 1.0},
    "issue_date": {"issue_date": 1.0, "number": 0.6, "invoice_word": 0.6},
    "due_date": {"due_date": 1.0},
    "delivery_date": {"delivery_date": 1.0},
    "period": {"period": 1.0, "delivery_date": 0.5},
    "number": {"number": 1.0, "invoice_word": 0.85},
    "buyer_number": {"buyer_number": 1.0},
    "order_reference": {"order_reference": 1.0},
    "contract_reference": {"contract_reference": 1.0},
    "payment_reference": {"payment_reference": 1.0},
}
_AGAINST: dict[str, dict[str, float]] = {
    "net_total": {
        "quantity": 0.5, "unit_price": 0.6, "cash": 0.6, "change": 0.8, "allowance": 0.7,
        "charge": 0.7, "prepaid": 0.7, "skonto": 0.6,
    },
    "tax_total": {
        "quantity": 0.5, "unit_price": 0.5, "allowance": 0.7, "net_total": 0.5, "vat_label": 0.3,
        "prepaid": 0.6,
    },
    "gross_total": {
        "quantity": 0.6, "unit_price": 0.7, "net_total": 0.7, "tax_total": 0.45, "change": 1.0,
        "allowance": 0.8, "charge": 0.7, "prepaid": 0.9, "rounding": 0.7, "cash": 0.5,
        "subtotal_items": 0.7, "skonto": 0.6, "tax_base": 0.3,
    },
    "payable": {"quantity": 0.5, "prepaid": 0.6, "allowance": 0.6, "change": 0.6, "skonto": 1.0},
    "prepaid": {"quantity": 0.5, "unit_price": 0.5},
    "issue_date": {
        "due_date": 0.9, "delivery_date": 0.9, "period": 0.9, "order_date": 0.9, "skonto": 0.6,
        "delivery_note": 0.7, "order_reference": 0.6, "contract_reference": 0.5, "prepaid": 0.5,
    },
    "due_date": {"order_date": 0.4, "skonto": 0.35, "delivery_date": 0.5},
    "delivery_date": {"order_date": 0.4, "due_date": 0.7},
    "period": {"due_date": 0.6, "order_date": 0.4},
    "number": {
        "buyer_number": 0.9, "order_reference": 0.8, "contract_reference": 0.8, "phone": 0.9,
        "vat_label": 0.8, "tax_number_label": 0.9, "bank": 0.9, "delivery_note": 0.8,
        "item_number": 0.7, "quantity": 0.6, "payment_reference": 0.5, "creditor_id": 0.9,
        "net_total": 0.6, "gross_total": 0.6, "issue_date": 0.35, "due_date": 0.6, "email": 0.6,
        "tax_total": 0.6, "buyer_label": 0.3, "preceding_invoice": 0.95,
    },
    "buyer_number": {"phone": 0.7, "number": 0.5, "bank": 0.9, "order_reference": 0.6},
    "order_reference": {
        "phone": 0.7, "number": 0.7, "bank": 0.6, "buyer_number": 0.6, "item_number": 0.5,
        "contract_reference": 0.6, "order_date": 0.3, "quantity": 0.5,
    },
    "contract_reference": {"phone": 0.7, "number": 0.6, "bank": 0.6, "order_reference": 0.5},
    "payment_reference": {"phone": 0.7, "number": 0.5, "order_reference": 0.5, "tax_number_label": 0.8},
}  # fmt: skip
FIELDS = tuple(_FOR)
_LEFT_ONLY = frozenset({"invoice_word"})
_SURE = 0.8
_SHARE_ABOVE = 0.9
_SHARE_BELIED = 0.2


def wording_scores(fields: tuple[str, ...], context: Context) -> list[float]:
    """Scores of a value for some fields by the wordings around it, in their order.

    >>> wording_scores(("net_total", "gross_total"), Context({"net_total": 1.0}, {}))
    [1.0, -0.7]
    >>> wording_scores(("issue_date",), Context({"due_date": 0.9}, {"issue_date": 0.5}))[0] < 0
    True
    """
    count = len(fields)
    if not context.left and not context.above:
        return [0.0] * count
    voices, beside, against = [0.0] * count, [0.0] * count, [0.0] * count
    above = [0.0] * count
    weights = _weights(fields)
    for name, strength in context.left.items():
        for index, wanted, unwanted, _ in weights.get(name, ()):
            if wanted:
                voices[index] = max(voices[index], wanted * strength)
                beside[index] = max(beside[index], strength)
            against[index] = max(against[index], unwanted * strength)
    for name, strength in context.above.items():
        for index, wanted, unwanted, only_left in weights.get(name, ()):
            if not only_left:
                voices[index] = max(voices[index], wanted * _SHARE_ABOVE * strength)
            above[index] = max(above[index], unwanted * strength)
    return [
        # What stands right before a value outweighs what its column says.
        voice - max(left, upper * (_SHARE_BELIED if near >= _SURE else _SHARE_ABOVE))
        for voice, near, left, upper in zip(voices, beside, against, above, strict=True)
    ]


@cache
def _weights(fields: tuple[str, ...]) -> dict[str, list[tuple[int, float, float, bool]]]:
    """By concept: the fields it speaks for or against, and whether only from the left."""
    found: dict[str, list[tuple[int, float, float, bool]]] = {}
    for index, field in enumerate(fields):
        wanted, unwanted = _FOR[field], _AGAINST.get(field, {})
        for name in {**wanted, **unwanted}:
            only_left = field == "number" and name in _LEFT_ONLY
            weights = (index, wanted.get(name, 0.0), unwanted.get(name, 0.0), only_left)
            found.setdefault(name, []).append(weights)
    return found
