"""How well the wordings around a value fit each field: the part of the choice that needs no model.

Each field has the concepts that speak for it and those that speak against it; a value's score is
the strongest voice for it less the strongest against it, 0 to about 1.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    "payable": {"quantity": 0.5, "prepaid": 0.6, "allowance": 0.6, "change": 0.6, "skonto": 0.5},
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
    "buyer_number": {"phone": 0.7, "number": 0.5, "bank": 0.6, "order_reference": 0.6},
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


def wording_score(field: str, context: Context) -> float:
    """Score of a value for a field by the wordings around it.

    >>> wording_score("net_total", Context({"net_total": 1.0}, {}))
    1.0
    >>> wording_score("issue_date", Context({"due_date": 0.9}, {"issue_date": 0.5})) < 0
    True
    """
    if not context.left and not context.above:
        return 0.0
    left_only = _LEFT_ONLY if field == "number" else frozenset()
    voices = _strongest(_FOR[field], context, left_only=left_only)
    wanted = _FOR[field]
    beside = max((s for name, s in context.left.items() if name in wanted), default=0.0)
    # What stands right before a value outweighs what its column says.
    share_above = 0.2 if beside >= _SURE else 0.9
    return voices - _strongest(_AGAINST.get(field, {}), context, share_above)


def _strongest(
    weights: Mapping[str, float],
    context: Context,
    share_above: float = 0.9,
    left_only: frozenset[str] = frozenset(),
) -> float:
    strongest = 0.0
    for name, strength in context.left.items():
        weight = weights.get(name)
        if weight is not None and weight * strength > strongest:
            strongest = weight * strength
    for name, strength in context.above.items():
        weight = None if name in left_only else weights.get(name)
        if weight is not None and weight * share_above * strength > strongest:
            strongest = weight * share_above * strength
    return strongest
