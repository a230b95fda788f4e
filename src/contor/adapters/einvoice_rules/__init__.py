"""The official rules of e-invoices, run offline: XML schemas by lxml, Schematron by SaxonC."""

from contor.adapters.einvoice_rules.checker import OfficialRules
from contor.adapters.einvoice_rules.hybrid import HybridPdf

__all__ = ["HybridPdf", "OfficialRules"]
