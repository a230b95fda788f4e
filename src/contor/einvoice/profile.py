"""Profiles: what BT-24 says about the rules that an invoice follows.

>>> profile_of("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0").name
'xrechnung'
>>> profile_of("urn:ferd:CrossIndustryDocument:invoice:1p0:comfort").name
'comfort'
>>> profile_of("urn:example:unheard-of").name
'unknown'
"""

from __future__ import annotations

from dataclasses import dataclass

PEPPOL_BILLING = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_CEN = "urn:cen.eu:en16931:2017"


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile by its short name, the BT-24 it writes, and what it may hold.

    ``extended`` may carry terms beyond the norm; ``has_lines`` is false for MINIMUM and BASIC WL.
    """

    name: str
    specification: str
    extended: bool = False
    has_lines: bool = True
    xrechnung: bool = False


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("minimum", "urn:factur-x.eu:1p0:minimum", has_lines=False),
        Profile("basicwl", "urn:factur-x.eu:1p0:basicwl", has_lines=False),
        Profile("basic", f"{_CEN}#compliant#urn:factur-x.eu:1p0:basic"),
        Profile("en16931", _CEN),
        Profile("extended", f"{_CEN}#conformant#urn:factur-x.eu:1p0:extended", extended=True),
        Profile(
            "xrechnung",
            f"{_CEN}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
            xrechnung=True,
        ),
        Profile(
            "xrechnung-extension",
            f"{_CEN}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
            "#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0",
            extended=True,
            xrechnung=True,
        ),
        Profile(
            "xrechnung-cvd",
            f"{_CEN}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
            "#compliant#urn:xeinkauf.de:kosit:xrechnung:cvd_0.9",
            xrechnung=True,
        ),
        Profile("peppol", f"{_CEN}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"),
        Profile("comfort", "urn:ferd:CrossIndustryDocument:invoice:1p0:comfort"),
        Profile("unknown", _CEN),
    )
}


def profile_of(specification: str | None) -> Profile:
    """The profile that a specification identifier (BT-24) names; ``unknown`` for none of ours."""
    text = (specification or "").lower().replace(" ", "")
    if "xrechnung" in text:
        if "xrechnung:cvd" in text:
            return PROFILES["xrechnung-cvd"]
        return PROFILES["xrechnung-extension" if "extension" in text else "xrechnung"]
    if "peppol.eu" in text:
        return PROFILES["peppol"]
    tail = text.rstrip("#:").rsplit(":", 1)[-1].rsplit("#", 1)[-1]
    if tail in PROFILES and ("factur-x" in text or "zugferd" in text or "ferd:" in text):
        return PROFILES[tail]
    if text == _CEN:
        return PROFILES["en16931"]
    if "extended" in text:
        return PROFILES["extended"]
    return PROFILES["unknown"]
