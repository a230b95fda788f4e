"""Levels that KoSIT's validator configuration gives to single rules, by profile.

Facts of ``scenarios.xml`` in the XRechnung configuration: rules of CEN that the extension and the
Clean Vehicle Directive profile widen are only informative there, and a few syntax warnings become
errors. Without them the official test suite would not pass.
"""

from __future__ import annotations

from contor.errors import Severity

_CII_ERRORS: dict[str, Severity] = {
    "CII-SR-452": "error",
    "CII-SR-453": "error",
    "CII-SR-454": "error",
}
_UBL_ERRORS: dict[str, Severity] = {"UBL-CR-646": "error"}
_CIUS: dict[str, Severity] = {"BR-CL-21": "warning", "BR-CL-23": "warning"}
_CVD: dict[str, Severity] = {**_CIUS, "BR-CL-13": "info"}
_EXTENSION: dict[str, Severity] = {
    "BR-CL-10": "info",
    "BR-CL-11": "info",
    "BR-CL-21": "info",
    "BR-CL-23": "warning",
    "BR-CL-24": "info",
    "BR-CL-25": "info",
    "BR-CL-26": "info",
}

LEVELS: dict[tuple[str, str], dict[str, Severity]] = {
    ("ubl", "xrechnung"): {**_CIUS, **_UBL_ERRORS},
    ("cii", "xrechnung"): {**_CIUS, **_CII_ERRORS},
    ("ubl", "xrechnung-cvd"): {**_CVD, **_UBL_ERRORS},
    ("cii", "xrechnung-cvd"): {**_CVD, **_CII_ERRORS},
    ("ubl", "xrechnung-extension"): {
        **_EXTENSION,
        "BR-CO-16": "info",
        "UBL-CR-470": "info",
        "UBL-CR-646": "info",
    },
    ("cii", "xrechnung-extension"): {**_EXTENSION, **_CII_ERRORS},
}


def level(syntax: str, profile: str, rule: str, flag: str | None) -> Severity:
    """How grave a broken rule is: by the configuration, else by the rule's own flag."""
    configured = LEVELS.get((syntax, profile), {}).get(rule)
    if configured is not None:
        return configured
    if flag == "warning":
        return "warning"
    return "info" if flag == "information" else "error"
