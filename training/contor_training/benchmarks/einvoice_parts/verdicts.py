"""Verdicts against what the official material marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from contor.bootstrap.einvoice import official_rules
from contor.einvoice.verdict import Verdict
from contor.errors import Refusal
from contor_training.benchmarks.einvoice_parts.material import Document, Row

_TESTS = "{http://difi.no/xsd/vefa/validator/1.0}"
_NEGATIVE = ("invalid", "FAIL_", "not_validating_")


def measure_verdicts(corpus: Path, material: dict[str, list[Document]]) -> list[Row]:
    """CEN unit tests, KoSIT suite and CEN examples valid, Mustang's negatives invalid."""
    mustang = material.get("Mustang, horstoeko, factur-x", [])
    negatives = [
        document
        for document in mustang
        if document.path.name.startswith(_NEGATIVE) and "mustang" in document.path.parts
    ]
    return [
        _unit_tests(corpus),
        _marked("KoSIT suite", material.get("KoSIT suite", []), valid=True),
        _marked("CEN examples", material.get("CEN examples", []), valid=True),
        _marked("Mustang negatives", negatives, valid=False),
    ]


def _check(content: bytes) -> Verdict | None:
    try:
        return official_rules().check(content)
    except Refusal:
        return None


def _marked(name: str, documents: list[Document], *, valid: bool) -> Row:
    wrong = []
    counted = 0
    for document in documents:
        if b"validator/1.0" in document.content[:2000]:
            continue  # a set of unit tests, measured apart
        counted += 1
        verdict = _check(document.content)
        if (verdict is not None and verdict.valid) is not valid:
            rules = [] if verdict is None else sorted({f.rule for f in verdict.findings})
            wrong.append(f"not as marked: {document.path.name}: {', '.join(rules)}")
    mark = "valid" if valid else "invalid"
    return Row(name, f"verdict {mark}", f"{counted - len(wrong)}/{counted}", "100 %", tuple(wrong))


def _unit_tests(corpus: Path) -> Row:
    """Each ``<success>``, ``<error>`` and ``<warning>`` of the CEN rule tests."""
    right: Counter[bool] = Counter()
    notes = []
    for path in sorted((corpus / "en16931" / "test").rglob("*.xml")):
        root = etree.parse(str(path)).getroot()
        for test in root.iter(f"{_TESTS}test"):
            fragment = [child for child in test if not str(child.tag).startswith(_TESTS)]
            verdict = _check(etree.tostring(fragment[0]))
            found = {} if verdict is None else {f.rule: f.severity for f in verdict.findings}
            for kind, rule in _assertions(test):
                severity = found.get(rule)
                as_marked = severity is None if kind == "success" else severity == kind
                right[as_marked] += 1
                if not as_marked:
                    notes.append(f"{path.name}: {rule} should be {kind}, is {severity}")
    total = right.total()
    measure = "CEN rule unit tests as marked"
    return Row("CEN unit tests", measure, f"{right[True]}/{total}", "100 %", tuple(notes))


def _assertions(test: etree._Element) -> Iterator[tuple[str, str]]:
    for kind in ("success", "error", "warning"):
        for element in test.iter(f"{_TESTS}{kind}"):
            yield kind, (element.text or "").strip()
