"""What a check of an e-invoice says: findings by rule, and whether it is valid."""

from __future__ import annotations

from dataclasses import dataclass

from contor.errors import Severity

OWN = "CONTOR-"


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """A rule that the document breaks: its id, how grave, where (XPath or term), and the text."""

    rule: str
    severity: Severity
    location: str
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a check.

    ``valid`` is the verdict of the official rules that apply to the syntax and profile (XML schema,
    EN 16931, XRechnung, Factur-X). Our own findings (``CONTOR-…``) stand beside it and decide only
    where no official rules can be run offline (FatturaPA).

    >>> Verdict("cii", "en16931", (RuleFinding("BR-CO-15", "error", "/", "…"),)).valid
    False
    >>> Verdict("cii", "en16931", (RuleFinding("CONTOR-CENT-07", "error", "BT-117", "…"),)).valid
    True
    """

    syntax: str
    profile: str
    findings: tuple[RuleFinding, ...]
    has_official_rules: bool = True

    @property
    def valid(self) -> bool:
        """Whether no deciding rule is broken."""
        return not any(
            finding.severity == "error"
            and not (self.has_official_rules and finding.rule.startswith(OWN))
            for finding in self.findings
        )
