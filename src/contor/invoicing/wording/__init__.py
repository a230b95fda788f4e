"""Words printed on invoices, by language; package data beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from contor.errors import Refusal
from contor.rules.yaml_text import parse_yaml

LANGUAGES = ("de", "en", "it")


def words(language: str) -> Mapping[str, str]:
    """All words of a language; refuses ``language_unknown``."""
    if language not in LANGUAGES:
        raise Refusal(
            "language_unknown",
            "Invoices are not written in the language {language}.",
            "Use de, en or it.",
            language=language,
        )
    found: Mapping[str, str] = _table(language)
    return found


@cache
def _table(name: str) -> Mapping[str, Any]:
    text = files("contor.invoicing.wording").joinpath(f"{name}.yaml").read_text("utf-8")
    found: Mapping[str, Any] = parse_yaml(text)
    return found


def unit_text(code: str, language: str) -> str:
    """A unit of measure in words or by its symbol; the code itself where it has neither.

    Codes of UN/ECE Recommendation 20; those of Recommendation 21 also without their X, as many write.

    >>> unit_text("TNE", "de"), unit_text("E49", "it"), unit_text("CT", "en"), unit_text("QQQ", "de")
    ('t', 'giorno lavorativo', 'carton', 'QQQ')
    """
    units = _table("units")
    name: str | Mapping[str, str] = units.get(code) or units.get(f"X{code}") or code
    return name if isinstance(name, str) else name[language]


def word(key: str, language: str, **details: object) -> str:
    """One word or sentence with its details filled in."""
    return words(language)[key].format(**details)


def day_text(day: date, language: str) -> str:
    """A day as people of the language write it.

    >>> day_text(date(2026, 3, 1), "de"), day_text(date(2026, 3, 1), "en")
    ('01.03.2026', '1 March 2026')
    """
    if language == "en":
        return f"{day.day} {words('en')[f'month_{day.month}']} {day.year}"
    return f"{day:%d/%m/%Y}" if language == "it" else f"{day:%d.%m.%Y}"


def number_text(value: object, language: str) -> str:
    """A plain decimal text with the marks of the language.

    >>> number_text("-1234567.80", "de"), number_text("1234.5", "en")
    ('-1.234.567,80', '1,234.5')
    """
    text = str(value)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, fraction = text.partition(".")
    group, mark = (",", ".") if language == "en" else (".", ",")
    grouped = f"{int(whole):,}".replace(",", group)
    return f"{sign}{grouped}{mark if point else ''}{fraction}"
