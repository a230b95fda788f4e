"""Texts in answers to programs, said in the language asked for (``Accept-Language``), as at the desk.

What is stored is English; codes, figures and dates of their own stay as they are: only sentences for
people are put into words here. The form of the answers is the same in every language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from contor.account_assignment.targets import TARGETS
from contor.errors import Finding
from contor.workflows.import_statement import ImportReport
from contor_api.machine.answers import plain
from contor_api.vocabulary import Vocabulary
from contor_api.wording import Wording

Content = Mapping[str, Any]


def suggestion_said(content: Content, wording: Wording) -> dict[str, Any]:
    """A suggestion with the reasons of its lines."""
    lines = [
        {**line, **{t: _reason_said(line[t], wording) for t in TARGETS if line.get(t)}}
        for line in content.get("lines") or ()
    ]
    return {**content, "lines": lines}


def _reason_said(choice: Content, wording: Wording) -> dict[str, Any]:
    return {**choice, "reason": wording.filled(str(choice.get("reason") or ""))}


def findings_said(findings: Sequence[Finding], wording: Wording) -> list[dict[str, Any]]:
    """Findings with their messages."""
    return [plain({**asdict(found), "message": wording.finding(found)}) for found in findings]


def reading_said(content: Content, wording: Wording) -> dict[str, Any]:
    """A reading with the messages of its findings, and of the refusal where it was refused."""
    found = [
        Finding(one["code"], one["severity"], one["message"], tuple(one.get("fields") or ()))
        for one in content.get("findings") or ()
    ]
    said: dict[str, Any] = {**content, "findings": findings_said(found, wording)}
    refusal = content.get("refusal")
    if refusal:
        said["refusal"] = {**refusal, "message": wording.filled(str(refusal["message"]))}
    return said


def proposal_said(content: Content, wording: Wording) -> dict[str, Any]:
    """What a bank line may settle, with what its evidence says."""
    words = Vocabulary(wording)
    evidence = [
        {**part, "what": words.what(str(part.get("what") or ""))}
        for part in content.get("evidence") or ()
    ]
    return {**content, "evidence": evidence}


def import_said(report: ImportReport, wording: Wording) -> dict[str, Any]:
    """What became of a statement, with why lines were refused (``code: what is wrong``)."""
    refused = []
    for number, text in report.refused:
        code, _, said = text.partition(": ")
        refused.append([number, f"{code}: {wording.filled(said)}"])
    return {**plain(report), "refused": refused}
