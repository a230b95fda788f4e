"""What the desk says, in German, English and Italian.

Texts are English in the code and in the templates; the Babel catalogues under ``locale`` carry the
other languages. Refusals are translated by their template and filled in afterwards; a text that
comes filled in already (a stored finding) is recognised by the templates of the catalogue.

>>> Wording("de").say("Sign in")
'Anmelden'
>>> Wording("it").say("A text that no catalogue has")
'A text that no catalogue has'
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib.resources import as_file, files

from babel.core import Locale
from babel.support import NullTranslations, Translations

from contor.errors import Refusal
from contor_api.figures import localised, write_plain, write_share

LANGUAGES = {"de": "Deutsch", "en": "English", "it": "Italiano"}
PLACE = re.compile(r"\{(\w*)[^}]*\}")


@cache
def _translations(language: str) -> NullTranslations:
    with as_file(files("contor_api") / "locale") as folder:
        found: NullTranslations = Translations.load(folder, [language], domain="contor")
    return found


def mark(text: str) -> str:
    """Mark a text for the catalogues."""
    return text


class Wording:
    """One language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self.locale = Locale("en", "GB") if self.language == "en" else Locale(self.language)
        self.translations = _translations(self.language)

    def say(self, text: str, **details: object) -> str:
        """The text in this language, with the details filled in."""
        said = str(self.translations.gettext(text)) if text else ""
        return said.format(**details) if details else said

    def refusal(self, refusal: Refusal) -> tuple[str, str]:
        """Message and advice of a refusal in this language."""
        return (
            self._fill(refusal.message_template, refusal),
            self._fill(refusal.advice_template, refusal),
        )

    def _fill(self, template: str, refusal: Refusal) -> str:
        """A template in this language with a refusal's details; words among them are said too."""
        said = {
            name: localised(self.say(value), self.locale) if isinstance(value, str) else value
            for name, value in refusal.details.items()
        }
        text = self.say(template)
        try:
            return text.format(**said)
        except (KeyError, IndexError, ValueError):
            return text

    def filled(self, text: str) -> str:
        """A text whose details are filled in already, such as a stored finding.

        >>> Wording("en").filled("A text that no catalogue has")
        'A text that no catalogue has'
        """
        if self.language == "en" or not text:
            return text
        said = self.say(text)
        return said if said != text else self._sentences(text) or self._pattern(text) or text

    def _sentences(self, text: str) -> str | None:
        """Several sentences, each known: a message with its advice, a reason with its parts."""
        for match in re.finditer(r"[.!?] ", text):
            first = self._pattern(text[: match.start() + 1])
            rest = text[match.end() :]
            second = first and (self._sentences(rest) or self._pattern(rest))
            if first and second:
                return f"{first} {second}"
        return None

    def _pattern(self, text: str) -> str | None:
        """One text by its template, as it is or with its places filled."""
        said = self.say(text)
        if said != text:
            return said
        for pattern, places, translated in self._patterns:
            match = pattern.fullmatch(text)
            if match:
                given = {
                    place: _localised(place, self.say(value), self.locale)
                    for place, value in zip(places, match.groups(), strict=True)
                }
                return _put_in(translated, given)
        return None

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], list[str], str]]:
        catalogue = getattr(self.translations, "_catalog", {})
        return [
            _pattern(template, translated)
            for template, translated in catalogue.items()
            if isinstance(template, str) and len(PLACE.sub("", template)) > 8 and "{" in template
        ]


@cache
def wording(language: str) -> Wording:
    """The wording of a language, made once."""
    return Wording(language)


def best_language(accepted: str) -> str:
    """The language of ``Accept-Language`` that the desk speaks best.

    >>> best_language("fr-FR,it;q=0.8,de;q=0.5"), best_language("")
    ('it', 'en')
    """
    wishes = []
    for place, wish in enumerate(accepted.split(",")[:20]):
        name, _, weight = wish.strip().partition(";q=")
        if re.fullmatch(r"[01](\.\d{0,3})?", weight or "1"):
            wishes.append((-float(weight or 1), place, name.split("-")[0].lower()))
    return next((name for _, _, name in sorted(wishes) if name in LANGUAGES), "en")


def _pattern(template: str, translated: str) -> tuple[re.Pattern[str], list[str], str]:
    places: list[str] = []
    parts: list[str] = []
    end = 0
    for match in PLACE.finditer(template):
        parts += [re.escape(template[end : match.start()]), "(.*?)"]
        places.append(match[1])
        end = match.end()
    parts.append(re.escape(template[end:]))
    return re.compile("".join(parts), re.DOTALL), places, translated


def _localised(place: str, value: str, locale: Locale) -> str:
    """A value as people write it; a bare decimal is an amount where its place is named so."""
    if place == "amount" and re.fullmatch(r"-?\d+\.\d{2}", value):
        return write_plain(value, locale)
    if re.fullmatch(r"\d{1,3}%", value):
        return write_share(int(value[:-1]) / 100, locale)
    return localised(value, locale)


def _put_in(template: str, given: dict[str, str]) -> str:
    return PLACE.sub(lambda place: given.get(place[1], ""), template)
