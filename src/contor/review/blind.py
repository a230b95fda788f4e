"""Blindness: what people see of an item that waits does not tell whether it is of the sample.

A sampled document was sure in everything. If it were shown so, whoever decides would know it at
once. Therefore nothing on the desk is shown surer than the surest quarter of what waits anyway,
whether a suggestion might have gone alone is not shown, and an item says only such reasons as
follow from what is shown: a sampled one and an ordinary one that look alike are alike.

>>> cap_of([0.55, 0.62, 0.91, 0.97] * 10), cap_of([])
(0.95, 0.9)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from contor.account_assignment.targets import TARGETS
from contor.review.audit import codes_of_lines
from contor.review.policy import NEUTRAL, Routing

SAMPLED, CLAIM, CAP = "sampled", "claim", "shown_at_most"
_ENOUGH_KNOWN = 20
_USUAL, _LEAST, _MOST, _STEP = 0.9, 0.6, 0.95, 20
_UNSURE = 0.8
_FINE = 1e-4
_HIDDEN = frozenset({SAMPLED, CLAIM, CAP, "confidence", "reasons"})
Content = Mapping[str, Any]


def cap_of(confidences: Sequence[float]) -> float:
    """The highest confidence shown, from those of the latest ordinary items: their upper quartile."""
    if len(confidences) < _ENOUGH_KNOWN:
        return _USUAL
    quartile = sorted(confidences)[len(confidences) * 3 // 4]
    steps = int(min(max(quartile, _LEAST), _MOST) * _STEP + 1e-9)
    return steps / _STEP


def is_ordinary(content: Content) -> bool:
    """Whether a suggestion waited for a person because a code was not sure enough, and only that."""
    reasons = content.get("reasons") or ()
    return bool(reasons) and not content.get(SAMPLED) and all(_about_codes(r) for r in reasons)


def as_item(routing: Routing, lines: Sequence[Content], cap: float) -> Routing:
    """The routing as an item of the queue shows it; ``lines`` are the suggested ones."""
    reasons = [reason for reason in routing.reasons if not _about_codes(reason)]
    for target in TARGETS:
        said = [line[target] for line in lines if target in line]
        if any(float(one["confidence"]) < _UNSURE for one in said):
            reasons.append(f"unsure:{target}")
    return replace(
        routing,
        alone=False,
        reasons=tuple(reasons) or (NEUTRAL,),
        confidence=min(routing.confidence, cap),
    )


def claimed(content: Content) -> dict[str, Any]:
    """The content of a sampled suggestion: what would have been posted is kept as the claim."""
    return {**content, SAMPLED: True, CLAIM: codes_of_lines(content.get("lines") or ())}


def carried(content: Content) -> dict[str, Any]:
    """What a later suggestion of the same item keeps of the one before."""
    return {name: content[name] for name in (SAMPLED, CLAIM, CAP) if name in content}


def shown(content: Content) -> dict[str, Any]:
    """A suggestion as people and programs see it while the item waits."""
    cap = float(content.get(CAP, _USUAL))
    kept = {name: value for name, value in content.items() if name not in _HIDDEN}
    return {**kept, "lines": [_line(line, cap) for line in content.get("lines") or ()]}


def seen(content: Content, *, waits: bool) -> dict[str, Any]:
    """A suggestion as people and programs see it; only of what was decided they see everything."""
    return shown(content) if waits and content else dict(content)


def _line(line: Content, cap: float) -> dict[str, Any]:
    return {**line, **{t: _choice(line[t], cap) for t in TARGETS if line.get(t)}}


def _choice(choice: Content, cap: float) -> dict[str, Any]:
    kept = {name: value for name, value in choice.items() if name != "auto"}
    confidence = float(choice["confidence"])
    behind = _behind(choice.get("alternatives") or (), confidence, cap)
    held = {"confidence": min(confidence, cap), "at_least": confidence >= cap}
    return {**kept, **held, **({"alternatives": behind} if behind else {})}


def _behind(others: Sequence[Content], confidence: float, cap: float) -> list[Content]:
    """Runners-up, whose confidence must not tell how sure the first code is beyond the cap.

    They share what is left beside the confidence shown as they shared what was really left.
    """
    if confidence < cap:
        return list(others)
    widen = (1.0 - cap) / max(1.0 - confidence, _FINE)
    return [
        {**other, "confidence": round(min(float(held) * widen, 1.0 - cap), 2)}
        if (held := other["confidence"]) is not None
        else other
        for other in others
    ]


def _about_codes(reason: str) -> bool:
    return reason in {f"unsure:{target}" for target in TARGETS} or reason == NEUTRAL
