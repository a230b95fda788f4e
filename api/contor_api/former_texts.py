"""Texts the house used to say and has stored: they are said no more, and still shown in every language.

Suggestions and findings are appended as English text. Whoever changes a text that is stored adds the
old one here, so that the catalogues keep it.
"""

from __future__ import annotations

from contor_api.wording import mark

FORMER = (
    mark("Runner-up: {name}."),
    mark("Runner-up {other} fits words and amount less: {second} against {first}."),
    mark(
        "Runner-up {other} fits less: {theirs} of the last {total} lines, {second} against {first}."
    ),
    mark(
        "Runner-up {other} fits less: never booked for this supplier lately, "
        "{second} against {first}."
    ),
    mark(
        "{number} came first but takes another tax code than {decided}; {better} is the next that fits."
    ),
    mark("{number} came first but cannot be booked to any more; {better} is the next."),
    mark("{value} came first but is no input tax code of that day; {better} is the next."),
    mark("{value} is no input tax code of that day."),
    mark("The VAT-ID {vat_id} breaks the syntax or the check digit of its country."),
)
