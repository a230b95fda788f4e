"""Check an e-invoice by everything that applies to its syntax and profile."""

from __future__ import annotations

from lxml import etree

from contor.adapters.einvoice_rules.schemas import check_schema, schema_of
from contor.adapters.einvoice_rules.schematron import SchematronProcessor, stylesheets_of
from contor.einvoice.cent_checks import check_cents
from contor.einvoice.content_checks import check_content
from contor.einvoice.reading import Reading, document_of, read_root
from contor.einvoice.verdict import RuleFinding, Verdict

_NOTES = {
    "fatturapa": "No official rules of FatturaPA can be run offline: checked to the cent only.",
    "zugferd1": "ZUGFeRD 1.0 has a schema and no rules of EN 16931: it is not a valid e-invoice "
    "in the sense of § 14 UStG from 2025 on.",
    "peppol": "The rules of Peppol BIS Billing are not part of the rule files: checked by EN 16931.",
    "older": "This is an older version of XRechnung: checked by the rules of version 3.0.",
    "unknown": "The specification identifier (BT-24) is unknown: checked by EN 16931.",
}


class OfficialRules:
    """XML schema, EN 16931, XRechnung or Factur-X, then our own checks to the cent.

    Stylesheets are compiled once per instance and only what the documents need; an instance serves
    one process and one thread.
    """

    def __init__(self) -> None:
        self._schematron = SchematronProcessor()

    def check(self, content: bytes) -> Verdict:
        """The verdict on the XML (see :class:`contor.ports.einvoice.EInvoiceRules`)."""
        root = document_of(content)
        readings = read_root(root)
        syntax, profile = readings[0].syntax, readings[0].profile
        name = schema_of(root, syntax, profile)
        official = self._official(root, syntax, profile, name)
        specification = (readings[0].invoice.specification or "").lower()
        is_older = "xrechnung_" in specification and "xrechnung_3." not in specification
        notes = _notes(syntax, profile, "older" if is_older else "")
        findings = (*official, *notes, *_own(readings))
        return Verdict(syntax, profile, findings, has_official_rules=name is not None)

    def _official(
        self, root: etree._Element, syntax: str, profile: str, name: str | None
    ) -> list[RuleFinding]:
        findings = [] if name is None else check_schema(root, name)
        for sheet in stylesheets_of(syntax, profile):
            findings += self._schematron.run(root, sheet, syntax, profile)
        return findings


def _notes(*names: str) -> list[RuleFinding]:
    for name in names:
        if name in _NOTES:
            severity = "warning" if name in {"unknown", "zugferd1", "older"} else "info"
            return [RuleFinding("CONTOR-RULES-01", severity, "BT-24", _NOTES[name])]  # type: ignore[arg-type]
    return []


def _own(readings: tuple[Reading, ...]) -> list[RuleFinding]:
    findings: list[RuleFinding] = []
    for reading in readings:
        invoice = reading.invoice
        found = [*check_cents(invoice), *check_content(invoice)]
        if len(readings) > 1:
            found = [
                RuleFinding(f.rule, f.severity, f"{invoice.number}: {f.location}", f.message)
                for f in found
            ]
        findings += found
    return findings
