"""The trade's words for the codes of the house: fields, states, kinds, rungs, reasons.

>>> from contor_api.wording import wording
>>> Vocabulary(wording("de")).field("gross_total")
'Bruttobetrag'
"""

from __future__ import annotations

import re

from contor_api.reason_words import CODES, REASONS
from contor_api.wording import Wording, mark

FIELDS = {
    "number": mark("Document number"),
    "issue_date": mark("Document date"),
    "due_date": mark("Due date"),
    "delivery_date": mark("Delivery date"),
    "period_start": mark("Period from"),
    "period_end": mark("Period to"),
    "currency": mark("Currency"),
    "net_total": mark("Net amount"),
    "tax_total": mark("Tax amount"),
    "gross_total": mark("Gross amount"),
    "prepaid": mark("Prepaid"),
    "payable": mark("Amount payable"),
    "seller_name": mark("Supplier"),
    "seller_address": mark("Supplier's address"),
    "seller_vat_id": mark("Supplier's VAT-ID"),
    "seller_tax_number": mark("Supplier's tax number"),
    "seller_iban": mark("Supplier's IBAN"),
    "seller_bic": mark("Supplier's BIC"),
    "buyer_name": mark("Buyer"),
    "buyer_address": mark("Buyer's address"),
    "buyer_vat_id": mark("Buyer's VAT-ID"),
    "buyer_number": mark("Customer number"),
    "order_reference": mark("Order reference"),
    "contract_reference": mark("Contract reference"),
    "payment_reference": mark("Payment reference"),
    "discount_terms": mark("Discount terms"),
    "accounting_reference": mark("Accounting reference"),
}
_SHORT_FIELDS = {
    "number": mark("Number"),
    "issue_date": mark("Date"),
    "due_date": mark("Due"),
    "seller_name": mark("Name"),
    "seller_address": mark("Address"),
    "seller_vat_id": mark("VAT-ID"),
    "seller_tax_number": mark("Tax number"),
    "seller_iban": mark("IBAN"),
    "seller_bic": mark("BIC"),
    "buyer_name": mark("Name"),
    "buyer_address": mark("Address"),
    "buyer_vat_id": mark("VAT-ID"),
    "order_reference": mark("Order"),
    "contract_reference": mark("Contract"),
    "payment_reference": mark("Payment"),
}
_STATES = {
    "received": mark("received"),
    "read": mark("read"),
    "refused": mark("refused"),
    "suggested": mark("suggested"),
    "review": mark("in review"),
    "posted": mark("posted"),
    "split": mark("taken apart"),
    "rejected": mark("rejected"),
    "new": mark("new"),
    "proposed": mark("proposed"),
    "booked": mark("booked"),
    "ignored": mark("ignored"),
    "open": mark("open"),
    "accepted": mark("accepted"),
    "corrected": mark("corrected"),
    "withdrawn": mark("withdrawn"),
    "accept": mark("accepted"),
    "correct": mark("corrected"),
    "reject": mark("rejected"),
    "auto": mark("certain"),
    "propose": mark("likely"),
    "ambiguous": mark("ambiguous"),
    "none": mark("unexplained"),
    "waiting": mark("waiting"),
    "sending": mark("being sent"),
    "sent": mark("sent"),
    "failed": mark("failed"),
    "dropped": mark("dropped"),
}
_KINDS = {
    "document": mark("Document"),
    "bank_line": mark("Bank line"),
    "invoice": mark("Invoice"),
    "credit_note": mark("Credit note"),
    "receipt": mark("Receipt"),
    "reminder": mark("Reminder"),
    "statement": mark("Statement"),
    "other": mark("Other"),
    "receivable": mark("Receivable"),
    "payable": mark("Payable"),
    "payment": mark("Payment"),
    "partial": mark("Part payment"),
    "overpayment": mark("Overpayment"),
    "batch": mark("Collective payment"),
    "return": mark("Returned debit"),
    "payout": mark("Payout"),
    "fee": mark("Fee"),
    "transfer": mark("Transfer between own accounts"),
    "einvoice": mark("e-invoice"),
    "text": mark("text layer"),
    "ocr": mark("text recognition"),
    "mixed": mark("text layer and recognition"),
    "xml": mark("e-invoice"),
    "derived": mark("computed"),
    "part": mark("Part"),
    "whole": mark("Taken out of"),
    "attachment": mark("Attachment"),
    "upload": mark("upload"),
    "inbox": mark("inbox"),
    "folder": mark("watched folder"),
    "mail": mark("e-mail"),
    "api": mark("interface"),
}
_WAYS = (mark("folder"), mark("mail"), mark("api"))
"""Ways by which a file came, as a finding about its second coming names them."""
_RUNGS = {
    "rule": mark("rule"),
    "memory": mark("past bookings"),
    "model": mark("learned model"),
    "chart": mark("chart of accounts"),
    "einvoice": mark("e-invoice"),
    "none": mark("no suggestion"),
}
_TARGETS = {
    "account": mark("Account"),
    "cost_centre": mark("Cost centre"),
    "tax_code": mark("Tax code"),
}
_ROLES = {
    "owner": mark("owner"),
    "bookkeeper": mark("bookkeeper"),
    "reader": mark("reader"),
}
_GROUPS = {
    "document": mark("Document"),
    "amounts": mark("Amounts"),
    "seller": mark("Supplier"),
    "buyer": mark("Buyer"),
    "references": mark("References"),
}
_SEVERITIES = {
    "error": mark("Error"),
    "warning": mark("Warning"),
    "info": mark("Note"),
}
_EVIDENCE = {
    "reference": mark("Reference"),
    "number": mark("Number"),
    "amount": mark("Amount"),
    "iban": mark("IBAN"),
    "name": mark("Name"),
    "party": mark("Party"),
    "date": mark("Date"),
    "due_date": mark("Due date"),
    "discount": mark("Discount"),
    "counterparty_iban": mark("IBAN"),
    "counterparty_name": mark("Name"),
    "end_to_end_id": mark("End-to-end reference"),
    "mandate_id": mark("Mandate"),
    "contract": mark("Contract"),
    "order": mark("Order"),
    "remittance": mark("Remittance information"),
    "line": mark("Bank line"),
    "status": mark("State"),
}
_TAX_CATEGORIES = {
    "AE": mark("reverse charge"),
    "E": mark("exempt"),
    "G": mark("export outside the EU"),
    "K": mark("supply within the EU"),
    "L": mark("tax of the Canary Islands"),
    "M": mark("tax of Ceuta and Melilla"),
    "O": mark("not subject to tax"),
    "S": mark("standard rate"),
    "Z": mark("zero rate"),
}
"""Tax categories of EN 16931 (UNTDID 5305)."""
_ACTORS = {
    "autopilot": mark("autopilot"),
    "reconciliation": mark("reconciliation"),
    "billing": mark("billing"),
    "set-up": mark("set-up"),
    "history": mark("carried over"),
    "training": mark("training"),
    "command line": mark("command line"),
}
_EVENTS = {
    "autopilot_suspended": mark("Autopilot suspended"),
    "autopilot_resumed": mark("Autopilot goes on"),
    "training": mark("Training"),
    "went_live": mark("Trained and live: model"),
    "held_back": mark("Trained, not better: model"),
    "rolled_back": mark("Rolled back to model"),
}
_BELONGS = re.compile(r"(?P<what>.+) is (?P<party>\S+)")
_UNEXPLAINED = re.compile(r"no open item explains it: (?P<kind>\w+)")


class Vocabulary:
    """The words of one language; a code without a word is shown with spaces."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def _word(self, words: dict[str, str], code: str) -> str:
        if code in words:
            return self._wording.say(words[code])
        return self._wording.filled(code.replace("_", " ") if " " not in code else code)

    def field(self, code: str) -> str:
        """The label of a field of ``contor read``."""
        return self._word(FIELDS, code)

    def short_field(self, code: str) -> str:
        """The label of a field within its group."""
        return self._word(_SHORT_FIELDS if code in _SHORT_FIELDS else FIELDS, code)

    def state(self, code: str) -> str:
        """A state of a document, bank line, item or message; a verdict."""
        return self._word(_STATES, code)

    def kind(self, code: str) -> str:
        """A kind of document, item, payment or source; ``mail:<id>`` is a mail."""
        return self._word(_KINDS, code.partition(":")[0])

    def origin(self, source: str) -> str:
        """Where a document comes from; ``document:<id>`` is the file it was a part of."""
        kind, _, number = source.partition(":")
        return f"{self.kind(kind)} {number}" if kind == "document" else self.kind(kind)

    def rung(self, code: str) -> str:
        """The rung of the ladder that spoke."""
        return self._word(_RUNGS, code)

    def target(self, code: str) -> str:
        """What is assigned: account, cost centre, tax code."""
        return self._word(_TARGETS, code)

    def role(self, code: str) -> str:
        """What a person may do."""
        return self._word(_ROLES, code)

    def group(self, code: str) -> str:
        """A group of fields."""
        return self._word(_GROUPS, code)

    def severity(self, code: str) -> str:
        """How bad a finding is."""
        return self._word(_SEVERITIES, code)

    def evidence(self, code: str) -> str:
        """What spoke for a match."""
        return self._word(_EVIDENCE, code)

    def what(self, text: str) -> str:
        """What a piece of evidence says."""
        match = _BELONGS.fullmatch(text)
        if match:
            return self._wording.say(mark("{what} belongs to {party}"), **match.groupdict())
        match = _UNEXPLAINED.fullmatch(text)
        if match:
            said = mark("no open item explains it: {kind}")
            return self._wording.say(said, kind=self.kind(match["kind"]))
        return self._wording.filled(text)

    def tax_category(self, code: str) -> str:
        """A tax category of an e-invoice."""
        return self._word(_TAX_CATEGORIES, code)

    def actor(self, name: str) -> str:
        """Who posted or decided: a person by e-mail, or a part of the house."""
        return self._wording.say(_ACTORS[name]) if name in _ACTORS else name

    def reason(self, code: str) -> str:
        """Why an item waits for a person; ``unsure:gross_total`` names what it is about."""
        name, colon, detail = code.partition(":")
        if name in {"match", "kind"} and colon:
            return self.state(detail) if name == "match" else self.kind(detail)
        if name not in REASONS:
            return self._word(REASONS, code)
        said = self._wording.say(REASONS[name])
        if not colon:
            return said
        if name == "finding":
            return self._detail(detail.strip())
        return f"{said}: {self._detail(detail.strip())}"

    def event(self, code: str, live: bool | None = None) -> str:
        """What a run of learning came to."""
        if code == "training" and live is not None:
            code = "went_live" if live else "held_back"
        return self._word(_EVENTS, code)

    def _detail(self, code: str) -> str:
        for words in (FIELDS, _TARGETS, REASONS, CODES):
            if code in words:
                return self._wording.say(words[code])
        return code.replace("_", " ")
