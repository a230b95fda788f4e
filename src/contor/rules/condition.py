"""A condition: one line of text over named facts, checked when it is loaded.

Numbers are decimals inside. A name that no fact has, or a comparison of unlike types, is refused
at load time, so a rule can never fail silently in the middle of a billing run.

>>> from decimal import Decimal
>>> condition = Condition.compiled("buyer == 'IT' and net > 100.10", {"buyer": "text", "net": "number"})
>>> condition.holds({"buyer": "IT", "net": Decimal("100.11")})
True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from contor.errors import Refusal

FactType = Literal["text", "number", "flag"]
FactValue = str | Decimal | bool

_TYPES: Mapping[FactType, str] = {"text": "STRING", "number": "FLOAT", "flag": "BOOLEAN"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition; ``text`` is what people read."""

    text: str
    _rule: Any = field(repr=False, compare=False)

    @classmethod
    def compiled(cls, text: str, facts: Mapping[str, FactType]) -> Condition:
        """Compile against the names and types of the facts; refuses ``condition_wrong``."""
        return cls(text, _compile(text, tuple(sorted(facts.items()))))

    def holds(self, facts: Mapping[str, FactValue]) -> bool:
        """Whether the condition is met."""
        return bool(self._rule.matches(dict(facts)))


@lru_cache(maxsize=1024)
def _compile(text: str, facts: tuple[tuple[str, FactType], ...]) -> Any:
    import rule_engine  # half a second; rendering an issued invoice asks no rule

    types = {name: getattr(rule_engine.DataType, _TYPES[kind]) for name, kind in facts}
    context = rule_engine.Context(type_resolver=rule_engine.type_resolver_from_dict(types))
    try:
        return rule_engine.Rule(text, context=context)
    except rule_engine.errors.EngineError as error:
        raise Refusal(
            "condition_wrong",
            "The condition {text} does not fit the facts: {reason}.",
            "Use only these facts: {facts}.",
            text=text,
            reason=getattr(error, "message", error),
            facts=", ".join(name for name, _ in facts),
        ) from error
