"""Three kinds of bad news: a finding, a refusal, a failure.

* A **finding** is a value shown to people: something about a document or a party that looks wrong.
* A **refusal** is the answer to bad input or an action the trade forbids: a stable code, what is
  wrong, and what to do. Every door (command line, API, desk) shows it; nothing received is lost.
* A **failure** is the machine's fault (disk, database, missing program); some can be retried.

Messages and advice are templates in English; doors translate the template by the message
catalogues and then fill in the details.

>>> refusal = Refusal("period_closed", "The period {period} is closed.",
...                   "Reopen the period or choose a later booking date.", period="2026-09")
>>> str(refusal)
'period_closed: The period 2026-09 is closed. Reopen the period or choose a later booking date.'
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that looks wrong, as a value for people to judge.

    ``code`` is stable; ``fields`` names the facts concerned (for a document: the field names of
    ``contor read``).
    """

    code: str
    severity: Severity
    message: str
    fields: tuple[str, ...] = ()


class Refusal(Exception):
    """Input or action that is refused: stable ``code``, what is wrong, what to do."""

    def __init__(self, code: str, message: str, advice: str = "", **details: object) -> None:
        super().__init__(code, message, advice, details)
        self.code = code
        self.message_template = message
        self.advice_template = advice
        self.details = details

    @property
    def message(self) -> str:
        """What is wrong, in English, with the details filled in."""
        return self.message_template.format(**self.details)

    @property
    def advice(self) -> str:
        """What to do about it, in English, with the details filled in."""
        return self.advice_template.format(**self.details)

    def __str__(self) -> str:
        return f"{self.code}: {self.message} {self.advice}".rstrip()

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (
            type(self),
            self.code,
            self.message_template,
            self.advice_template,
            self.details,
        )


class Failure(Exception):
    """The machine failed. ``retryable`` says whether the same call may succeed later."""

    def __init__(
        self, code: str, message: str, advice: str = "", *, retryable: bool = False
    ) -> None:
        super().__init__(code, message, advice)
        self.code = code
        self.message = message
        self.advice = advice
        self.retryable = retryable

    def __str__(self) -> str:
        return f"{self.code}: {self.message} {self.advice}".rstrip()


def _rebuild(
    kind: type[Refusal], code: str, message: str, advice: str, details: dict[str, object]
) -> Refusal:
    """Make a refusal again after it crossed a process boundary."""
    return kind(code, message, advice, **details)
