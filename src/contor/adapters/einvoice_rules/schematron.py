"""Compiled Schematron run by SaxonC: the rules that a document breaks.

Compiling takes a third of a second per stylesheet, so each is compiled once per process and only
when a document needs it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree

from contor.adapters.einvoice_rules.levels import level
from contor.adapters.einvoice_rules.rule_files import stylesheet
from contor.einvoice.verdict import RuleFinding

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_FACTUR_X = {
    "minimum": "FACTUR-X_MINIMUM.xslt",
    "basicwl": "FACTUR-X_BASIC-WL.xslt",
    "extended": "FACTUR-X_EXTENDED.xslt",
}
_STEP = re.compile(r"\*:(\w+)\[namespace-uri\(\)='[^']*'\]|Q\{[^}]*\}(\w+)")
_TAG = re.compile(r"^\s*\[([A-Z][\w-]+)\]\s*-?\s*")


def stylesheets_of(syntax: str, profile: str) -> tuple[str, ...]:
    """The stylesheets for a document, in the order in which they are run.

    MINIMUM and BASIC WL are no invoices in the sense of EN 16931 and EXTENDED goes beyond it:
    Factur-X has rules of its own for them.
    """
    if syntax not in {"cii", "ubl"}:
        return ()
    if syntax == "cii" and profile in _FACTUR_X:
        return (_FACTUR_X[profile],)
    name = syntax.upper()
    official = f"EN16931-{name}-validation.xsl"
    if profile.startswith("xrechnung"):
        return (official, f"XRechnung-{name}-validation.xsl")
    return (official,)


class SchematronProcessor:
    """One SaxonC processor with its compiled stylesheets."""

    def __init__(self) -> None:
        self._processor: Any = None
        self._compiled: dict[str, Any] = {}

    def run(self, root: etree._Element, name: str, syntax: str, profile: str) -> list[RuleFinding]:
        """Findings of one stylesheet; rule ``SCHEMATRON`` where it cannot run to its end."""
        import saxonche  # a hundred megabytes: only who checks pays for it

        executable = self._executable(name)
        text = etree.tostring(root, encoding="unicode")
        try:
            node = self._processor.parse_xml(xml_text=text)
            with _hushed():
                report = executable.transform_to_string(xdm_node=node)
        except saxonche.PySaxonApiError as error:
            message = str(error).splitlines()[0]
            return [RuleFinding("SCHEMATRON", "error", "/", f"{name}: {message}")]
        return list(dict.fromkeys(_findings(report, syntax, profile)))

    def _executable(self, name: str) -> Any:
        from saxonche import PySaxonProcessor

        if self._processor is None:
            self._processor = PySaxonProcessor(license=False)
        if name not in self._compiled:
            compiler = self._processor.new_xslt30_processor()
            self._compiled[name] = compiler.compile_stylesheet(
                stylesheet_file=str(stylesheet(name))
            )
        return self._compiled[name]


@contextmanager
def _hushed() -> Iterator[None]:
    """Without Saxon's own report of an error, which goes past Python to the error output.

    The error itself comes as an exception and becomes a finding.
    """
    kept = os.dup(2)
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _findings(report: str, syntax: str, profile: str) -> list[RuleFinding]:
    found = []
    root = etree.fromstring(report.encode())
    for element in root.iter(f"{_SVRL}failed-assert", f"{_SVRL}successful-report"):
        text = " ".join("".join(map(str, element.itertext())).split())
        tag = _TAG.match(text)
        rule = element.get("id") or (tag[1] if tag else "FACTUR-X")
        severity = level(syntax, profile, rule, element.get("flag"))
        place = _STEP.sub(lambda match: match[1] or match[2], element.get("location", "/"))
        found.append(RuleFinding(rule, severity, place, _TAG.sub("", text)))
    return found
