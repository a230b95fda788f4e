r"""YAML as people write contracts and rules, without YAML's surprises.

Decimals stay exact (never a float), dates stay text, ``NO`` is Norway and not false, a key given
twice is refused, and anchors are refused because nested ones can grow without bound.

>>> parse_yaml("country: NO\nprice: 9.90\nfrom: 2026-01-01")
{'country': 'NO', 'price': Decimal('9.90'), 'from': '2026-01-01'}
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from decimal import Decimal
from typing import Any, ClassVar

import yaml

from contor.errors import Refusal

_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _ExactLoader(_BASE):  # type: ignore[misc]  # the C loader is there or not
    """The safe loader with exact numbers, plain dates and only true/false as booleans."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping; a key given twice is refused."""
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(getattr(key, "value", ""))
            if name in seen:
                raise Refusal(
                    "yaml_key_twice",
                    "Line {line}: the key {key} is given twice.",
                    "Keep one of the two.",
                    line=key.start_mark.line + 1,
                    key=name,
                )
            seen.add(name)
        result: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return result


for _tag, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
    ("decimal", r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789"),
    ("null", r"^(?:~|null|)$", "~n\0"),
):
    _ExactLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first) + ([""] * ("\0" in _first))
    )
_ExactLoader.add_constructor(
    "tag:yaml.org,2002:decimal", lambda loader, node: Decimal(loader.construct_scalar(node))
)


def parse_yaml(text: str) -> Any:
    """One YAML document as plain values. Refuses ``yaml_unreadable`` and ``yaml_key_twice``."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_BASE)):
            raise Refusal(
                "yaml_alias", "The file uses YAML anchors.", "Write the repeated part out in full."
            )
        return yaml.load(text, Loader=_ExactLoader)  # noqa: S506 - derived from the safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Refusal(
            "yaml_unreadable",
            "The file is no readable YAML: {reason}.",
            "Check the indentation and the quotes at that place.",
            reason=" ".join(str(error).split())[:200],
        ) from error
