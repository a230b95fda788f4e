"""Policy: what may be posted alone and what a person must see, with the reasons named.

Alone goes only what is safe in every part: no finding that warns, every fact that is booked read
with confidence, a known supplier, a balanced entry, and all three targets inside the promise. Of
that, a small share goes to a person all the same and unmarked: the blind sample that tells whether
the promise holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contor.account_assignment.targets import TARGETS
from contor.documents.reading import Reading
from contor.errors import Finding

BOOKED_FACTS = ("number", "issue_date", "gross_total")
NEUTRAL = "check"
"""The reason of an item that waits without a doubt of the machine's."""
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class RoutingPolicy:
    """Thresholds of a tenant.

    ``field_confidence``: below it a booked fact is looked at. ``sample``: the share (0..1) of what
    would be posted alone that goes to a person all the same.
    """

    field_confidence: float = 0.98
    autopilot: bool = True
    sample: float = 0.02


@dataclass(frozen=True, slots=True)
class Routing:
    """``alone`` says that no person is needed; else ``reasons`` (stable codes) say why."""

    alone: bool
    reasons: tuple[str, ...]
    confidence: float


def route_document(
    reading: Reading,
    findings: Sequence[Finding],
    suggestions: Sequence[Mapping[str, Any]],
    *,
    supplier_known: bool,
    entry_drafted: bool,
    policy: RoutingPolicy,
) -> Routing:
    """Decide who books the document; the confidence is that of its weakest part."""
    reasons = [f"finding:{f.code}" for f in findings if f.severity in {"error", "warning"}]
    facts = [reading.fields.get(name) for name in BOOKED_FACTS]
    for name, fact in zip(BOOKED_FACTS, facts, strict=True):
        if fact is None:
            reasons.append(f"missing:{name}")
        elif fact.confidence < policy.field_confidence:
            reasons.append(f"unsure:{name}")
    if reading.kind == "other":
        reasons.append("paper_unknown")
    if not supplier_known:
        reasons.append("supplier_unknown")
    if not entry_drafted:
        reasons.append("no_entry")
    chosen = [line[target] for line in suggestions for target in TARGETS if target in line]
    if not chosen:
        reasons.append("no_suggestion")
    reasons += [
        f"unsure:{target}"
        for target in TARGETS
        if any(target in line and not line[target]["auto"] for line in suggestions)
    ]
    if not policy.autopilot:
        reasons.append("autopilot_off")
    confidence = min(
        [fact.confidence if fact else 0.0 for fact in facts]
        + [float(choice["confidence"]) for choice in chosen],
        default=0.0,
    )
    unique = tuple(dict.fromkeys(reasons))
    return Routing(not unique, unique, confidence if chosen else 0.0)


def in_sample(sha256: str, share: float) -> bool:
    """Whether a document belongs to the blind sample: its hash decides, so always the same.

    >>> in_sample("00" * 32, 0.02), in_sample("ff" * 32, 0.02), in_sample("ff" * 32, 1.0)
    (True, False, True)
    """
    return int(sha256[:_DIGITS], 16) < share * (1 << 4 * _DIGITS)
