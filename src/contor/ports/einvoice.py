"""Ports of the e-invoice room: the official rules, and the attachments of a PDF."""

from __future__ import annotations

from typing import Protocol

from contor.einvoice.verdict import Verdict


class EInvoiceRules(Protocol):
    """Checks an e-invoice by XML schema, EN 16931, XRechnung or Factur-X rules, and to the cent."""

    def check(self, content: bytes) -> Verdict:
        """The verdict on the XML.

        Raises Refusal for what cannot be read as an e-invoice, Failure (``rules_missing``,
        ``rules_altered``) where the rule files are not what was tested.
        """


class EmbeddedInvoice(Protocol):
    """Takes the e-invoice out of a hybrid PDF."""

    def extract(self, content: bytes) -> tuple[str, bytes]:
        """Name and XML of the embedded invoice; Refusal ``einvoice_not_embedded`` if none."""
