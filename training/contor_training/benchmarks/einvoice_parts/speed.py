"""Documents a second on one core: our reader beside drafthorse and factur-x on the same files."""

from __future__ import annotations

import time
from collections.abc import Callable

from contor import einvoice
from contor.bootstrap.einvoice import official_rules
from contor.errors import Refusal
from contor_training.benchmarks.einvoice_parts.material import Document, Row

_ROUNDS = 3


def measure_speed(material: dict[str, list[Document]]) -> list[Row]:
    """Best of three rounds, in CPU seconds of this process."""
    contents = [document.content for documents in material.values() for document in documents]
    readable = [content for content in contents if _reads(einvoice.read_all, content)]
    rows = [
        Row(
            "speed per core",
            f"read all {len(readable)} to the model",
            f"{_rate(einvoice.read_all, readable):.0f} documents/s",
            ">= 150 documents/s",
        ),
        _checks([document.content for document in material.get("KoSIT suite", [])]),
    ]
    return rows + [
        Row("  peer, the files it reads", f"{name}, {len(files)} files", rates, "")
        for name, peer in (("drafthorse", _drafthorse), ("factur-x", _factur_x))
        for files in [[content for content in readable if _reads(peer, content)]]
        for rates in [f"{_rate(peer, files):.0f} against {_rate(einvoice.read_all, files):.0f}/s"]
    ]


def _checks(contents: list[bytes]) -> Row:
    """Schema, CEN, KoSIT and our own checks, stylesheets compiled before."""
    rules = official_rules()
    reached = f"{_rate(rules.check, contents):.0f} documents/s"
    return Row("  check-einvoice", f"all rules, {len(contents)} of the KoSIT suite", reached, "")


def _drafthorse(content: bytes) -> object:
    """Parse into drafthorse's object model (CII only)."""
    from drafthorse.models.document import Document as Peer

    return Peer.parse(content)


def _factur_x(content: bytes) -> object:
    """Parse and check against the schema as factur-x does (CII only)."""
    import facturx

    return facturx.xml_check_xsd(content, flavor="factur-x")


def _reads(reader: Callable[[bytes], object], content: bytes) -> bool:
    try:
        reader(content)
    except Refusal:
        return False
    except Exception:  # noqa: BLE001 - a peer may fail in any way; what it cannot read is left out
        return False
    return True


def _rate(reader: Callable[[bytes], object], contents: list[bytes]) -> float:
    if not contents:
        return 0.0
    best = float("inf")
    for _ in range(_ROUNDS):
        started = time.process_time()
        for content in contents:
            reader(content)
        best = min(best, time.process_time() - started)
    return len(contents) / best
