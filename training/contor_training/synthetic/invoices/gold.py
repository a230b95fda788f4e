"""The truth about an invoice: what is printed on its page, in the shape of ``contor read``.

Only facts that stand on the page are fields. ``printed`` is the text as it stands there; ``box`` is in
points from the top left of the unrotated page, null where the text runs over several lines.
"""

from __future__ import annotations

from typing import Any

from contor.einvoice.model import Invoice
from contor_training.synthetic.invoices.rendering import Box
from contor_training.synthetic.invoices.trading import Trade


def gold(trade: Trade, data: dict[str, Any], boxes: dict[str, Box]) -> dict[str, Any]:
    """The record of one invoice."""
    invoice = trade.invoice
    printed = {row["fact"]: row["value"] for part in _PARTS for row in data[part]}
    printed |= {
        "seller_iban": data["iban"],
        "seller_bic": data["bic"],
        "seller_name": data["seller"]["name"],
        "buyer_name": data["buyer"]["name"],
    }
    fields = {}
    for name, value in _values(trade).items():
        mark = "period" if name.startswith("period_") else name
        if value is not None and mark in boxes:
            page, box = boxes[mark]
            fields[name] = {"value": value, "printed": printed[mark], "page": page, "box": box}
    return {
        "kind": "credit_note" if invoice.is_credit_note else "invoice",
        "language": trade.language,
        "layout": data["layout"],
        "font": data["font"],
        "fields": fields,
        "tax_breakdown": [
            {
                "category": row.category,
                "rate": str(row.rate),
                "base": str(row.taxable),
                "tax": str(row.tax),
            }
            for row in invoice.vat_breakdown
        ],
        "lines": _lines(invoice),
    }


_PARTS = ("meta", "identifiers", "totals", "notes")


def _values(trade: Trade) -> dict[str, str | None]:
    """The values by the field names of COMMANDS.md."""
    invoice, totals = trade.invoice, trade.invoice.totals
    period = invoice.period
    discount = f"{trade.discount[0]}:{trade.discount[1]:.2f}" if trade.discount else None
    return {
        "number": invoice.number,
        "issue_date": invoice.issue_date.isoformat() if invoice.issue_date else None,
        "due_date": invoice.due_date.isoformat() if invoice.due_date else None,
        "period_start": period.start.isoformat() if period and period.start else None,
        "period_end": period.end.isoformat() if period and period.end else None,
        "net_total": str(totals.net),
        "tax_total": str(totals.tax),
        "gross_total": str(totals.gross),
        "seller_name": invoice.seller.name,
        "seller_vat_id": invoice.seller.vat_id,
        "seller_tax_number": invoice.seller.tax_number,
        "delivery_date": (
            invoice.delivery.date.isoformat()
            if invoice.delivery and invoice.delivery.date
            else None
        ),
        "prepaid": str(totals.prepaid) if totals.prepaid else None,
        "payable": str(totals.payable) if totals.prepaid else None,
        "seller_iban": invoice.payment_means[0].account,
        "seller_bic": invoice.payment_means[0].bic,
        "payment_reference": invoice.remittance_information,
        "buyer_name": invoice.buyer.name,
        "buyer_vat_id": invoice.buyer.vat_id,
        "buyer_number": trade.customer_number,
        "order_reference": invoice.order_reference,
        "contract_reference": invoice.contract_reference,
        "discount_terms": discount,
    }


def _lines(invoice: Invoice) -> list[dict[str, str | None]]:
    return [
        {
            "text": line.item.name,
            "quantity": str(line.quantity),
            "unit": line.unit,
            "unit_price": str(line.price.net),
            "net": str(line.net),
            "rate": str(line.vat_rate),
        }
        for line in invoice.lines
    ]
